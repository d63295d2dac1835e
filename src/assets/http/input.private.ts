/** The parameters that Functions take, each with its limits, in Valibot's terms. */
import * as v from 'valibot';
import { ChatError } from './errors.private';
import { isLine, isText } from './text.private';

/** Source: docs https://www.twilio.com/docs/conversations-classic/conversations-limits (FriendlyName) */
const MAX_FRIENDLY_NAME_CHARS = 256;
export const MAX_PRE_CHAT_KEYS = 50;
/** The name has a parameter of its own, with stricter rules, and stands beside these answers in the attributes. */
export const PRE_CHAT_KEY = /^(?!friendlyName$)[A-Za-z][A-Za-z0-9_]{0,63}$/;
/** Turnstile's answer is up to 2,048 characters long. Source: docs https://developers.cloudflare.com/turnstile/ */
const MAX_HUMAN_CHECK_CHARS = 4096;

/** Of what a visitor says beside a rating. Well within a Conversation's 16 KB of attributes, whatever the script. */
const MAX_COMMENT_CHARS = 500;
const RATINGS: readonly unknown[] = [1, 2, 3, 4, 5];

/** Counted as JavaScript does, in UTF-16 units: an emoji is two or more. */
const shortEnough = (chars: number) =>
  v.maxLength<string, number, string>(chars, `must have at most ${chars} characters`);
const notBlank = v.check((value: string) => value.trim() !== '', 'must not be empty');
const plainText = v.check(isText, 'must be plain text');

const opaque = v.pipe(v.string(), v.nonEmpty('must not be empty'));

/** A token's shape and size are judged with the token, so that every bad one gets the same answer. */
export const token = opaque;

/** What the visitor's browser got from the human check. */
export const humanCheck = v.pipe(token, shortEnough(MAX_HUMAN_CHECK_CHARS));

/** Likewise: a malformed SID, an unknown one and somebody else's get the same answer. */
export const conversationSid = opaque;

export const friendlyName = v.pipe(
  v.string(),
  shortEnough(MAX_FRIENDLY_NAME_CHARS),
  notBlank,
  v.check(isLine, 'must be plain text on one line'),
);

/** Made by the client, once per message, so that a message sent twice can be recognised. */
export const messageId = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, - or _'),
);

/** Its length has a setting, MAX_MESSAGE_CHARS, and is checked where the settings are known. */
export const messageBody = v.pipe(v.string(), notBlank, plainText);

/** In a form, the same as a digit. */
export const rating = v.pipe(
  v.unknown(),
  v.transform((value) => (typeof value === 'string' && /^[1-5]$/.test(value) ? Number(value) : value)),
  v.custom<number>((value) => RATINGS.includes(value), 'must be a whole number from 1 to 5'),
);

export const comment = v.pipe(v.string(), shortEnough(MAX_COMMENT_CHARS), notBlank, plainText);

/** A small flat object of strings; in a form, the same as JSON text. It becomes task data, so the keys are plain words. */
export const preChat = v.pipe(
  v.unknown(),
  v.transform(parseJsonText),
  v.custom<Record<string, string>>(
    isPreChat,
    'must be an object of strings with plain keys, friendlyName not among them',
  ),
);

function parseJsonText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function isPreChat(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= MAX_PRE_CHAT_KEYS &&
    entries.every(
      ([key, one]) => PRE_CHAT_KEY.test(key) && !(key in {}) && typeof one === 'string' && isText(one),
    )
  );
}

/** A Function's parameters by name, each with its schema. */
export type Shape = Record<string, v.GenericSchema | v.OptionalSchema<v.GenericSchema, undefined>>;

/** The parameters, or `invalid_request` for the first one that is wrong, missing or not in `shape`. */
export function parseInput<S extends Shape>(shape: S, params: Record<string, unknown>): Parsed<S> {
  const parsed = v.safeParse(v.strictObject(shape), params);
  if (parsed.success) return parsed.output;
  throw new ChatError('invalid_request', { message: describe(parsed.issues[0], shape) });
}

export type Parsed<S extends Shape> = v.InferOutput<v.StrictObjectSchema<S, undefined>>;

/** The value as the schema takes it; undefined where it does not. */
export function takeValid<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
): v.InferOutput<S> | undefined {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : undefined;
}

/** Only our own names and words are repeated, never the caller's. */
function describe(issue: v.BaseIssue<unknown>, shape: Shape): string {
  const name = String(issue.path?.[0]?.key);
  if (!Object.hasOwn(shape, name)) return 'Unknown parameter';
  return `${name} ${issue.kind === 'schema' && issue.type !== 'custom' ? 'is missing or of the wrong type' : issue.message}`;
}
