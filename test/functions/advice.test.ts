/** An error that says what to do: doing it changes the answer. Each code of the table is here, so that a new one is, too. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ERRORS, type ErrorCode } from '../../src/assets/http/errors.private';
import { whyRejected } from '../../src/assets/http/origins.private';
import { SETTINGS } from '../../src/assets/settings/settings.private';
import { loadConfig } from '../../src/assets/settings/config.private';
import { toOrigin } from '../../scripts/start';
import { useFunctions, type FailureBody, type StartedChat } from '../support/functions-world';
import type { Reply } from '../support/functions-server';
import { accessToken, HOUR_SECONDS, userToken, visitorIdentity } from '../support/tokens';

const SECRET = 'u'.repeat(32);

describe('the advice of an error', () => {
  const world = useFunctions();
  let siteverify: Server;

  beforeAll(async () => {
    siteverify = createServer((request, response) => {
      let form = '';
      request.on('data', (chunk: Buffer) => (form += chunk.toString()));
      request.on('end', () => {
        const success = new URLSearchParams(form).get('response') === 'solved';
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ success }));
      });
    });
    await new Promise<void>((resolve) => siteverify.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => siteverify.close(resolve)));

  interface Case {
    /** As the message says it. */
    advice: RegExp;
    /** Sends a request that fails, and returns the failure, and what sends it again after the advice was taken. */
    arrange(): Promise<{ failure: Reply<unknown>; follow: () => Promise<Reply<unknown>> }>;
  }

  const start = (body: object, headers?: Record<string, string>) => world.post('/start-chat', body, headers);

  /** No header can be sent as absent by `world.post`. */
  async function withoutOrigin(path: string, body: object): Promise<Reply<unknown>> {
    const response = await fetch(world.functions.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }
  const onlyPages = (): void => void (world.env['ALLOWED_ORIGINS'] = 'https://shop.example');
  const add = (entry: string): void => void (world.env['ALLOWED_ORIGINS'] += `,${entry}`);

  const fails = (
    advice: RegExp,
    failing: () => Promise<Reply<unknown>>,
    follow: Case['arrange'] | (() => Promise<Reply<unknown>>),
  ): Case => ({
    advice,
    async arrange() {
      return { failure: await failing(), follow: follow as () => Promise<Reply<unknown>> };
    },
  });

  async function aBusyChat(): Promise<StartedChat> {
    const chat = await world.aChat({ message: 'hello' });
    for (let i = 0; i <= 1000; i++) {
      const message = { author: chat.identity, body: String(i) };
      world.conversations.messages.add(world.conversation(chat.conversationSid), message, {
        source: 'EVENT',
      });
    }
    return chat;
  }

  /** Without one, the message names no action, or only to look somewhere or to wait. */
  const CASES: Record<ErrorCode, Case[]> = {
    invalid_request: [],
    invalid_token: [
      fails(
        /start without a token/,
        () => start({ token: 'x' }),
        () => start({}),
      ),
    ],
    token_expired: [
      {
        advice: /renew it with \/token/,
        async arrange() {
          const token = accessToken(world.env, {
            identity: visitorIdentity(2 * HOUR_SECONDS),
            ageSeconds: HOUR_SECONDS + 60,
          });
          return {
            failure: await world.post('/create-conversation', { token }),
            follow: () => world.post('/token', { token }),
          };
        },
      },
    ],
    session_ended: [
      fails(
        /start without a token/,
        () => start({ token: accessToken(world.env, { identity: visitorIdentity(25 * HOUR_SECONDS) }) }),
        () => start({}),
      ),
    ],
    invalid_user_token: [
      fails(
        /set USER_TOKEN_SECRET or/,
        () => start({ userToken: userToken(SECRET) }),
        () => {
          world.env['USER_TOKEN_SECRET'] = SECRET;
          return start({ userToken: userToken(SECRET) });
        },
      ),
      fails(
        /check its key/,
        () => {
          world.env['USER_TOKEN_SECRET'] = SECRET;
          return start({ userToken: userToken('x'.repeat(32)) });
        },
        () => start({ userToken: userToken(SECRET) }),
      ),
    ],
    user_token_required: [
      fails(
        /userToken is required/,
        () => {
          Object.assign(world.env, { ANONYMOUS_VISITORS: 'false', USER_TOKEN_SECRET: SECRET });
          return start({});
        },
        () => start({ userToken: userToken(SECRET) }),
      ),
    ],
    origin_not_allowed: [
      fails(
        /add it to ALLOWED_ORIGINS/,
        () => start({}, { origin: 'https://other.example' }),
        () => {
          add('https://other.example');
          return start({}, { origin: 'https://other.example' });
        },
      ),
      fails(
        /serve it from a web server/,
        () => start({}, { origin: 'null' }),
        () => start({}, { origin: world.functions.url }),
      ),
      fails(
        /over http or https/,
        () => start({}, { origin: 'capacitor://shop.example' }),
        () => {
          onlyPages();
          return start({}, { origin: 'https://shop.example' });
        },
      ),
      fails(
        /send a token or userToken/,
        () => {
          onlyPages();
          return withoutOrigin('/start-chat', {});
        },
        () => withoutOrigin('/start-chat', { token: accessToken(world.env) }),
      ),
      ...['/start-chat', '/availability'].map((path) =>
        fails(
          /add no-origin to ALLOWED_ORIGINS/,
          () => {
            onlyPages();
            return withoutOrigin(path, {});
          },
          () => {
            add('no-origin');
            return withoutOrigin(path, {});
          },
        ),
      ),
    ],
    conversation_not_yours: [],
    invalid_signature: [],
    human_check_failed: [
      fails(
        /solve it again/,
        () => {
          const { port } = siteverify.address() as AddressInfo;
          world.env['HUMAN_CHECK_URL'] = `http://127.0.0.1:${port}/`;
          world.env['HUMAN_CHECK_SECRET'] = 'x';
          return start({ humanCheck: 'used' });
        },
        () => start({ humanCheck: 'solved' }),
      ),
    ],
    closed_now: [],
    conversation_closed: [],
    chat_not_claimable: [],
    conversation_full: [
      {
        advice: /start a new one/,
        async arrange() {
          const { token } = await world.aVisitor();
          const { body } = await world.post<StartedChat>('/create-conversation', { token });
          for (let i = 0; i < 100; i++) {
            const guest = { identity: `guest-${i}` };
            world.conversations.participants.add(world.conversation(body.conversationSid), guest, {
              source: 'EVENT',
            });
          }
          return {
            failure: await world.post('/add-participant', { token, conversationSid: body.conversationSid }),
            follow: () => start({ token }),
          };
        },
      },
    ],
    conversation_too_busy: [
      {
        advice: /send without one/,
        async arrange() {
          const { token, conversationSid } = await aBusyChat();
          const message = { token, conversationSid, body: 'hello' };
          return {
            failure: await world.post('/send-message', { ...message, messageId: 'm-1' }),
            follow: () => world.post('/send-message', message),
          };
        },
      },
    ],
    messages_not_taken: [
      {
        advice: /LEAVE_MESSAGE_TO is not set/,
        async arrange() {
          const { token } = await world.aVisitor();
          const left = {
            token,
            friendlyName: 'Ada',
            contact: 'ada@example.com',
            message: 'hi',
            messageId: 'm-1',
          };
          const set = world.env['LEAVE_MESSAGE_TO']!;
          delete world.env['LEAVE_MESSAGE_TO'];
          return {
            failure: await world.post('/leave-message', left),
            follow: () => {
              world.env['LEAVE_MESSAGE_TO'] = set;
              return world.post('/leave-message', left);
            },
          };
        },
      },
    ],
    message_id_reused: [
      {
        advice: /use a new one/,
        async arrange() {
          const { token, conversationSid } = await world.aChat();
          const send = (body: string, messageId: string) =>
            world.post('/send-message', { token, conversationSid, body, messageId });
          await send('first', 'm-1');
          return { failure: await send('second', 'm-1'), follow: () => send('second', 'm-2') };
        },
      },
    ],
    unsupported_content_type: [
      fails(
        /POST application\/json/,
        () => world.post('/availability', '', { 'content-type': 'text/plain' }),
        () => world.post('/availability', {}),
      ),
      fails(
        /application\/x-www-form-urlencoded/,
        () => world.post('/availability', '', { 'content-type': 'text/plain' }),
        () => world.post('/availability', '', { 'content-type': 'application/x-www-form-urlencoded' }),
      ),
    ],
    too_many_starts: [],
    twilio_error: [],
    twilio_unavailable: [],
    hook_error: [],
    hook_unavailable: [],
    human_check_unavailable: [],
    misconfigured: [],
    internal_error: [],
  };

  const cases = Object.entries(CASES).flatMap(([code, list]) =>
    list.map((one) => [code, String(one.advice), one] as const),
  );

  it.each(cases)('%s, "%s", changes the answer', async (code, _advice, { advice, arrange }) => {
    const { failure, follow } = await arrange();

    const { error } = failure.body as FailureBody;
    expect(error).toMatchObject({ code, message: expect.stringMatching(advice) });
    const after = await follow();
    expect({ status: after.status, body: after.body }).not.toMatchObject({
      body: { error: expect.anything() },
    });
  });

  it.each(Object.entries(CASES).filter(([, list]) => list.length === 0))(
    'is not hidden in the message of %s, which has no case here',
    (code) => {
      const { message, retryable } = ERRORS[code as ErrorCode];

      // After a colon an action follows: these only refer to the log, wait, or give a reason.
      const action = /: (.*)$/.exec(message)?.[1] ?? '';
      expect([retryable, action]).toEqual([
        retryable,
        expect.stringMatching(retryable ? /^retry/ : /^$|^see the log$|^only Twilio|^the user has/),
      ]);
    },
  );
});

const ORIGINS = [
  'https://shop.example',
  'http://192.168.1.20:5173',
  'http://localhost:3000',
  'null',
  'file://',
  'capacitor://localhost',
  'chrome-extension://abcdefghijklmnop',
  'http://[::1]:3000',
  'http://my_host:8080',
  'https://SHOP.example',
  'https://shop.example/',
  'https://*.example.com',
  'https://a.example,https://b.example',
  'no-origin',
  'loopback',
  '',
];

it.each(ORIGINS)('an origin is to be added to ALLOWED_ORIGINS only if the list takes it: %j', (origin) => {
  const isAdvised = whyRejected(origin).includes('add it to ALLOWED_ORIGINS');

  const isTaken = (): boolean => SETTINGS.ALLOWED_ORIGINS.parse(origin).includes(origin);
  if (isAdvised) expect([isTaken(), toOrigin(origin)]).toEqual([true, origin]);
});

it.each(ORIGINS)('--origin takes only what the Functions take: %j', (origin) => {
  let taken: string;
  try {
    taken = toOrigin(origin);
  } catch {
    return;
  }
  expect(() => SETTINGS.ALLOWED_ORIGINS.parse(taken)).not.toThrow();
});

it.each(Object.entries(SETTINGS).filter(([, { example }]) => example !== '' && !/x{6}|\.\.\./.test(example)))(
  'the example of %s is valid, so that an error can name it',
  (_name, setting) => {
    expect(() => setting.parse(setting.example)).not.toThrow();
  },
);

describe('a problem of the settings', () => {
  const complete = {
    ACCOUNT_SID: `AC${'1'.repeat(32)}`,
    AUTH_TOKEN: 'x'.repeat(32),
    TWILIO_API_KEY_SID: `SK${'1'.repeat(32)}`,
    TWILIO_API_KEY_SECRET: 'x'.repeat(32),
    CONVERSATIONS_SERVICE_SID: `IS${'1'.repeat(32)}`,
    STUDIO_FLOW_SID: `FW${'1'.repeat(32)}`,
    TASKROUTER_WORKSPACE_SID: `WS${'1'.repeat(32)}`,
    ALLOWED_ORIGINS: 'https://shop.example',
  };
  const sync = `IS${'2'.repeat(32)}`;
  const workflow = `WW${'1'.repeat(32)}`;
  const hook = { SITE_HOOK_URL: 'https://shop.example/hook', SITE_HOOK_SECRET: SECRET };

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['set it', { ANONYMOUS_STARTS_PER_MINUTE: '5' }, { SYNC_SERVICE_SID: sync }],
    ['remove the limit', { ANONYMOUS_STARTS_PER_MINUTE: '5' }, { ANONYMOUS_STARTS_PER_MINUTE: '' }],
    ['remove one', { USER_TOKEN_SECRET: SECRET, USER_TOKEN_PUBLIC_KEY: 'x' }, { USER_TOKEN_PUBLIC_KEY: '' }],
    ['set both', { SITE_HOOK_URL: 'https://shop.example/hook' }, hook],
    ['neither', { SITE_HOOK_URL: 'https://shop.example/hook' }, { SITE_HOOK_URL: '' }],
    ['set it', { TRANSCRIPTS: 'true' }, hook],
    ['remove TRANSCRIPTS', { TRANSCRIPTS: 'true' }, { TRANSCRIPTS: '' }],
    ['needs', { ROUTING: 'interactions' }, { TASKROUTER_WORKFLOW_SID: workflow }],
    ['needs', { LEAVE_MESSAGE_TO: 'task' }, { LEAVE_MESSAGE_WORKFLOW_SID: workflow }],
    ['needs', { LEAVE_MESSAGE_TO: 'hook' }, hook],
  ])('that says "%s" is gone then: %j', (words, cause, action) => {
    const before = loadConfig({ ...complete, ...cause });

    expect('problems' in before && before.problems.map(({ message }) => message)).toContainEqual(
      expect.stringContaining(words),
    );
    expect(loadConfig({ ...complete, ...cause, ...action })).not.toHaveProperty('problems');
  });
});
