/** The parameters of the Functions, each with its limits, as Valibot schemas. */
import * as v from 'valibot';
import { ChatError } from './errors.private';
import { PLATFORM } from '../settings/setting-values.private';
import { isLine, isText } from './text.private';

/** Source: docs https://www.twilio.com/docs/conversations-classic/conversations-limits (FriendlyName) */
const MAX_FRIENDLY_NAME_CHARS = 256;
export const MAX_PRE_CHAT_KEYS = 50;
/** The name has a parameter of its own, with stricter rules, and stands beside these answers in the attributes. */
export const PRE_CHAT_KEY = /^(?!friendlyName$)[A-Za-z][A-Za-z0-9_]{0,63}$/;
/** Turnstile's answer is up to 2,048 characters long. Source: docs https://developers.cloudflare.com/turnstile/ */
const MAX_HUMAN_CHECK_CHARS = 4096;

/** The comment of a rating. Well within a Conversation's 16 KB of attributes in any script. */
const MAX_COMMENT_CHARS = 500;
const RATINGS: readonly unknown[] = [1, 2, 3, 4, 5];

/** Counted in UTF-16 units, as in JavaScript: an emoji is two or more. */
const shortEnough = (chars: number) =>
  v.maxLength<string, number, string>(chars, `must have at most ${chars} characters`);
const notBlank = v.check((value: string) => value.trim() !== '', 'must not be empty');
const plainText = v.check(isText, 'must be plain text');

const opaque = v.pipe(v.string(), v.nonEmpty('must not be empty'));

/** The shape and size of a token are checked during verification, so that every invalid token gets the same answer. */
export const token = opaque;

/** The human check's token from the visitor's browser. */
export const humanCheck = v.pipe(token, shortEnough(MAX_HUMAN_CHECK_CHARS));

/** Which of PUSH_CREDENTIAL_SIDS the app uses. */
export const platform = v.pipe(
  v.string(),
  v.regex(PLATFORM, 'must be the name of a platform of PUSH_CREDENTIAL_SIDS'),
);

/** As for tokens: a malformed SID, an unknown one and another visitor's get the same answer. */
export const conversationSid = opaque;

export const friendlyName = v.pipe(
  v.string(),
  shortEnough(MAX_FRIENDLY_NAME_CHARS),
  notBlank,
  v.check(isLine, 'must be plain text on one line'),
);

/** Source: RFC 5321, section 4.5.3.1.3 (a path of 256 octets, two of them brackets) */
const MAX_CONTACT_CHARS = 254;
/** Anything that a mail server may accept; only a mail to it proves more. */
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
/** As people write it, with 5 to 15 digits. Source: ITU-T E.164 (at most 15) */
const PHONE = /^\+?(?:[ ()./-]*\d){5,15}[ ()./-]*$/;

/** An e-mail address or a phone number. */
export const contact = v.pipe(
  v.string(),
  shortEnough(MAX_CONTACT_CHARS),
  v.check(
    (value) => isLine(value) && (EMAIL.test(value) || PHONE.test(value)),
    'must be an e-mail address or a phone number',
  ),
);

export const isEmail = (value: string): boolean => EMAIL.test(value);

/** Created by the client, once per message, so that a message sent twice can be recognised. */
export const messageId = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, - or _'),
);

/** The maximum length is a setting, MAX_MESSAGE_CHARS, and is checked where the settings are loaded. */
export const messageBody = v.pipe(v.string(), notBlank, plainText);

/** A form sends it as a digit. */
export const rating = v.pipe(
  v.unknown(),
  v.transform((value) => (typeof value === 'string' && /^[1-5]$/.test(value) ? Number(value) : value)),
  v.custom<number>((value) => RATINGS.includes(value), 'must be a whole number from 1 to 5'),
);

export const comment = v.pipe(v.string(), shortEnough(MAX_COMMENT_CHARS), notBlank, plainText);

/** A small flat object of strings; a form sends it as JSON text. It becomes task data, so the keys are plain words. */
export const preChat = v.pipe(
  v.unknown(),
  v.transform(parseJsonText),
  v.custom<Record<string, string>>(
    isPreChat,
    'must be a flat object of strings; keys are letters, digits and _, and friendlyName is not allowed',
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

/** Returns the parameters, or throws `invalid_request` for the first one that is invalid, missing or not in `shape`. */
export function parseInput<S extends Shape>(shape: S, params: Record<string, unknown>): Parsed<S> {
  const parsed = v.safeParse(v.strictObject(shape), params);
  if (parsed.success) return parsed.output;
  throw new ChatError('invalid_request', { message: describe(parsed.issues[0], shape) });
}

export type Parsed<S extends Shape> = v.InferOutput<v.StrictObjectSchema<S, undefined>>;

/** Returns the value as parsed by the schema; undefined if it is invalid. */
export function takeValid<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
): v.InferOutput<S> | undefined {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : undefined;
}

const MAX_SHOWN_CHARS = 40;

/** The name of an unknown parameter, cut and without the characters that could forge a line of a log or a page. */
function shownName(name: string): string {
  const plain = name.replace(/[^\w.-]/g, '?');
  return plain.length > MAX_SHOWN_CHARS ? `${plain.slice(0, MAX_SHOWN_CHARS)}…` : plain;
}

/** The message never contains a value. */
function describe(issue: v.BaseIssue<unknown>, shape: Shape): string {
  const name = String(issue.path?.[0]?.key);
  if (!Object.hasOwn(shape, name)) return `Unknown parameter: ${shownName(name)}`;
  return `${name} ${issue.kind === 'schema' && issue.type !== 'custom' ? 'is missing or of the wrong type' : issue.message}`;
}
