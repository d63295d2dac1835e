/** The guide's steps one by one: 2.1 create, 2.2 participant, 2.3 webhook, 4 message. */
import { pathsWithAccess } from '../support/functions';
import { failureOf, useFunctions, type Visitor } from '../support/functions-world';
import { rightParams } from '../support/parameters';

const UNKNOWN_SID = `CH${'0'.repeat(32)}`;

describe('the steps', () => {
  const world = useFunctions();

  const aConversation = async (visitor: Visitor) => {
    const { body } = await world.post<{ conversationSid: string }>('/create-conversation', {
      token: visitor.token,
    });
    return { token: visitor.token, conversationSid: body.conversationSid };
  };

  describe('POST /create-conversation', () => {
    it('creates a Conversation named after its visitor', async () => {
      const { token, identity } = await world.aVisitor();

      const { status, body } = await world.post<{ conversationSid: string }>('/create-conversation', {
        token,
        friendlyName: 'Ada L.',
        preChat: { topic: 'refund' },
      });

      expect(status).toBe(201);
      expect(body).toEqual({ conversationSid: expect.stringMatching(/^CH[0-9a-f]{32}$/), state: 'active' });
      expect(world.conversation(body.conversationSid)).toMatchObject({
        uniqueName: expect.stringMatching(new RegExp(`^chat-${identity}-1-[\\w-]{22}$`)),
        friendlyName: 'Ada L.',
      });
      expect(JSON.parse(world.conversation(body.conversationSid).attributes)).toEqual({
        pre_engagement_data: { friendlyName: 'Ada L.', topic: 'refund' },
        start_id: expect.any(String),
        start_kind: 'step',
      });
      expect(world.conversations.participants.ofConversation(body.conversationSid)).toEqual([]);
    });

    it('finds the open one on the second call', async () => {
      const { token } = await world.aVisitor();
      const first = await world.post('/create-conversation', { token });

      const second = await world.post('/create-conversation', { token });

      expect(second).toMatchObject({ status: 200, body: first.body });
    });

    it('uses the Messaging Service of the settings', async () => {
      world.env['MESSAGING_SERVICE_SID'] = `MG${'1'.repeat(32)}`;

      const { conversationSid } = await aConversation(await world.aVisitor());

      expect(world.conversation(conversationSid).messagingServiceSid).toBe(`MG${'1'.repeat(32)}`);
    });
  });

  describe('POST /add-participant', () => {
    it('adds the visitor to the Conversation', async () => {
      const visitor = await world.aVisitor();
      const own = await aConversation(visitor);

      const { status, body } = await world.post('/add-participant', own);

      const [participant] = world.conversations.participants.ofConversation(own.conversationSid);
      expect({ status, body }).toEqual({ status: 201, body: { participantSid: participant!.sid } });
      expect(participant!.identity).toBe(visitor.identity);
    });

    it('finds the existing result on the second call', async () => {
      const own = await aConversation(await world.aVisitor());
      const first = await world.post('/add-participant', own);

      const second = await world.post('/add-participant', own);

      expect(second).toMatchObject({ status: 200, body: first.body });
      expect(world.conversations.participants.ofConversation(own.conversationSid)).toHaveLength(1);
    });
  });

  describe('POST /add-webhook', () => {
    it('sends messages to the Flow of the settings', async () => {
      const own = await aConversation(await world.aVisitor());

      const { status, body } = await world.post('/add-webhook', own);

      const [webhook] = world.conversations.webhooks.ofConversation(own.conversationSid);
      expect({ status, body }).toEqual({ status: 201, body: { webhookSid: webhook!.sid } });
      expect(webhook).toMatchObject({ target: 'studio', flowSid: world.env['STUDIO_FLOW_SID'] });
      const { entries } = world.emulator.world.journal;
      expect(entries.findLast(({ method }) => method === 'POST')!.form).toEqual({
        Target: 'studio',
        'Configuration.FlowSid': world.env['STUDIO_FLOW_SID'],
        'Configuration.Filters': 'onMessageAdded',
      });
    });

    it('never adds a second one', async () => {
      const own = await aConversation(await world.aVisitor());
      const first = await world.post('/add-webhook', own);

      const second = await world.post('/add-webhook', own);

      expect(second).toMatchObject({ status: 200, body: first.body });
      expect(world.conversations.webhooks.ofConversation(own.conversationSid)).toHaveLength(1);
    });

    it('keeps webhooks of other programs', async () => {
      const own = await aConversation(await world.aVisitor());
      const { webhooks } = world.conversations;
      const conversation = world.conversation(own.conversationSid);
      webhooks.add(conversation, 'studio', { flowSid: `FW${'9'.repeat(32)}`, filters: ['onMessageAdded'] });

      const { status } = await world.post('/add-webhook', own);

      expect(status).toBe(201);
      expect(webhooks.ofConversation(own.conversationSid)).toHaveLength(2);
    });
  });

  describe('POST /send-message', () => {
    it('sends as the visitor, so that webhooks fire', async () => {
      const chat = await world.aChat();

      const { status, body } = await world.post('/send-message', {
        token: chat.token,
        conversationSid: chat.conversationSid,
        body: 'Grüße,\n\tשלום 👋🏽',
      });

      const [message] = world.conversations.messages.ofConversation(chat.conversationSid);
      expect({ status, body }).toEqual({ status: 201, body: { messageSid: message!.sid, index: 0 } });
      expect(message).toMatchObject({ author: chat.identity, body: 'Grüße,\n\tשלום 👋🏽' });
      expect(world.emulator.world.journal.entries.at(-1)!.headers['x-twilio-webhook-enabled']).toBe('true');
    });

    it('sends a message with the same messageId once', async () => {
      const { token, conversationSid } = await world.aChat();
      const params = { token, conversationSid, body: 'hello', messageId: 'm-1' };
      const first = await world.post('/send-message', params);

      const second = await world.post('/send-message', params);

      expect(first.status).toBe(201);
      expect(second).toMatchObject({ status: 200, body: first.body });
      expect(world.conversations.messages.ofConversation(conversationSid)).toHaveLength(1);
    });

    it("does not accept another author's messageId as its own", async () => {
      const { token, conversationSid } = await world.aChat();
      const conversation = world.conversation(conversationSid);
      const foreign = { author: 'agent', body: 'hi', attributes: '{"messageId":"m-1"}' };
      world.conversations.messages.add(conversation, foreign, { source: 'EVENT' });

      const { status } = await world.post('/send-message', {
        token,
        conversationSid,
        body: 'hello',
        messageId: 'm-1',
      });

      expect(status).toBe(201);
    });

    it('limits the body to the length in the settings', async () => {
      const { token, conversationSid } = await world.aChat();
      world.env['MAX_MESSAGE_CHARS'] = '5';
      const send = (body: string) => world.post('/send-message', { token, conversationSid, body });

      expect((await send('12345')).status).toBe(201);
      world.takeCalls();
      expect(failureOf(await send('123456'))).toBe('400 invalid_request');
      expect(world.takeCalls()).toEqual([]);
    });
  });

  /** For the end of a chat, also after it. */
  const AFTER_THE_END = ['/end-chat', '/rate-chat'];

  it.each(pathsWithAccess('own-conversation').filter((path) => !AFTER_THE_END.includes(path)))(
    '%s writes nothing into a closed Conversation',
    async (path) => {
      const { token, conversationSid } = await world.aChat();
      world.close(conversationSid);
      world.takeCalls();

      const answer = await world.post(path, rightParams(path, { token, conversationSid }));

      expect(failureOf(answer)).toBe('409 conversation_closed');
      expect(world.takeCalls().filter((call) => call.startsWith('POST'))).toEqual([]);
    },
  );

  it.each(pathsWithAccess('own-conversation'))(
    "%s treats another visitor's Conversation as unknown",
    async (path) => {
      const { token } = await world.aVisitor();
      const other = await world.aChat();
      world.takeCalls();
      const call = (conversationSid: string) =>
        world.post<{ error: object }>(path, rightParams(path, { token, conversationSid }));

      const answers = await Promise.all([call(other.conversationSid), call(UNKNOWN_SID), call('../Users')]);

      expect(answers.map(failureOf)).toEqual(Array(3).fill('403 conversation_not_yours'));
      const [foreign, unknown, malformed] = answers.map(({ body }) => ({ ...body.error, requestId: '' }));
      expect(unknown).toEqual(foreign);
      expect(malformed).toEqual(foreign);
      expect(world.takeCalls().filter((one) => one.startsWith('POST'))).toEqual([]);
    },
  );

  it('lets a visitor act on a Conversation that the back end created for them', async () => {
    const { token, identity } = await world.aVisitor();
    const { conversations, participants } = world.conversations;
    const invited = conversations.create(world.env['CONVERSATIONS_SERVICE_SID']!, {}, { source: 'EVENT' });
    participants.add(invited, { identity }, { source: 'EVENT' });

    const { status } = await world.post('/send-message', { token, conversationSid: invited.sid, body: 'hi' });

    expect(status).toBe(201);
  });
});
