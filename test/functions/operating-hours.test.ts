/** No chat starts outside the operating hours. */
import { twilioClient } from '../support/emulator';
import { useFunctions, type StartedChat, type FailureBody } from '../support/functions-world';

const world = useFunctions();
const post = world.post.bind(world);
const startChat = (params: object = {}) => post<StartedChat & Partial<FailureBody>>('/start-chat', params);
const calls = () => world.emulator.world.journal.entries;
const all = () =>
  world.conversations.conversations.list(world.env['CONVERSATIONS_SERVICE_SID']!).map(({ sid }) => sid);

describe('outside the operating hours', () => {
  beforeEach(() => {
    const { OPERATING_HOURS, OPERATING_HOLIDAYS } = closedToday();
    Object.assign(world.env, { OPERATING_HOURS, OPERATING_HOLIDAYS });
  });

  /** Open every day except today and the days around it, in any time zone. */
  function closedToday() {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    return { OPERATING_HOURS: 'Mo-Su 09:00-17:00', OPERATING_HOLIDAYS: [day(-1), day(0), day(1)].join(',') };
  }

  it.each(['/start-chat', '/create-conversation', '/initWebchat'])(
    '%s creates nothing and returns the next opening',
    async (path) => {
      const { token } = await world.aVisitor();

      const { status, body } = await post<{ error: object }>(path, { token });

      const opensOn = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
      expect(status).toBe(409);
      expect(body.error).toMatchObject({
        code: 'closed_now',
        retryable: false,
        opensAt: `${opensOn}T09:00:00Z`,
      });
      expect(calls().filter(({ method }) => method === 'POST')).toEqual([]);
      expect(all()).toEqual([]);
    },
  );

  it('/token returns the hours, so that a client has them before the first message', async () => {
    const { body } = await post<{ openHours: object[] }>('/token', {});

    const next = [2, 3, 4].map((offset) =>
      new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10),
    );
    expect(body.openHours).toEqual(
      next.map((day) => ({ opensAt: `${day}T09:00:00Z`, closesAt: `${day}T17:00:00Z` })),
    );
  });

  it.each<[string, object]>([
    ['/add-webhook', {}],
    ['/send-message', { body: 'hello' }],
  ])(
    '%s sends no new chat to an agent, even if its Conversation was created in time',
    async (path, params) => {
      const hours = world.env['OPERATING_HOURS']!;
      delete world.env['OPERATING_HOURS'];
      const { token } = await world.aVisitor();
      const { conversationSid } = (await post<StartedChat>('/create-conversation', { token })).body;
      world.env['OPERATING_HOURS'] = hours;

      const { status, body } = await post<FailureBody>(path, { token, conversationSid, ...params });

      expect({ status, code: body.error.code }).toEqual({ status: 409, code: 'closed_now' });
      expect(world.conversations.webhooks.ofConversation(conversationSid)).toEqual([]);
    },
  );

  it("/add-webhook sends no chat with only the visitor's messages to an agent", async () => {
    const hours = world.env['OPERATING_HOURS']!;
    delete world.env['OPERATING_HOURS'];
    const { token, identity } = await world.aVisitor();
    const { conversationSid } = (await post<StartedChat>('/create-conversation', { token })).body;
    await post('/add-participant', { token, conversationSid });
    world.env['OPERATING_HOURS'] = hours;
    await twilioClient(world.emulator)
      .conversations.v1.services(world.env['CONVERSATIONS_SERVICE_SID']!)
      .conversations(conversationSid)
      .messages.create({ author: identity, body: 'sent with the SDK' });

    const { status, body } = await post<FailureBody>('/add-webhook', { token, conversationSid });

    expect({ status, code: body.error.code }).toEqual({ status: 409, code: 'closed_now' });
    expect(world.conversations.webhooks.ofConversation(conversationSid)).toEqual([]);
  });

  it('an open chat continues', async () => {
    const hours = world.env['OPERATING_HOURS']!;
    delete world.env['OPERATING_HOURS'];
    const { token, conversationSid } = await world.aChat();
    world.env['OPERATING_HOURS'] = hours;

    expect((await startChat({ token })).body).toMatchObject({ conversationSid, resumed: true });
  });
});
