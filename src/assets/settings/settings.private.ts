/** Every setting: meaning, example and parser. `.env.example` is generated from this table. */
import {
  sid,
  secret,
  text,
  textsByLanguage,
  timeZone,
  integer,
  trueOrFalse,
  duration,
  origins,
  publicKey,
  pushCredentials,
  loopbackUrl,
  addressUrl,
  hostnames,
  httpsUrl,
  name,
  oneOf,
  score,
} from './setting-values.private';

/** `parse` returns the value, or throws with a sentence that completes "<NAME> …" and never quotes the value. */
export interface Setting<Value> {
  /** Also in error messages, without the lines around it: it names other settings, and has no point at its end. */
  meaning: string;
  example: string;
  parse(text: string): Value;
  /** The value if the setting is missing; without this member the setting is required. */
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
    required('The account SID (in the cloud the platform sets it)', exampleSid('AC'), sid('AC')),
  ),
  AUTH_TOKEN: setByPlatform(required('The Auth Token (in the cloud the platform sets it)', '', secret)),
  TWILIO_API_KEY_SID: required('The API key that signs Access Tokens', exampleSid('SK'), sid('SK')),
  TWILIO_API_KEY_SECRET: required('The secret of TWILIO_API_KEY_SID', '', secret),
  CONVERSATIONS_SERVICE_SID: required(
    'The Conversations Service: for Flex, the "Flex Chat Service"',
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
  WAITING_MESSAGE: optional(
    'Message that the Flow sends before it requests an agent, by language; the first one is for all others. npm run provision uploads it',
    '{"en":"Thank you. We are looking for an agent.","de":"Danke. Wir suchen jemanden für Sie."}',
    textsByLanguage,
    undefined,
  ),
  TASKROUTER_WORKSPACE_SID: required('The Flex Workspace', exampleSid('WS'), sid('WS')),
  TASKROUTER_WORKFLOW_SID: optional(
    'The Workflow that gets the chats where ROUTING is interactions; otherwise the Flow names it',
    exampleSid('WW'),
    sid('WW'),
    undefined,
  ),
  TASKROUTER_TASK_QUEUE_SID: optional(
    'The TaskQueue of the chats, for which /availability and /queue-position answer; without it, both use the operating hours only',
    exampleSid('WQ'),
    sid('WQ'),
    undefined,
  ),
  AVAILABILITY_SECONDS: optional(
    'For how many seconds /availability and /queue-position use one answer of Twilio for all callers; 0: one call to Twilio per caller',
    '10',
    integer(0, 300),
    10,
  ),
  MESSAGING_SERVICE_SID: optional(
    'Messaging Service for new Conversations; only SMS and WhatsApp need one',
    exampleSid('MG'),
    sid('MG'),
    undefined,
  ),
  ALLOWED_ORIGINS: required(
    'Origins of the pages that may call, separated by commas; the first label of a host can be *. no-origin admits apps, loopback admits pages of this machine',
    'https://www.example.com,https://*.example.com',
    origins,
  ),
  TOKEN_TTL_SECONDS: optional(
    'Lifetime of an Access Token (Twilio allows up to 24 hours)',
    '3600',
    integer(1, 86_400),
    3600,
  ),
  SESSION_MAX_SECONDS: optional(
    'How long an anonymous visitor can renew tokens, from the first token on',
    '86400',
    integer(1, 30 * 86_400),
    86_400,
  ),
  ANONYMOUS_VISITORS: optional('Allow visitors without a userToken', 'true', trueOrFalse, true as boolean),
  USER_TOKEN_SECRET: optional(
    'Secret with which the host site signs userTokens (HS256); at least 32 bytes',
    '',
    secret,
    undefined,
  ),
  USER_TOKEN_PUBLIC_KEY: optional(
    "Instead of USER_TOKEN_SECRET: the host site's public key in PEM, line breaks as \\n (RSA: RS256, P-256: ES256)",
    '-----BEGIN PUBLIC KEY-----\\n...\\n-----END PUBLIC KEY-----',
    publicKey,
    undefined,
  ),
  USER_TOKEN_AUDIENCE: optional('The "aud" claim that a userToken must have', 'chat', text, undefined),
  PUSH_CREDENTIAL_SIDS: optional(
    'Push Credentials of your apps, by the platform that the app names; without it, tokens allow no push notifications',
    `ios=${exampleSid('CR')},android=${exampleSid('CR')}`,
    pushCredentials,
    undefined,
  ),
  CONVERSATION_INACTIVE_TIMER: optional(
    'Time without messages after which a Conversation becomes inactive, an ISO 8601 duration of at least a minute',
    'PT1H',
    duration(1),
    'PT1H',
  ),
  CONVERSATION_CLOSED_TIMER: optional(
    'Time without messages after which a Conversation closes, an ISO 8601 duration of at least 10 minutes',
    'P1D',
    duration(10),
    'P1D',
  ),
  UNANSWERED_MESSAGE: optional(
    'Message to the visitor if no agent accepts the chat in time; without it, no message is sent',
    'No agent is available at the moment. Please try again later.',
    text,
    undefined,
  ),
  UNANSWERED_CLOSES: optional(
    'Close a chat that no agent accepts in time; with false, the next message requests an agent again',
    'true',
    trueOrFalse,
    true as boolean,
  ),
  OPERATING_TIME_ZONE: optional(
    'Time zone of the operating hours, an IANA name',
    'Europe/Berlin',
    timeZone,
    'UTC',
  ),
  OPERATING_HOURS: optional(
    'Times at which chats can be started, in OPERATING_TIME_ZONE; without it, always',
    'Mo-Fr 09:00-17:30, Sa 10:00-14:00',
    (text) => weeklyHours().parseWeeklyHours(text),
    undefined,
  ),
  OPERATING_HOLIDAYS: optional(
    'Dates on which no chat can be started, separated by commas',
    '2026-12-25,2026-12-26',
    (text) => weeklyHours().parseHolidays(text),
    undefined,
  ),
  MAX_MESSAGE_CHARS: optional(
    'Longest message body; Twilio allows 32 KB on chat, 1,600 characters if SMS or WhatsApp take part',
    '1600',
    integer(1, 32_768),
    1600,
  ),
  VISITOR_NAME: optional(
    "Name that agents see for a visitor without a name, for example in the site's language; without it Flex shows the identity",
    'Website visitor',
    name,
    undefined,
  ),
  STARTS_PER_IDENTITY_PER_HOUR: optional(
    'Chats that one identity may start per hour, and messages that it may leave, which limits what one human check allows; 0: no limit',
    '10',
    integer(0, 40),
    10,
  ),
  ANONYMOUS_STARTS_PER_MINUTE: optional(
    'Chats that all anonymous visitors together may start per minute, left messages included; 0: no limit',
    '0',
    integer(0, 10_000),
    0,
  ),
  SYNC_SERVICE_SID: optional(
    'Sync Service that counts the starts for ANONYMOUS_STARTS_PER_MINUTE',
    exampleSid('IS'),
    sid('IS'),
    undefined,
  ),
  HUMAN_CHECK_URL: optional(
    'URL that verifies the human check (siteverify of Turnstile, hCaptcha or reCAPTCHA)',
    'https://challenges.cloudflare.com/turnstile/v0/siteverify',
    httpsUrl,
    undefined,
  ),
  HUMAN_CHECK_SECRET: optional('Secret of the human check', '', text, undefined),
  HUMAN_CHECK_MIN_SCORE: optional(
    'Lowest passing score of the human check, if it has scores (reCAPTCHA v3: 1.0 is very likely a person)',
    '0.5',
    score,
    0.5,
  ),
  HUMAN_CHECK_HOSTNAMES: optional(
    'Host names of the pages on which the human check may be solved, separated by commas; without it, any',
    'www.example.com',
    hostnames,
    undefined,
  ),
  HUMAN_CHECK_ACTION: optional(
    'Action that the human check must name; without it, any',
    'chat',
    text,
    undefined,
  ),
  LEAVE_MESSAGE_TO: optional(
    'What gets a message that a visitor leaves when no chat is possible: task, a Task for the agents, or hook, the hook of the site; without it, none can be left',
    'task',
    oneOf('task', 'hook'),
    undefined,
  ),
  LEAVE_MESSAGE_WORKFLOW_SID: optional(
    'The Workflow that gets the Tasks of LEAVE_MESSAGE_TO=task',
    exampleSid('WW'),
    sid('WW'),
    undefined,
  ),
  SITE_HOOK_URL: optional(
    "URL of the host site's hook, which receives signed events such as a left message",
    'https://www.example.com/chat-hook',
    httpsUrl,
    undefined,
  ),
  SITE_HOOK_SECRET: optional(
    'Secret with which the Functions sign the events of SITE_HOOK_URL (HMAC-SHA-256); at least 32 bytes',
    '',
    secret,
    undefined,
  ),
  TRANSCRIPTS: optional(
    'Send the messages of a chat to SITE_HOOK_URL when the chat is over',
    'false',
    trueOrFalse,
    false as boolean,
  ),
  TWILIO_API_BASE_URL: emulatorOnly(
    optional(
      'Emulator only: URL of the emulated REST API; a loopback address',
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

/** Loaded late: most sites have no hours. */
function weeklyHours() {
  return require('./weekly-hours.private') as typeof import('./weekly-hours.private');
}

export type SettingName = keyof typeof SETTINGS;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

/** The example of a SID, as in `.env.example` and in Twilio's own pages. */
const PLACEHOLDER = /^[A-Z]{2}(x+|X+)$/;

/**
 * Whether a value counts as set. Deploying leaves empty values out, so an empty value means "not set" everywhere. A SID
 * placeholder that was never replaced also counts as not set.
 */
export function isSet(name: string, value: unknown): value is string {
  if (typeof value !== 'string' || value === '') return false;
  const isSid = isSettingName(name) && PLACEHOLDER.test(SETTINGS[name].example);
  return !(isSid && PLACEHOLDER.test(value));
}
