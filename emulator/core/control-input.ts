/** What the emulator's controls take: JSON objects of a known shape, within bounds that keep the emulator running. */
import * as v from 'valibot';
import { invalidParameter } from './errors';

const DAY_MS = 86_400_000;
/** At most a year at a time: an unlimited number could exceed the range of dates. */
export const MAX_WAIT_MS = 366 * DAY_MS;
/** `setTimeout` takes 2^31 ms at most and treats more as 0. */
const MAX_TIMER_MS = DAY_MS;
const MAX_TEXT_CHARS = 500;

export const text = v.pipe(v.string(), v.maxLength(MAX_TEXT_CHARS));

export const integer = (least: number, most: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));

/** How often something happens. */
export const times = integer(1, Number.MAX_SAFE_INTEGER);

/** A wait on the emulator's clock. */
export const waitMs = integer(0, MAX_WAIT_MS);

/** A wait in wall time. */
export const timerMs = (leastMs = 0) => integer(leastMs, MAX_TIMER_MS);

/** Any JSON value. */
export const json = v.pipe(
  v.unknown(),
  v.check((value) => holds(() => JSON.stringify(value)), 'is nested too deep'),
);

/** `check` throws if the value is invalid. */
export function holds(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

/** No body counts as an empty object. */
export function parseInput<const Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): v.InferOutput<Schema> {
  const input = body ?? {};
  // A form, bytes or a list would pass for an object without fields.
  if (Object.getPrototypeOf(input) !== Object.prototype)
    throw invalidParameter('The body must be a JSON object');
  const result = v.safeParse(schema, input);
  if (!result.success) throw invalidParameter(explain(schema, result.issues));
  return result.output;
}

const MAX_NAME_CHARS = 60;
const MAX_EXPLAINED = 5;

/** For the first issues one sentence each: where, what, and for an unknown key those that are known. */
export function explain(schema: v.GenericSchema, issues: readonly v.BaseIssue<unknown>[]): string {
  return issues
    .slice(0, MAX_EXPLAINED)
    .map((issue) => explainOne(schema, issue))
    .join('; ');
}

function explainOne(
  schema: v.GenericSchema,
  { path: place, type, received, message }: v.BaseIssue<unknown>,
): string {
  const path: readonly { key: unknown }[] = place ?? [];
  const where = path
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${shown(String(key))}`))
    .join('');
  const name = where.replace(/^\./, '');
  if (type !== 'strict_object' || path.length === 0) return name === '' ? message : `${name}: ${message}`;
  const parent = path.slice(0, -1).reduce<unknown>((at, { key }) => partOf(at, key), schema);
  const known = keysOf(parent);
  if (known.includes(String(path.at(-1)!.key)) && received === 'undefined') return `${name} is missing`;
  return `${name}: unknown key. Known keys: ${known.join(', ')}`;
}

/** From the caller, and printed in a terminal. */
function shown(name: string): string {
  return name.replace(/[^\w-]/g, '?').slice(0, MAX_NAME_CHARS);
}

interface Part {
  entries?: Record<string, unknown>;
  item?: unknown;
  wrapped?: unknown;
}

/** `optional` and `nullable` wrap the schema of a value. */
function unwrapped(schema: unknown): Part {
  const { wrapped } = (schema ?? {}) as Part;
  return wrapped === undefined ? ((schema ?? {}) as Part) : unwrapped(wrapped);
}

function partOf(schema: unknown, key: unknown): unknown {
  const { entries, item } = unwrapped(schema);
  return item ?? (entries && Object.hasOwn(entries, String(key)) ? entries[String(key)] : undefined);
}

function keysOf(schema: unknown): string[] {
  return Object.keys(unwrapped(schema).entries ?? {});
}
