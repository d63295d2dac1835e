/** Two answers, or two webhooks: Twilio's as it was recorded, and the emulator's. */
import type { Names } from './names';

export interface FieldDifference {
  /** For example `timers.date_inactive`; empty for the whole body. */
  field: string;
  twilio: string;
  emulator: string;
}

const DATE = /^\d{4}-\d\d-\d\dT/;
const ABSENT = Symbol('absent');

export function compare(recorded: unknown, emulated: unknown, names: Names, field = ''): FieldDifference[] {
  if (isObject(recorded) && isObject(emulated)) {
    const fields = [...new Set([...Object.keys(recorded), ...Object.keys(emulated)])];
    return fields.flatMap((name) =>
      compare(
        name in recorded ? recorded[name] : ABSENT,
        name in emulated ? emulated[name] : ABSENT,
        names,
        field === '' ? name : `${field}.${name}`,
      ),
    );
  }
  if (isSame(recorded, emulated, names)) return [];
  return [{ field, twilio: shown(recorded), emulator: shown(emulated) }];
}

function isSame(recorded: unknown, emulated: unknown, names: Names): boolean {
  if (typeof recorded !== 'string') return recorded === emulated;
  if (recorded === '<date>') return typeof emulated === 'string' && DATE.test(emulated);
  if (recorded === '<text>') return typeof emulated === 'string';
  if (names.isName(recorded)) return names.matches(recorded, emulated);
  return names.resolve(recorded) === emulated;
}

/** Lists, too: the index is the name. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  return value === ABSENT ? 'nothing' : JSON.stringify(value);
}
