/** Every setting: what it means, an example, and what counts as well-formed. `.env.example` is held to this table. */
import {
  sid,
  secret,
  text,
  timeZone,
  integer,
  trueOrFalse,
  duration,
  origins,
  publicKey,
  loopbackUrl,
  addressUrl,
  hostnames,
  httpsUrl,
  name,
  oneOf,
  score,
} from './setting-values.private';
import { parseHolidays, parseWeeklyHours } from './weekly-hours.private';

/** `parse` returns the value, or throws with a sentence that completes "<NAME> …" and never quotes the value. */
export interface Setting<Value> {
  meaning: string;
  example: string;
  parse(text: string): Value;
  /** The value when it is not set; without this member the setting is required. */
  fallback?: Value;
  /** Not required with ROUTING=interactions. */
  isOfStudio?: true;
  /** `platform`: the cloud sets it itself. `emulator`: the cloud refuses it. Without this member it is deployed. */
  scope?: 'platform' | 'emulator';
}

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

const setByPlatform = <Value>(setting: Setting<Value>): Setting<Value> => ({ ...setting, scope: 'platform' });

const emulatorOnly = <Value>(setting: Setting<Value>): Setting<Value> => ({ ...setting, scope: 'emulator' });

const exampleSid = (kind: string) => `${kind}${'x'.repeat(32)}`;

export const SETTINGS = {
  ACCOUNT_SID: setByPlatform(
    required('The account (the platform sets it in the cloud)', exampleSid('AC'), sid('AC')),
  ),
  AUTH_TOKEN: setByPlatform(required('The Auth Token (the platform sets it in the cloud)', '', secret)),
  TWILIO_API_KEY_SID: required('The API key that signs Access Tokens', exampleSid('SK'), sid('SK')),
  TWILIO_API_KEY_SECRET: required('Its secret', '', secret),
  CONVERSATIONS_SERVICE_SID: required(
    'The Conversations Service: for Flex the "Flex Chat Service"',
    exampleSid('IS'),
    sid('IS'),
  ),
  ROUTING: optional(
    'What brings a chat to an agent: studio, the Flow, or interactions, the Function /route-chat',
    'studio',
    oneOf('studio', 'interactions'),
    'studio' as const,
  ),
  STUDIO_FLOW_SID: {
    ...required('The Studio Flow that sends a chat to Flex', exampleSid('FW'), sid('FW')),
    isOfStudio: true as const,
  },
  BOT_URL: optional(
    'Where your bot answers; with it, npm run provision uploads the Flow in which the bot comes first',
    'https://bot-1234-prod.twil.io/bot-answer',
    httpsUrl,
    undefined,
  ),
  TASKROUTER_WORKSPACE_SID: required('The Flex Workspace', exampleSid('WS'), sid('WS')),
  TASKROUTER_WORKFLOW_SID: optional(
    'The Workflow that gets the chats where ROUTING is interactions; otherwise the Flow names it',
    exampleSid('WW'),
    sid('WW'),
    undefined,
  ),
  MESSAGING_SERVICE_SID: optional(
    'A Messaging Service for new Conversations; only SMS and WhatsApp need one',
    exampleSid('MG'),
    sid('MG'),
    undefined,
  ),
  ALLOWED_ORIGINS: required(
    'Origins of the pages that may call, separated by commas; the first label of a host may be *; no-origin for apps, loopback for pages of this machine',
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
    duration(1),
    'PT1H',
  ),
  CONVERSATION_CLOSED_TIMER: optional(
    'ISO 8601 duration without messages after which a Conversation closes itself; at least 10 minutes',
    'P1D',
    duration(10),
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
  VISITOR_NAME: optional(
    "What agents read where a visitor has given no name, for example in the site's language; without it Flex shows the identity",
    'Website visitor',
    name,
    undefined,
  ),
  STARTS_PER_IDENTITY_PER_HOUR: optional(
    'Most chats that one visitor or user may start per hour, so that one human check opens only so many; 0: no limit',
    '10',
    integer(0, 40),
    10,
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
    httpsUrl,
    undefined,
  ),
  HUMAN_CHECK_SECRET: optional('The secret of that human check', '', text, undefined),
  HUMAN_CHECK_MIN_SCORE: optional(
    'Lowest score that passes, where the check gives one (reCAPTCHA v3: 1.0 is very likely a person)',
    '0.5',
    score,
    0.5,
  ),
  HUMAN_CHECK_HOSTNAMES: optional(
    'Hosts on whose pages the check may have been passed, separated by commas; without it, any',
    'www.example.com',
    hostnames,
    undefined,
  ),
  HUMAN_CHECK_ACTION: optional(
    'The action that the check must name; without it, any',
    'chat',
    text,
    undefined,
  ),
  TWILIO_API_BASE_URL: emulatorOnly(
    optional(
      "Emulator only: where Twilio's REST API is; a loopback address",
      'http://127.0.0.1:4010',
      loopbackUrl('http:'),
      undefined,
    ),
  ),
  TWILIO_REALTIME_URL: emulatorOnly(
    optional(
      'Emulator only: where the SDK connects; an IP address of this machine',
      'ws://127.0.0.1:4010/v3/wsconnect',
      addressUrl('ws:'),
      undefined,
    ),
  ),
};

export type SettingName = keyof typeof SETTINGS;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

/** The example of a SID, as in `.env.example` and in Twilio's own pages. */
const PLACEHOLDER = /^[A-Z]{2}(x+|X+)$/;

/**
 * What counts as set. Deploying leaves empty values out, so that an empty one means the same everywhere: none. A SID's
 * placeholder that was never replaced counts as none too.
 */
export function isSet(name: string, value: unknown): value is string {
  if (typeof value !== 'string' || value === '') return false;
  const isSid = isSettingName(name) && PLACEHOLDER.test(SETTINGS[name].example);
  return !(isSid && PLACEHOLDER.test(value));
}
