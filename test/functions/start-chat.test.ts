import { useFunctions } from '../support/functions-world';

describe('POST /start-chat', () => {
  const world = useFunctions();
  const service = () => `/v1/Services/${world.env['CONVERSATIONS_SERVICE_SID']}`;

  it('creates a Conversation with the visitor as Participant and a webhook to the Flow', async () => {
    const chat = await world.aChat({ friendlyName: 'Ada L.', preChat: { topic: 'refund' } });

    expect(chat.resumed).toBe(false);
    expect(world.conversation(chat.conversationSid)).toMatchObject({
      friendlyName: 'Ada L.',
      uniqueName: expect.stringMatching(new RegExp(`^chat-${chat.identity}-1-[\\w-]{22}$`)),
      state: 'active',
      timers: { inactive: 'PT1H', closed: 'P1D' },
    });
    expect(JSON.parse(world.conversation(chat.conversationSid).attributes)).toEqual({
      pre_engagement_data: { friendlyName: 'Ada L.', topic: 'refund' },
      start_id: expect.any(String),
      start_kind: 'whole',
    });
    expect(world.conversations.participants.ofConversation(chat.conversationSid)).toMatchObject([
      { identity: chat.identity },
    ]);
    expect(world.conversations.webhooks.ofConversation(chat.conversationSid)).toMatchObject([
      { target: 'studio', flowSid: world.env['STUDIO_FLOW_SID'], filters: ['onMessageAdded'] },
    ]);
  });

  it('makes three calls, the last two in parallel', async () => {
    const { journal, faults, clock } = world.emulator.world;
    for (const path of ['Participants$', 'Webhooks$']) faults.add({ path, kind: 'delay', delayMs: 60_000 });
    const bothWait = new Promise<void>((resolve) => {
      journal.events.on('arrived', () => void (journal.entries.length === 3 && resolve()));
    });

    const chat = world.aChat();
    await bothWait;
    // Neither has been answered yet: sequential calls would never get here.
    setImmediate(() => clock.advance(60_000));
    const { conversationSid } = await chat;

    const [first, ...others] = world.takeCalls();
    expect(first).toBe(`POST ${service()}/Conversations`);
    expect(others.sort()).toEqual([
      `POST ${service()}/Conversations/${conversationSid}/Participants`,
      `POST ${service()}/Conversations/${conversationSid}/Webhooks`,
    ]);
  });

  it('resumes the open Conversation of a visitor who starts again, and adds nothing', async () => {
    const first = await world.aChat();

    const second = await world.aChat({ token: first.token, friendlyName: 'Another name' });

    expect(second).toMatchObject({
      identity: first.identity,
      conversationSid: first.conversationSid,
      resumed: true,
    });
    expect(world.conversations.participants.ofConversation(first.conversationSid)).toHaveLength(1);
    expect(world.conversations.webhooks.ofConversation(first.conversationSid)).toHaveLength(1);
    expect(world.conversation(first.conversationSid).friendlyName).toBeNull();
  });

  it('adds what an earlier start did not reach', async () => {
    const { token } = await world.aVisitor();
    const { body } = await world.post<{ conversationSid: string }>('/create-conversation', { token });

    const chat = await world.aChat({ token });

    expect(chat).toMatchObject({ conversationSid: body.conversationSid, resumed: true });
    expect(world.conversations.participants.ofConversation(body.conversationSid)).toHaveLength(1);
    expect(world.conversations.webhooks.ofConversation(body.conversationSid)).toHaveLength(1);
  });

  it('resumes an inactive Conversation', async () => {
    const { token, conversationSid } = await world.aChat();
    world.emulator.world.clock.advance(61 * 60_000);
    expect(world.conversation(conversationSid).state).toBe('inactive');

    expect(await world.aChat({ token })).toMatchObject({ conversationSid, resumed: true });
  });

  it('creates a new Conversation after each closed one', async () => {
    const first = await world.aChat();
    const sids = [first.conversationSid];
    for (let chats = 2; chats <= 4; chats++) {
      world.close(sids.at(-1)!);
      const next = await world.aChat({ token: first.token });
      expect(next.resumed).toBe(false);
      expect(world.conversation(next.conversationSid).uniqueName).toMatch(`chat-${first.identity}-${chats}-`);
      sids.push(next.conversationSid);
    }

    expect(new Set(sids).size).toBe(4);
    expect(await world.aChat({ token: first.token })).toMatchObject({
      conversationSid: sids.at(-1),
      resumed: true,
    });
  });

  it("sends the visitor's first message so that the Flow receives it", async () => {
    const chat = await world.aChat({ message: 'hello', messageId: 'm-1' });

    expect(world.conversations.messages.ofConversation(chat.conversationSid)).toMatchObject([
      { body: 'hello', author: chat.identity, attributes: '{"messageId":"m-1"}' },
    ]);
    const sent = world.emulator.world.journal.entries.at(-1)!;
    expect(sent.headers['x-twilio-webhook-enabled']).toBe('true');
  });

  it('does not send the same first message twice', async () => {
    const { token, conversationSid } = await world.aChat({ message: 'hello', messageId: 'm-1' });

    await world.aChat({ token, message: 'hello', messageId: 'm-1' });

    expect(world.conversations.messages.ofConversation(conversationSid)).toHaveLength(1);
  });

  it('returns the realtime address only against the emulator', async () => {
    expect((await world.aChat()).clientOptions).toEqual({
      Twilsock: { uri: world.env['TWILIO_REALTIME_URL'] },
    });

    delete world.env['TWILIO_REALTIME_URL'];

    expect(await world.aChat()).not.toHaveProperty('clientOptions');
  });

  it('accepts a form as well', async () => {
    const form = new URLSearchParams({ friendlyName: 'Ada L.', preChat: '{"topic":"refund"}' }).toString();

    const { status, body } = await world.post<{ conversationSid: string }>('/start-chat', form, {
      'content-type': 'application/x-www-form-urlencoded',
    });

    expect(status).toBe(200);
    expect(JSON.parse(world.conversation(body.conversationSid).attributes)).toEqual({
      pre_engagement_data: { friendlyName: 'Ada L.', topic: 'refund' },
      start_id: expect.any(String),
      start_kind: 'whole',
    });
  });
});
