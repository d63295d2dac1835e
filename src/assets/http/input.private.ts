/** The parameters that Functions take, each with its limits, in zod's terms. */
import { z } from 'zod';
import { isLine, isText } from './text.private';

/** Source: docs https://www.twilio.com/docs/conversations-classic/conversations-limits (FriendlyName) */
const MAX_FRIENDLY_NAME_CHARS = 256;
const MAX_PRE_CHAT_KEYS = 50;
/** The name has a parameter of its own, with stricter rules, and stands beside these answers in the attributes. */
const PRE_CHAT_KEY = /^(?!friendlyName$)[A-Za-z][A-Za-z0-9_]{0,63}$/;
/** Turnstile's answer is up to 2,048 characters long. Source: docs https://developers.cloudflare.com/turnstile/ */
const MAX_HUMAN_CHECK_CHARS = 4096;

/** Of what a visitor says beside a rating. Well within a Conversation's 16 KB of attributes, whatever the script. */
const MAX_COMMENT_CHARS = 500;
const RATINGS: readonly unknown[] = [1, 2, 3, 4, 5];

const shown = (problem: string) => ({ error: problem });

/** A token's shape and size are judged with the token, so that every bad one gets the same answer. */
export const token = z.string().min(1);

/** What the visitor's browser got from the human check. */
export const humanCheck = z
  .string()
  .min(1)
  .max(MAX_HUMAN_CHECK_CHARS, shown(`must have at most ${MAX_HUMAN_CHECK_CHARS} characters`));

/** Likewise: a malformed SID, an unknown one and somebody else's get the same answer. */
export const conversationSid = z.string().min(1);

export const friendlyName = z
  .string()
  .max(MAX_FRIENDLY_NAME_CHARS, shown(`must have at most ${MAX_FRIENDLY_NAME_CHARS} characters`))
  .refine((value) => value.trim() !== '', shown('must not be empty'))
  .refine(isLine, shown('must be plain text on one line'));

/** Made by the client, once per message, so that a message sent twice can be recognised. */
export const messageId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, shown('must be 1 to 64 letters, digits, - or _'));

/** Its length has a setting, MAX_MESSAGE_CHARS, and is checked where the settings are known. */
export const messageBody = z
  .string()
  .refine((value) => value.trim() !== '', shown('must not be empty'))
  .refine(isText, shown('must be plain text'));

/** In a form, the same as a digit. */
export const rating = z.preprocess(
  (value) => (typeof value === 'string' && /^[1-5]$/.test(value) ? Number(value) : value),
  z.custom<number>((value) => RATINGS.includes(value), shown('must be a whole number from 1 to 5')),
);

export const comment = z
  .string()
  .max(MAX_COMMENT_CHARS, shown(`must have at most ${MAX_COMMENT_CHARS} characters`))
  .refine((value) => value.trim() !== '', shown('must not be empty'))
  .refine(isText, shown('must be plain text'));

/** A small flat object of strings; in a form, the same as JSON text. It becomes task data, so the keys are plain words. */
export const preChat = z.preprocess(
  parseJsonText,
  z.custom<Record<string, string>>(
    isPreChat,
    shown('must be an object of strings with plain keys, friendlyName not among them'),
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

/** What is wrong with the first bad parameter. Only our own names and words are repeated, never the caller's. */
export function describe(error: z.ZodError, known: object): string {
  const issue = error.issues[0]!;
  const name = String(issue.path[0] ?? '');
  if (issue.code === 'unrecognized_keys' || !Object.hasOwn(known, name)) return 'Unknown parameter';
  if (issue.code === 'invalid_type') return `${name} is missing or of the wrong type`;
  if (issue.code === 'too_small') return `${name} must not be empty`;
  return `${name} ${issue.message}`;
}
