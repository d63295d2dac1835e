/** Data that the host site has signed about a user applies in any order of calls, and no other data reaches its place. */
import { useFunctions, type StartedChat, type Visitor } from '../support/functions-world';
import { accessToken, userToken } from '../support/tokens';

const SECRET = 'the host site shares this secret';
const world = useFunctions({ USER_TOKEN_SECRET: SECRET });

const SIGNED = { name: 'Ada Lovelace 🧮', preChat: { customerId: '4711' } };
const FORGED = { friendlyName: 'The boss', preChat: { customerId: '1', topic: 'refund' } };
const aUserToken = (claims: object = SIGNED) => userToken(SECRET, { claims });
const aToken = async (claims?: object) =>
  (await world.post<Visitor>('/token', { userToken: aUserToken(claims) })).body.token;

const attributesOf = (sid: string) =>
  JSON.parse(world.conversation(sid).attributes) as Record<string, unknown>;

const ORDERS: [string, () => Promise<string>][] = [
  [
    'one start with the userToken',
    async () =>
      (await world.post<StartedChat>('/start-chat', { userToken: aUserToken(), ...FORGED })).body
        .conversationSid,
  ],
  [
    'a token first, then a start with it',
    async () =>
      (await world.post<StartedChat>('/start-chat', { token: await aToken(), ...FORGED })).body
        .conversationSid,
  ],
  [
    'a token first, then the single steps',
    async () =>
      (await world.post<StartedChat>('/create-conversation', { token: await aToken(), ...FORGED })).body
        .conversationSid,
  ],
];

it.each(ORDERS)('applies after %s', async (_order, start) => {
  const conversationSid = await start();

  expect(world.conversation(conversationSid).friendlyName).toBe(SIGNED.name);
  expect(attributesOf(conversationSid)).toMatchObject({
    verified_data: { friendlyName: SIGNED.name, customerId: '4711' },
    pre_engagement_data: { friendlyName: SIGNED.name, customerId: '4711', topic: 'refund' },
  });
  const [user] = world.conversations.users.list(world.env['CONVERSATIONS_SERVICE_SID']!);
  expect(user!.friendlyName).toBe(SIGNED.name);
});

it.each<[string, () => Promise<object>]>([
  ['an anonymous visitor', async () => ({})],
  ['a user without signed data', async () => ({ token: await aToken({}) })],
])('stays empty for %s, whatever the browser sends', async (_who, credentials) => {
  const { body } = await world.post<StartedChat>('/start-chat', {
    ...(await credentials()),
    ...FORGED,
    preChat: { ...FORGED.preChat, verified_data: '{"customerId":"1"}' },
  });

  expect(attributesOf(body.conversationSid)).not.toHaveProperty('verified_data');
});

it('reaches the Task under a separate key', async () => {
  await world.post('/start-chat', {
    token: await aToken(),
    ...FORGED,
    message: 'hello',
    messageId: 'm-1',
  });
  await world.emulator.world.studio.settled();

  const { taskrouter } = world.emulator.world;
  const [task] = taskrouter.tasks.list(world.env['TASKROUTER_WORKSPACE_SID']!);
  expect(JSON.parse(task!.attributes)).toMatchObject({
    customerName: SIGNED.name,
    verified_data: { customerId: '4711' },
  });
});

it('cannot be put into a token without the key', async () => {
  const forged = accessToken(world.env, {
    secret: 'x'.repeat(40),
    claims: { flex_custom_chat_profile: { friendlyName: 'The boss' } },
  });

  expect((await world.post('/start-chat', { token: forged })).status).toBe(401);
});

const LONG = {
  name: SIGNED.name,
  preChat: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`k${i}`, 'x'.repeat(60)])),
};

it.each(['/start-chat', '/create-conversation'])(
  'leaves its place empty if the token cannot contain it: %s',
  async (path) => {
    const { body } = await world.post<StartedChat>(path, { token: await aToken(LONG), ...FORGED });

    expect(world.conversation(body.conversationSid).friendlyName).toBe(SIGNED.name);
    expect(attributesOf(body.conversationSid)).toMatchObject({
      pre_engagement_data: { friendlyName: SIGNED.name },
      verified_data: { friendlyName: SIGNED.name },
    });
    expect(world.conversation(body.conversationSid).attributes).not.toContain('refund');
  },
);

it('never makes a token too long for a header: longer data applies only to its own call', async () => {
  const { body } = await world.post<StartedChat>('/start-chat', { userToken: aUserToken(LONG) });

  expect(Buffer.byteLength(body.token)).toBeLessThan(4096);
  expect(attributesOf(body.conversationSid)).toHaveProperty('verified_data');
  expect((await world.post('/start-chat', { token: body.token })).status).toBe(200);
});
