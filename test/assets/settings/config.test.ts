import { INITIAL_STATE } from '../../../widget/state/model';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { parse } from 'dotenv';
import { envExample } from '../../../scripts/env-example';
import { loadConfig, type Config } from '../../../src/assets/settings/config.private';
import { SETTINGS } from '../../../src/assets/settings/settings.private';

const root = join(__dirname, '..', '..', '..');
const embedded = parse(readFileSync(join(root, '.env.emulator')));
function configOf(env: object): Config {
  const loaded = loadConfig(env);
  expect(loaded).not.toHaveProperty('problems');
  return (loaded as { config: Config }).config;
}
const load = (changes: Record<string, string | undefined> = {}) => configOf({ ...embedded, ...changes });

function problemsOf(env: object): readonly string[] {
  const loaded = loadConfig(env);
  return 'problems' in loaded ? loaded.problems.map(({ message }) => message) : [];
}
const problems = (changes: Record<string, string | undefined>) => problemsOf({ ...embedded, ...changes });

describe('the settings', () => {
  it('of the embedded account are complete', () => {
    expect(problemsOf(embedded)).toEqual([]);
  });

  it('of the emulator stop every deployed Function', () => {
    const deployed = 'flex-custom-chat-1234-dev.twil.io';

    expect(problems({ DOMAIN_NAME: deployed })).toEqual([
      'TWILIO_API_BASE_URL is only for the emulator: remove it from the deployment',
      'TWILIO_REALTIME_URL is only for the emulator: remove it from the deployment',
    ]);
    expect(
      problems({ DOMAIN_NAME: deployed, TWILIO_API_BASE_URL: undefined, TWILIO_REALTIME_URL: undefined }),
    ).toEqual([]);
    expect(problems({ DOMAIN_NAME: 'localhost:3000' })).toEqual([]);
  });

  it('have these defaults', () => {
    const bare = Object.fromEntries(
      Object.entries(SETTINGS).flatMap(([name, setting]) =>
        'fallback' in setting ? [] : [[name, embedded[name]!]],
      ),
    );

    expect(configOf(bare)).toMatchObject({
      TOKEN_TTL_SECONDS: 3600,
      SESSION_MAX_SECONDS: 86_400,
      ANONYMOUS_VISITORS: true,
      // The widget counts with this number until the Functions have sent theirs.
      MAX_MESSAGE_CHARS: INITIAL_STATE.maxMessageChars,
      CONVERSATION_INACTIVE_TIMER: 'PT1H',
      CONVERSATION_CLOSED_TIMER: 'P1D',
      ANONYMOUS_STARTS_PER_MINUTE: 0,
      TWILIO_REALTIME_URL: undefined,
    });
  });

  it('that are missing are all reported at once, with an example', () => {
    expect(problemsOf({})).toEqual([
      'ACCOUNT_SID is missing, for example ACxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'AUTH_TOKEN is missing',
      'TWILIO_API_KEY_SID is missing, for example SKxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'TWILIO_API_KEY_SECRET is missing',
      'CONVERSATIONS_SERVICE_SID is missing, for example ISxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'STUDIO_FLOW_SID is missing, for example FWxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'TASKROUTER_WORKSPACE_SID is missing, for example WSxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'ALLOWED_ORIGINS is missing, for example https://www.example.com,https://*.example.com',
    ]);
  });

  it('name a push Credential for each platform', () => {
    const [ios, android] = [`CR${'1'.repeat(32)}`, `CR${'2'.repeat(32)}`];
    const credentials = `ios=${ios}, android=${android}`;
    const pairs =
      'PUSH_CREDENTIAL_SIDS must be pairs of a platform and a SID, separated by commas, for example ios=CR…,android=CR…';

    expect([...load({ PUSH_CREDENTIAL_SIDS: credentials }).PUSH_CREDENTIAL_SIDS!]).toEqual([
      ['ios', ios],
      ['android', android],
    ]);
    expect(load({ PUSH_CREDENTIAL_SIDS: undefined }).PUSH_CREDENTIAL_SIDS).toBeUndefined();
    for (const wrong of [ios, `ios=${ios},ios=${android}`, `iOS=${ios}`, `ios=${ios}=x`, `ios=${ios},`]) {
      expect(problems({ PUSH_CREDENTIAL_SIDS: wrong })).toEqual([pairs]);
    }
    expect(problems({ PUSH_CREDENTIAL_SIDS: `ios=IS${'1'.repeat(32)}` })).toEqual([
      'PUSH_CREDENTIAL_SIDS must be CR and 32 hexadecimal digits, the SID of a push Credential; this is the SID of a Conversations or Sync Service',
    ]);
    expect(problems({ PUSH_CREDENTIAL_SIDS: 'ios=' })).toHaveLength(1);
  });

  it('need no Flow but a Workflow where ROUTING is interactions', () => {
    const routing = { ROUTING: 'interactions', STUDIO_FLOW_SID: '', TASKROUTER_WORKFLOW_SID: '' };

    expect(problems(routing)).toEqual(['ROUTING=interactions needs TASKROUTER_WORKFLOW_SID']);
    expect(problems({ ...routing, TASKROUTER_WORKFLOW_SID: `WW${'0'.repeat(32)}` })).toEqual([]);
    expect(problems({ ROUTING: 'flow' })).toEqual(['ROUTING must be studio or interactions']);
  });

  it('that are malformed are named together with those that are missing, without their values', () => {
    const found = problems({
      STUDIO_FLOW_SID: 'FWsecret',
      TOKEN_TTL_SECONDS: 'an hour of secret',
      ALLOWED_ORIGINS: '',
    });

    expect(found).toEqual([
      'STUDIO_FLOW_SID must be FW and 32 hexadecimal digits, the SID of a Studio Flow',
      'ALLOWED_ORIGINS is missing, for example https://www.example.com,https://*.example.com',
      'TOKEN_TTL_SECONDS must be a whole number from 1 to 86400',
    ]);
    expect(found.join()).not.toContain('secret');
  });

  const rsa = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits });
  const publicPem = rsa(2048).publicKey.export({ type: 'spki', format: 'pem' }) as string;

  it.each([
    ['an API key secret that is too short', { TWILIO_API_KEY_SECRET: 'x'.repeat(31) }],
    ['an Auth Token that is too short', { AUTH_TOKEN: 'x' }],
    ['a SID of another kind', { CONVERSATIONS_SERVICE_SID: `CH${'0'.repeat(32)}` }],
    ['a SID with a line break', { CONVERSATIONS_SERVICE_SID: `IS${'0'.repeat(32)}\n` }],
    ['a token that lives for more than a day', { TOKEN_TTL_SECONDS: '86401' }],
    ['a token without a lifetime', { TOKEN_TTL_SECONDS: '0' }],
    ['half a second', { TOKEN_TTL_SECONDS: '0.5' }],
    ['a hexadecimal number', { TOKEN_TTL_SECONDS: '0x10' }],
    ['an endless session', { SESSION_MAX_SECONDS: 'Infinity' }],
    ['yes', { ANONYMOUS_VISITORS: 'yes' }],
    ['any origin', { ALLOWED_ORIGINS: '*' }],
    ['any host', { ALLOWED_ORIGINS: 'https://*' }],
    ['a wildcard inside', { ALLOWED_ORIGINS: 'https://www.*.example.com' }],
    ['half a wildcard', { ALLOWED_ORIGINS: 'https://a*.example.com' }],
    ['two wildcards', { ALLOWED_ORIGINS: 'https://*.*.example.com' }],
    ['an origin with a path', { ALLOWED_ORIGINS: 'https://www.example.com/' }],
    ['an origin without a scheme', { ALLOWED_ORIGINS: 'www.example.com' }],
    ['an origin of another scheme', { ALLOWED_ORIGINS: 'null,file://x' }],
    ['an empty origin', { ALLOWED_ORIGINS: 'https://www.example.com,' }],
    ['a userToken secret that is too short', { USER_TOKEN_SECRET: 'x'.repeat(31) }],
    ['an invalid public key', { USER_TOKEN_PUBLIC_KEY: 'x'.repeat(100) }],
    [
      'a private key instead of the public one',
      { USER_TOKEN_PUBLIC_KEY: rsa(2048).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string },
    ],
    [
      'an RSA key that is too short',
      { USER_TOKEN_PUBLIC_KEY: rsa(1024).publicKey.export({ type: 'spki', format: 'pem' }) as string },
    ],
    [
      'a key on another curve',
      {
        USER_TOKEN_PUBLIC_KEY: generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({
          type: 'spki',
          format: 'pem',
        }) as string,
      },
    ],
    ['both kinds of userToken key', { USER_TOKEN_SECRET: 'x'.repeat(32), USER_TOKEN_PUBLIC_KEY: publicPem }],
    ['a budget without a Sync Service', { ANONYMOUS_STARTS_PER_MINUTE: '5', SYNC_SERVICE_SID: undefined }],
    ['a human check without a secret', { HUMAN_CHECK_URL: 'https://check.example/siteverify' }],
    ['a human check without an address', { HUMAN_CHECK_SECRET: 'x' }],
    [
      'a human check without encryption',
      { HUMAN_CHECK_URL: 'http://check.example/', HUMAN_CHECK_SECRET: 'x' },
    ],
    ['an API elsewhere', { TWILIO_API_BASE_URL: 'http://twilio.example:4010' }],
    ['an API that only looks local', { TWILIO_API_BASE_URL: 'http://127.0.0.1.evil.example' }],
    ['an API that only looks local too', { TWILIO_API_BASE_URL: 'http://localhost@evil.example' }],
    ['an API behind credentials', { TWILIO_API_BASE_URL: 'http://x:y@127.0.0.1:4010' }],
    ['an API of another scheme', { TWILIO_API_BASE_URL: 'file:///etc' }],
    ['a realtime service elsewhere', { TWILIO_REALTIME_URL: 'wss://evil.example/v3/wsconnect' }],
    ['a timer that is not a duration', { CONVERSATION_CLOSED_TIMER: '1 day' }],
    ['an empty duration', { CONVERSATION_CLOSED_TIMER: 'PT' }],
    ["a closing timer below Twilio's minimum", { CONVERSATION_CLOSED_TIMER: 'PT9M59S' }],
    ["an inactive timer below Twilio's minimum", { CONVERSATION_INACTIVE_TIMER: 'PT59S' }],
    ['another host in place of Twilio', { TWILIO_REALTIME_URL: 'ws://evil.example/v3/wsconnect' }],
    ['an address in the network for REST', { TWILIO_API_BASE_URL: 'http://192.168.1.20:4010' }],
    ['hours that no clock shows', { OPERATING_HOURS: 'Mo 09:00-25:00' }],
    ['a time zone that does not exist', { OPERATING_TIME_ZONE: 'Mars/Olympus' }],
    ['a holiday that is not a date', { OPERATING_HOLIDAYS: 'Christmas' }],
    ['a date that does not exist', { OPERATING_HOLIDAYS: '2026-12-25,2027-02-29' }],
  ])('refuse %s', (_case, changes) => {
    expect(problems(changes)).toHaveLength(1);
  });

  it.each([
    [
      'loopback addresses',
      { TWILIO_API_BASE_URL: 'http://127.8.8.8:1', TWILIO_REALTIME_URL: 'ws://[::1]:4010/x' },
    ],
    [
      'the address of this machine in its network',
      { TWILIO_REALTIME_URL: 'ws://192.168.1.20:4010/v3/wsconnect' },
    ],
    [
      'a P-256 key',
      {
        USER_TOKEN_PUBLIC_KEY: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
          type: 'spki',
          format: 'pem',
        }) as string,
      },
    ],
    ['a key on one line', { USER_TOKEN_PUBLIC_KEY: publicPem.replaceAll('\n', '\\n') }],
    ['blanks between origins', { ALLOWED_ORIGINS: 'https://a.example , https://*.b.example' }],
    ['days, hours and minutes', { CONVERSATION_CLOSED_TIMER: 'P1DT12H30M' }],
  ])('take %s', (_case, changes) => {
    expect(problems(changes)).toEqual([]);
  });

  it('count an empty value as not set, as a deploy does', () => {
    expect(load({ TOKEN_TTL_SECONDS: '', USER_TOKEN_SECRET: '' })).toMatchObject({
      TOKEN_TTL_SECONDS: 3600,
      USER_TOKEN_SECRET: undefined,
    });
  });

  it('name the settings of a problem', () => {
    const loaded = loadConfig({
      ...embedded,
      HUMAN_CHECK_SECRET: 'x',
      TOKEN_TTL_SECONDS: 'x',
      AUTH_TOKEN: '',
    });

    expect('problems' in loaded && loaded.problems).toMatchObject([
      { kind: 'missing', settings: ['AUTH_TOKEN'] },
      { kind: 'malformed', settings: ['TOKEN_TTL_SECONDS'] },
      { kind: 'conflict', settings: ['HUMAN_CHECK_URL', 'HUMAN_CHECK_SECRET'] },
    ]);
  });

  it('name the resource of a wrong SID, and the invalid origin', () => {
    expect(
      problems({
        CONVERSATIONS_SERVICE_SID: `IG${'0'.repeat(32)}`,
        ALLOWED_ORIGINS: 'https://a.example,https://b.example/shop',
      }),
    ).toEqual([
      expect.stringMatching(/^CONVERSATIONS_SERVICE_SID .* this is the SID of a Conversations Address$/),
      expect.stringMatching(/^ALLOWED_ORIGINS .* entry 2 is not$/),
    ]);
  });

  it.each(Object.entries(SETTINGS).filter(([, { example }]) => /^[A-Z]{2}x/.test(example)))(
    'count the placeholder of %s as not set',
    (name, setting) => {
      const changes = (value: string | undefined) => ({ [name]: value, ANONYMOUS_STARTS_PER_MINUTE: '0' });

      for (const placeholder of [setting.example, setting.example.toUpperCase(), setting.example.slice(0, 6)])
        expect(problems(changes(placeholder))).toEqual(problems(changes(undefined)));
    },
  );

  it('are all in .env.example, each with its meaning, its default and its example', () => {
    expect(readFileSync(join(root, '.env.example'), 'utf8')).toBe(envExample());
    expect(envExample()).toContain(
      '# Time zone of the operating hours, an IANA name. Default: UTC. Example:\n# OPERATING_TIME_ZONE=Europe/Berlin\n',
    );
    expect(envExample()).toContain('Default: 3600\n# TOKEN_TTL_SECONDS=3600\n');
    expect(envExample()).toContain('. No default. Example:\n# BOT_URL=');
  });

  it.each(Object.entries(SETTINGS))('%s has a meaning that needs no line before it', (_name, { meaning }) => {
    expect(meaning).not.toMatch(/\b(those|these)\b|\bsuch an? |\b(in|of|to) that\b|\.$/);
  });
});
