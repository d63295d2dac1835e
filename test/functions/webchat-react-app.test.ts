/**
 * examples/webchat-react-app, called as the client of that project calls it: the same bytes, the same fields, the same
 * reading of the answer. Source: twilio/twilio-webchat-react-app 367c8b3, src/sessionDataHandler.ts
 */
import { Client } from '@twilio/conversations-2';
import { failureOf, useFunctions, type Visitor } from '../support/functions-world';
import { nobodyConnected } from '../support/chats';
import { accessToken, HOUR_SECONDS, userToken, visitorIdentity } from '../support/tokens';

const FORM = { friendlyName: 'Ada L.', email: 'ada@example.com', query: 'Where is my order?' };

interface Session {
  token: string;
  conversationSid: string;
  expiration: number;
}

describe('the client of twilio-webchat-react-app', () => {
  const world = useFunctions({ USER_TOKEN_SECRET: 'u'.repeat(32) });

  /** The only two headers that it sets; the browser adds the origin. */
  async function call(path: string, body: string, origin = world.functions.url) {
    const response = await fetch(world.functions.url + path, {
      method: 'POST',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json', origin },
      body,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }
  async function start(formData: object = FORM): Promise<Session> {
    const { status, text } = await call('/initWebchat', JSON.stringify({ formData }));
    expect(status).toBe(200);
    return JSON.parse(text) as Session;
  }
  const open = () => world.conversations.conversations.list(world.env['CONVERSATIONS_SERVICE_SID']!);
  const messagesOf = ({ conversationSid }: Session) =>
    world.conversations.messages.ofConversation(conversationSid);
  const dataOf = ({ conversationSid }: Session) =>
    (JSON.parse(world.conversation(conversationSid).attributes) as { pre_engagement_data: object })
      .pre_engagement_data;
  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as {
      exp: number;
      grants: { identity: string };
    };

  it('starts a chat, and gets these bytes', async () => {
    const { status, headers, text } = await call(
      '/initWebchat',
      '{"formData":{"friendlyName":"Ada L.","email":"ada@example.com","query":"Where is my order?"}}',
    );

    const { token, conversationSid } = JSON.parse(text) as Session;
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('access-control-allow-origin')).toBe(world.functions.url);
    expect(text).toBe(
      `{"token":"${token}","conversationSid":"${conversationSid}","expiration":${claimsOf(token).exp * 1000}}`,
    );
    expect(conversationSid).toMatch(/^CH[0-9a-f]{32}$/);
  });

  it('reads in the expiration when the session ends', async () => {
    world.env['TOKEN_TTL_SECONDS'] = '21600';
    const { expiration } = await start();

    const leftMs = new Date(expiration).getTime() - Date.now();
    expect(leftMs).toBeGreaterThan(21_500_000);
    expect(leftMs).toBeLessThanOrEqual(21_600_000);
  });

  it('has its form in the Conversation and on the Task, and its query as the first message', async () => {
    const session = await start();
    await world.emulator.world.webhooks.settled();
    await world.emulator.world.studio.settled();

    expect(dataOf(session)).toEqual(FORM);
    expect(world.conversation(session.conversationSid).friendlyName).toBe('Ada L.');
    const { identity } = claimsOf(session.token).grants;
    expect(messagesOf(session).map(({ author, body }) => [author, body])).toEqual([[identity, FORM.query]]);
    const tasks = world.emulator.world.taskrouter.tasks.list(world.emulator.account.workspaceSid);
    expect(tasks.map(({ attributes }) => JSON.parse(attributes) as object)).toEqual([
      expect.objectContaining({
        conversationSid: session.conversationSid,
        pre_engagement_data: expect.objectContaining(FORM),
      }),
    ]);
  });

  it.each([
    ['no form', '{}', {}],
    ['an empty form', '{"formData":{}}', {}],
    ['blank fields', '{"formData":{"friendlyName":"","email":" ","query":"\\n"}}', {}],
    ['a field of its own', '{"formData":{"plan":"gold"}}', { plan: 'gold' }],
  ])('starts a chat with %s, without a message', async (_case, body, data) => {
    const { status, text } = await call('/initWebchat', body);

    expect(status).toBe(200);
    expect(dataOf(JSON.parse(text) as Session)).toEqual(data);
    expect(messagesOf(JSON.parse(text) as Session)).toEqual([]);
  });

  it('reads "Customer" in Flex, where the settings say so', async () => {
    world.env['VISITOR_NAME'] = 'Customer';
    const { token } = await start({ friendlyName: '' });

    const { identity } = claimsOf(token).grants;
    const { users } = world.conversations;
    expect(users.find(world.env['CONVERSATIONS_SERVICE_SID']!, identity)?.friendlyName).toBe('Customer');
  });

  it('opens the chat with its SDK, reads it, and continues with a renewed token', async () => {
    const session = await start();
    const client = new Client(session.token, {
      Twilsock: { uri: world.env['TWILIO_REALTIME_URL']! },
      httpCacheIntervalOverride: 'PT1S',
    } as object);
    const conversation = await client.getConversationBySid(session.conversationSid);
    const participants = await conversation.getParticipants();
    const users = await Promise.all(participants.map((participant) => participant.getUser()));
    const { items } = await conversation.getMessages();

    const { text } = await call('/refreshToken', JSON.stringify({ token: session.token }));
    await client.updateToken((JSON.parse(text) as Session).token);
    await conversation.sendMessage('Are you there?');

    expect(conversation.state?.current).toBe('active');
    expect(users.map(({ friendlyName }) => friendlyName)).toContain('Ada L.');
    expect(items.map(({ body }) => body)).toEqual([FORM.query]);
    expect(messagesOf(session).map(({ body }) => body)).toEqual([FORM.query, 'Are you there?']);
    await client.shutdown();
    await nobodyConnected(world);
  });

  it('renews its token, and gets these bytes', async () => {
    const identity = visitorIdentity(60);
    const token = accessToken(world.env, { identity, ageSeconds: 60 });

    const { status, headers, text } = await call('/refreshToken', `{"token":"${token}"}`);

    const renewed = JSON.parse(text) as Session;
    const { exp, grants } = claimsOf(renewed.token);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(text).toBe(`{"token":"${renewed.token}","expiration":${exp * 1000}}`);
    expect(exp).toBeGreaterThan(claimsOf(token).exp);
    expect(grants.identity).toBe(identity);
    expect(world.takeCalls()).toEqual([]);
  });

  it.each([
    ['has expired', { ageSeconds: 2 * HOUR_SECONDS }, '401 token_expired'],
    ['is of a session that is over', { identity: visitorIdentity(25 * HOUR_SECONDS) }, '401 session_ended'],
    ['is of another key', { secret: 'x'.repeat(32) }, '401 invalid_token'],
    ['is not signed', { algorithm: 'none' as const }, '401 invalid_token'],
    ['has another grant', { grants: { video: {} } }, '401 invalid_token'],
    ['has an identity that its caller chose', { identity: 'customer' }, '401 invalid_token'],
    ['is of a signed-in user', { identity: `user-${'A'.repeat(43)}` }, '401 user_token_required'],
  ])('gets no other token for one that %s', async (_case, wishes, failure) => {
    const token = accessToken(world.env, wishes);

    expect(failureOf(await world.post('/refreshToken', { token }))).toBe(failure);
    expect(world.takeCalls()).toEqual([]);
  });

  it('gets no longer session by renewing', async () => {
    const token = accessToken(world.env, { identity: visitorIdentity(24 * HOUR_SECONDS - 100) });

    const { body } = await world.post<Session>('/refreshToken', { token });

    expect(body.expiration - Date.now()).toBeLessThanOrEqual(100_000);
  });

  it('that is of a foreign site starts nothing', async () => {
    const { status, headers } = await call('/initWebchat', '{}', 'https://evil.example');

    expect([status, headers.get('access-control-allow-origin')]).toEqual([403, null]);
    expect(world.takeCalls()).toEqual([]);
  });

  it('gets an error before anything is created if the query is too long', async () => {
    const answer = await world.post('/initWebchat', { formData: { query: 'x'.repeat(1601) } });

    expect(failureOf(answer)).toBe('400 invalid_request');
    expect(world.takeCalls()).toEqual([]);
  });

  it.each(['Conversations$', 'Participants$', 'Messages$', 'Webhooks$'])(
    'has one chat with its query once, though an answer to %s was lost',
    async (path) => {
      world.emulator.faults.add({
        method: 'POST',
        path,
        kind: 'resetAfter',
        times: 1,
        probability: 1,
      } as never);

      const session = await start();

      const { entries } = world.emulator.world.journal;
      expect(entries.some((one) => one.method === 'POST' && new RegExp(path).test(one.path))).toBe(true);
      const active = open().filter(({ state }) => state !== 'closed');
      expect(active.map(({ sid }) => sid)).toEqual([session.conversationSid]);
      expect(messagesOf(session).map(({ body }) => body)).toEqual([FORM.query]);
    },
  );

  it('counts against the budget of all starts', async () => {
    world.env['ANONYMOUS_STARTS_PER_MINUTE'] = '1';
    const statuses: number[] = [];
    // A minute can end in between.
    while (!statuses.includes(429) && statuses.length < 4) {
      statuses.push((await call('/initWebchat', '{}')).status);
    }

    expect(statuses.at(-1)).toBe(429);
    expect(open().length).toBe(statuses.length - 1);
  });

  describe('with a changed line', () => {
    it('sends its token and has the same chat', async () => {
      const { token, conversationSid } = await start();

      const { body } = await world.post<Session>('/initWebchat', { formData: FORM, token });

      expect(body.conversationSid).toBe(conversationSid);
    });

    it('sends a userToken, whose signed name wins', async () => {
      const claims = { name: 'Ada Lovelace' };

      const { body } = await world.post<Session & Visitor>('/initWebchat', {
        formData: FORM,
        userToken: userToken('u'.repeat(32), { claims }),
      });

      expect(claimsOf(body.token).grants.identity).toMatch(/^user-/);
      expect(dataOf(body)).toEqual({ ...FORM, friendlyName: 'Ada Lovelace' });
    });
  });
});
