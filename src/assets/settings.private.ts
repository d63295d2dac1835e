/** Every setting: what it means, an example, and what counts as well-formed. `.env.example` is held to this table. */
import { createPublicKey } from 'node:crypto';
import type * as Weekly from './weekly-hours.private';

const { parseHolidays, parseWeeklyHours } = require(
  Runtime.getAssets()['/weekly-hours.js']!.path,
) as typeof Weekly;

/** `parse` returns the value, or throws with a sentence that completes "<NAME> …" and never quotes the value. */
export interface Setting<Value> {
  meaning: string;
  example: string;
  parse(text: string): Value;
  /** The value when it is not set; without this member the setting is required. */
  fallback?: Value;
}

/** HMAC-SHA-256 keys shorter than the hash weaken it. Source: RFC 7518, section 3.2 */
const MIN_SECRET_BYTES = 32;

const required = <Value>(
  meaning: string,
  example: string,
  parse: (text: string) => Value,
): Setting<Value> => ({ meaning, example, parse });

const optional = <Value, Fallback extends Value | undefined>(
  meaning: string,
  example: string,
  parse: (text: string) => Value,
  fallback: Fallback,
): Setting<Value | Fallback> => ({ meaning, example, parse, fallback });

const exampleSid = (kind: string) => `${kind}${'x'.repeat(32)}`;

export const SETTINGS = {
  ACCOUNT_SID: required('The account (the platform sets it in the cloud)', exampleSid('AC'), sid('AC')),
  AUTH_TOKEN: required('The Auth Token (the platform sets it in the cloud)', '', secret),
  TWILIO_API_KEY_SID: required('The API key that signs Access Tokens', exampleSid('SK'), sid('SK')),
  TWILIO_API_KEY_SECRET: required('Its secret', '', secret),
  CONVERSATIONS_SERVICE_SID: required(
    'The Conversations Service: for Flex the "Flex Chat Service"',
    exampleSid('IS'),
    sid('IS'),
  ),
  STUDIO_FLOW_SID: required('The Studio Flow that sends a chat to Flex', exampleSid('FW'), sid('FW')),
  TASKROUTER_WORKSPACE_SID: required('The Flex Workspace', exampleSid('WS'), sid('WS')),
  MESSAGING_SERVICE_SID: optional(
    'A Messaging Service for new Conversations; only SMS and WhatsApp need one',
    exampleSid('MG'),
    sid('MG'),
    undefined,
  ),
  ALLOWED_ORIGINS: required(
    'Origins of the pages that may call, separated by commas; the first label of a host may be *; no-origin for apps',
    'https://www.example.com,https://*.example.com',
    origins,
  ),
  TOKEN_TTL_SECONDS: optional(
    'How long an Access Token lives (Twilio takes up to 24 hours)',
    '3600',
    integer(1, 86_400),
    3600,
  ),
  SESSION_MAX_SECONDS: optional(
    'How long after its first token an anonymous visitor can go on renewing',
    '86400',
    integer(1, 30 * 86_400),
    86_400,
  ),
  ANONYMOUS_VISITORS: optional(
    'Whether visitors without a userToken are let in',
    'true',
    trueOrFalse,
    true as boolean,
  ),
  USER_TOKEN_SECRET: optional(
    'Shared with the host site, which signs userTokens with it (HS256); at least 32 bytes',
    '',
    secret,
    undefined,
  ),
  USER_TOKEN_PUBLIC_KEY: optional(
    "Instead of the secret: the host site's public key, PEM, line breaks as \\n (RSA: RS256, P-256: ES256)",
    '-----BEGIN PUBLIC KEY-----\\n...\\n-----END PUBLIC KEY-----',
    publicKey,
    undefined,
  ),
  USER_TOKEN_AUDIENCE: optional('The "aud" that a userToken must carry', 'chat', text, undefined),
  CONVERSATION_INACTIVE_TIMER: optional(
    'ISO 8601 duration without messages after which a Conversation turns inactive; at least a minute',
    'PT1H',
    duration,
    'PT1H',
  ),
  CONVERSATION_CLOSED_TIMER: optional(
    'ISO 8601 duration without messages after which a Conversation closes itself; at least 10 minutes',
    'P1D',
    duration,
    'P1D',
  ),
  UNANSWERED_MESSAGE: optional(
    'What the visitor reads when no agent took the chat in time; without it, nothing is said',
    'Nobody is free at the moment. Please try again later.',
    text,
    undefined,
  ),
  UNANSWERED_CLOSES: optional(
    'Whether such a chat is closed; otherwise the next message asks for an agent again',
    'true',
    trueOrFalse,
    true as boolean,
  ),
  OPERATING_TIME_ZONE: optional(
    'The time zone of the operating hours, an IANA name',
    'Europe/Berlin',
    timeZone,
    'UTC',
  ),
  OPERATING_HOURS: optional(
    'When chats can be started, in that time zone; without it, always',
    'Mo-Fr 09:00-17:30, Sa 10:00-14:00',
    parseWeeklyHours,
    undefined,
  ),
  OPERATING_HOLIDAYS: optional(
    'Days on which they cannot, separated by commas',
    '2026-12-25,2026-12-26',
    parseHolidays,
    undefined,
  ),
  MAX_MESSAGE_CHARS: optional(
    'Longest message body; Twilio takes 32 KB on chat, 1,600 characters if SMS or WhatsApp take part',
    '1600',
    integer(1, 32_768),
    1600,
  ),
  ANONYMOUS_STARTS_PER_MINUTE: optional(
    'Most chats that anonymous visitors may start per minute, all of them together; 0: no limit',
    '0',
    integer(0, 10_000),
    0,
  ),
  SYNC_SERVICE_SID: optional(
    'The Sync Service that counts those starts',
    exampleSid('IS'),
    sid('IS'),
    undefined,
  ),
  HUMAN_CHECK_URL: optional(
    'Where a human check is verified (Turnstile, hCaptcha, reCAPTCHA: their siteverify address)',
    'https://challenges.cloudflare.com/turnstile/v0/siteverify',
    humanCheckUrl,
    undefined,
  ),
  HUMAN_CHECK_SECRET: optional('The secret of that human check', '', text, undefined),
  TWILIO_API_BASE_URL: optional(
    "Emulator only: where Twilio's REST API is; a loopback address",
    'http://127.0.0.1:4010',
    loopbackUrl('http:'),
    undefined,
  ),
  TWILIO_REALTIME_URL: optional(
    'Emulator only: where the SDK connects; a loopback address',
    'ws://127.0.0.1:4010/v3/wsconnect',
    loopbackUrl('ws:'),
    undefined,
  ),
};

function sid(kind: string): (text: string) => string {
  return (value) => {
    if (!new RegExp(`^${kind}[0-9a-fA-F]{32}$`).test(value)) {
      throw new Error(`must be ${kind} and 32 hexadecimal digits`);
    }
    return value;
  };
}

function secret(value: string): string {
  if (Buffer.byteLength(value) < MIN_SECRET_BYTES)
    throw new Error(`must have at least ${MIN_SECRET_BYTES} bytes`);
  return value;
}

function text(value: string): string {
  return value;
}

function timeZone(value: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
  } catch {
    throw new Error('must be an IANA time zone such as Europe/Berlin');
  }
  return value;
}

function integer(min: number, max: number): (text: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max) {
      throw new Error(`must be a whole number from ${min} to ${max}`);
    }
    return number;
  };
}

function trueOrFalse(value: string): boolean {
  if (value !== 'true' && value !== 'false') throw new Error('must be true or false');
  return value === 'true';
}

/** The shape only; Twilio itself knows the smallest values (50375, 50376). */
function duration(value: string): string {
  if (!/^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/.test(value)) {
    throw new Error('must be an ISO 8601 duration such as PT30M or P1D');
  }
  return value;
}

/** `https://shop.example`, `https://*.shop.example`, `http://localhost:3000`: no path, no bare `*`. */
function origins(value: string): readonly string[] {
  const list = value.split(',').map((one) => one.trim());
  const label = '[a-z0-9]([a-z0-9-]*[a-z0-9])?';
  const pattern = new RegExp(`^no-origin$|^https?://(\\*\\.${label}\\.)?${label}(\\.${label})*(:\\d{1,5})?$`);
  if (!list.every((one) => pattern.test(one))) {
    throw new Error('must be origins in lower case without a path, for example https://*.example.com');
  }
  return list;
}

function publicKey(value: string): string {
  const pem = value.replaceAll('\\n', '\n');
  let key;
  try {
    key = createPublicKey(pem);
  } catch {
    throw new Error('must be a public key in PEM');
  }
  const isRsa = key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  const isP256 = key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  if (!isRsa && !isP256) throw new Error('must be an RSA key of at least 2,048 bits or a P-256 key');
  if (pem.includes('PRIVATE KEY')) throw new Error('must be the public key, never the private one');
  return pem;
}

function urlOf(value: string): URL {
  try {
    return new URL(value);
  } catch {
    throw new Error('must be a URL');
  }
}

function isLoopback({ hostname }: URL): boolean {
  return /^127(\.\d{1,3}){3}$/.test(hostname) || hostname === 'localhost' || hostname === '[::1]';
}

/** Requests carry the account's credentials, so only this machine may take Twilio's place. */
function loopbackUrl(protocol: string): (text: string) => string {
  return (value) => {
    const url = urlOf(value);
    if (url.protocol !== protocol || !isLoopback(url) || url.username !== '' || url.password !== '') {
      throw new Error(`must be a ${protocol}// URL with a loopback address`);
    }
    return value;
  };
}

function humanCheckUrl(value: string): string {
  const url = urlOf(value);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new Error('must be an https:// URL');
  }
  return value;
}
