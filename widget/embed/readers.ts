/** The parser of each setting. It throws for an invalid value; if it only complains, the valid part is used. */
import { PLAIN_NAME, takeContext } from './context';
import { fromJson, isOn } from './raw-settings';
import type { ChatSettings } from './settings';

type Report = (problem: string) => void;
type Read<Value> = (value: unknown, reportProblem: Report) => Value;
type Readers = { [Name in keyof Required<ChatSettings>]: Read<ChatSettings[Name]> };
type Field = NonNullable<ChatSettings['fields']>[number];

const FIELD_TYPES: readonly unknown[] = [undefined, 'text', 'email', 'tel', 'select', 'checkbox', 'textarea'];

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('must be text');
  return value;
}

function oneOf<Value extends string>(...values: Value[]): Read<Value> {
  return (value) => {
    if (!values.includes(value as Value)) throw new Error(`must be one of ${values.join(', ')}`);
    return value as Value;
  };
}

/** A data attribute without a value is on. */
function onOr<Word extends string>(...words: Word[]): Read<boolean | Word> {
  const read = oneOf<string>('true', 'false', ...words);
  return (value, reportProblem) =>
    words.includes(value as Word)
      ? (value as Word)
      : isOn(value === '' || typeof value === 'boolean' ? value : read(value, reportProblem));
}

function address(value: unknown): string {
  if (!/^https?:/.test(text(value)) || !URL.canParse(value as string))
    throw new Error('must be an https:// URL');
  return value as string;
}

function json(value: unknown): unknown {
  const read = fromJson(value);
  if (read === undefined) throw new Error(`not valid JSON: ${String(value).slice(0, 60)}`);
  return read;
}

function record(value: unknown): Record<string, unknown> {
  const read = json(value);
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new Error('must be an object');
  return read as Record<string, unknown>;
}

function container(value: unknown): string | Element {
  if (value instanceof Element) return value;
  document.createDocumentFragment().querySelector(text(value));
  return value as string;
}

function readFields(value: unknown, reportProblem: Report): Field[] {
  const read = json(value);
  if (!Array.isArray(read)) throw new Error('must be a list');
  return read.filter((field: Partial<Field> | null, position): field is Field => {
    const problem = !PLAIN_NAME.test(field?.name ?? '')
      ? 'needs a name of letters, digits and _'
      : !FIELD_TYPES.includes(field!.type)
        ? `has an unknown type: ${field!.type}`
        : field!.type === 'select' && !Array.isArray(field!.options)
          ? 'needs options'
          : !isPattern(field!.pattern)
            ? 'has a pattern that is no regular expression'
            : null;
    if (problem) reportProblem(`question ${position + 1} is left out: it ${problem}`);
    return !problem;
  });
}

function isPattern(pattern: string | undefined): boolean {
  try {
    return pattern === undefined || !!new RegExp(pattern, 'v');
  } catch {
    return false;
  }
}

function readAttachments(value: unknown): ChatSettings['attachments'] {
  const read = json(value);
  if (read === false) return read;
  const limits = record(read) as Exclude<ChatSettings['attachments'], false | undefined>;
  for (const name of ['maxBytes', 'maxCount'] as const) {
    if (!((limits[name] ?? 1) > 0)) throw new Error(`${name} must be a number above 0`);
  }
  if (limits.types !== undefined) text(limits.types);
  return limits;
}

export const READERS: Readers = {
  functionsUrl: address,
  lang: text,
  theme: oneOf('light', 'dark', 'auto'),
  side: oneOf('start', 'end'),
  open: onOr<never>(),
  launcher: oneOf('hidden', 'shown'),
  launcherLabel: text,
  launcherIcon: text,
  teaser: text,
  teaserAfter(value) {
    if (!(Number(value) >= 0)) throw new Error('must be a number of seconds');
    return Number(value);
  },
  container,
  title: text,
  greeting: text,
  introduction: text,
  texts(value) {
    const all = record(value);
    Object.values(all).forEach(record);
    return all as ChatSettings['texts'];
  },
  name: text,
  fields: readFields,
  consent: text,
  context: (value, reportProblem) => takeContext(record(value), reportProblem),
  visit: oneOf('page', 'none'),
  survey: text,
  attachments: readAttachments,
  availability: onOr('closed'),
  sound: onOr<never>(),
  notifications: onOr('plain', 'content'),
  userToken: (value) => (typeof value === 'function' ? (value as () => string) : text(value)),
  humanCheck: (value) =>
    typeof value === 'function'
      ? (value as () => string)
      : oneOf('turnstile', 'hcaptcha', 'recaptcha')(value, () => undefined),
  remember: oneOf('site', 'tab', 'none'),
};
