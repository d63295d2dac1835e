/** Signing in during a chat: Conversation, Task and messages stay, and the anonymous token is of no use for them. */
import { Client } from '@twilio/conversations';
import { twilioClient } from '../support/emulator';
import { failureOf, useFunctions, type StartedChat } from '../support/functions-world';
import { accessToken, userToken } from '../support/tokens';

const SECRET = 'the host site shares this secret';
const SIGNED = { name: 'Ada Lovelace', preChat: { plan: 'gold' } };

describe('POST /claim-chat', () => {
  const world = useFunctions({ USER_TOKEN_SECRET: SECRET, STARTS_PER_IDENTITY_PER_HOUR: '0' });

  const tokenOf = (sub: string, claims: object = {}) => userToken(SECRET, { sub, claims });
  const claim = (chat: { token: string; conversationSid: string }, sub = 'ada', claims: object = SIGNED) =>
    world.post<StartedChat>('/claim-chat', {
      token: chat.token,
      conversationSid: chat.conversationSid,
      userToken: tokenOf(sub, claims),
    });
  const aChatInFlex = async () => {
    const chat = await world.aChat({
      friendlyName: 'Somebody',
      preChat: { topic: 'refund', plan: 'none' },
      message: 'hello',
      messageId: 'm-1',
    });
    await world.emulator.world.webhooks.settled();
    return chat;
  };
  const tasks = () => world.emulator.world.taskrouter.tasks.list(world.env['TASKROUTER_WORKSPACE_SID']!);
  const customerOf = (task: { attributes: string }) => JSON.parse(task.attributes) as Record<string, unknown>;
  const participantsOf = (sid: string) =>
    world.conversations.participants.ofConversation(sid).map(({ identity }) => identity);
  const bodiesOf = (sid: string) => world.conversations.messages.ofConversation(sid).map(({ body }) => body);
  const chatsOf = () =>
    world.conversations.conversations
      .list(world.env['CONVERSATIONS_SERVICE_SID']!)
      .filter(({ uniqueName }) => uniqueName?.startsWith('chat-'));
  const rest = () =>
    twilioClient(world.emulator).conversations.v1.services(world.env['CONVERSATIONS_SERVICE_SID']!);

  it('keeps Conversation, Task and messages, and shows the agent what the site has signed', async () => {
    const chat = await aChatInFlex();
    const [task] = tasks();

    const { status, body } = await claim(chat);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      conversationSid: chat.conversationSid,
      identity: expect.stringMatching(/^user-/),
    });
    expect(participantsOf(chat.conversationSid)).toEqual([body.identity]);
    expect(bodiesOf(chat.conversationSid)).toEqual(['hello']);
    expect(tasks().map(({ sid }) => sid)).toEqual([task!.sid]);
    expect(customerOf(tasks()[0]!)).toMatchObject({
      conversationSid: chat.conversationSid,
      name: 'Ada Lovelace',
      customerName: 'Ada Lovelace',
      customerAddress: body.identity,
      verified_data: { friendlyName: 'Ada Lovelace', plan: 'gold' },
      pre_engagement_data: { friendlyName: 'Ada Lovelace', topic: 'refund', plan: 'gold' },
    });
    expect(world.conversation(chat.conversationSid).friendlyName).toBe('Ada Lovelace');
    const user = await rest().users(body.identity).fetch();
    expect(user.friendlyName).toBe('Ada Lovelace');
  });

  it('continues as the user’s chat: the next start finds it, and it can be written in and ended', async () => {
    const chat = await aChatInFlex();
    const { body } = await claim(chat);

    const again = await world.post<StartedChat>('/start-chat', { userToken: tokenOf('ada') });
    const sent = await world.post('/send-message', {
      token: body.token,
      conversationSid: chat.conversationSid,
      body: 'it is me',
    });

    expect(again.body).toMatchObject({ conversationSid: chat.conversationSid, resumed: true });
    expect(sent.status).toBe(201);
    expect(tasks()).toHaveLength(1);
    const end = { token: body.token, conversationSid: chat.conversationSid };
    expect((await world.post('/end-chat', end)).status).toBe(200);
    expect(tasks()[0]!.assignmentStatus).not.toBe('pending');
    const listed = await world.post<{ chats: { conversationSid: string }[] }>('/list-chats', {
      token: body.token,
    });
    expect(listed.body.chats.map(({ conversationSid }) => conversationSid)).toEqual([chat.conversationSid]);
  });

  it.each<[path: string, params: object]>([
    ['/add-participant', {}],
    ['/add-webhook', {}],
    ['/send-message', { body: 'I am back' }],
    ['/end-chat', {}],
    ['/rate-chat', { rating: 1 }],
  ])('leaves the anonymous token nothing at %s', async (path, params) => {
    const chat = await aChatInFlex();
    const { body } = await claim(chat);

    const { token, conversationSid } = chat;
    expect(failureOf(await world.post(path, { token, conversationSid, ...params }))).toBe(
      '403 conversation_not_yours',
    );
    expect(participantsOf(conversationSid)).toEqual([body.identity]);
    expect(bodiesOf(conversationSid)).toEqual(['hello']);
  });

  it('leaves the anonymous token nothing in the SDK, and a start with it gets another chat', async () => {
    const chat = await aChatInFlex();
    await claim(chat);
    const client = new Client(chat.token, chat.clientOptions as object);
    await new Promise<void>((resolve) => client.on('initialized', () => resolve()));

    await expect(client.getConversationBySid(chat.conversationSid)).rejects.toMatchObject({ status: 403 });

    await client.shutdown();
    const { body } = await world.post<StartedChat>('/start-chat', { token: chat.token });
    expect(body.conversationSid).not.toBe(chat.conversationSid);
    expect(participantsOf(chat.conversationSid)).toHaveLength(1);
  });

  it('is done once by ten calls at once, in all tabs', async () => {
    const chat = await aChatInFlex();

    const answers = await Promise.all(Array.from({ length: 10 }, () => claim(chat)));

    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map(({ body }) => body.identity)).size).toBe(1);
    expect(participantsOf(chat.conversationSid)).toEqual([answers[0]!.body.identity]);
    expect(chatsOf()).toHaveLength(1);
    expect(tasks()).toHaveLength(1);
  });

  it('goes to one of two users of a shared browser, who claim it at once', async () => {
    const chat = await aChatInFlex();

    const answers = await Promise.all([
      claim(chat, 'ada'),
      claim(chat, 'bob'),
      claim(chat, 'ada'),
      claim(chat, 'bob'),
    ]);

    const won = answers.filter(({ status }) => status === 200);
    const owners = new Set(won.map(({ body }) => body.identity));
    expect(owners.size).toBe(1);
    expect(participantsOf(chat.conversationSid)).toEqual([...owners]);
    const others = answers.filter(({ status }) => status !== 200).map(failureOf);
    expect(new Set(others)).toEqual(new Set(['403 conversation_not_yours']));
  });

  const STEPS = [
    ['the record', 'POST', '/Conversations$'],
    ['the Participant', 'POST', '/Participants$'],
    ['the name', 'POST', '/Conversations/CH[0-9a-f]+$'],
    ['the removal', 'DELETE', '/Participants/visitor-'],
    ['the Task', 'POST', '/Tasks/WT[0-9a-f]+$'],
  ] as const;
  it.each(STEPS)('survives a lost answer to %s', async (_step, method, path) => {
    const chat = await aChatInFlex();
    world.emulator.faults.add({ kind: 'resetAfter', method, path, times: 1 });

    const { status, body } = await claim(chat);

    expect(status).toBe(200);
    expect(participantsOf(chat.conversationSid)).toEqual([body.identity]);
    expect(customerOf(tasks()[0]!)).toMatchObject({ name: 'Ada Lovelace' });
  });

  it.each(STEPS)('is finished by the next call, where %s failed', async (_step, method, path) => {
    const chat = await aChatInFlex();
    world.emulator.faults.add({ kind: 'status', status: 503, method, path, times: 99 });
    expect(failureOf(await claim(chat))).toBe('503 twilio_unavailable');
    world.emulator.faults.clear();

    const { status, body } = await claim(chat);

    expect(status).toBe(200);
    expect(participantsOf(chat.conversationSid)).toEqual([body.identity]);
    expect(customerOf(tasks()[0]!)).toMatchObject({ name: 'Ada Lovelace' });
    expect(chatsOf()).toHaveLength(1);
  });

  it('keeps what the agent’s side has written into the Task', async () => {
    const chat = await aChatInFlex();
    const [task] = tasks();
    const { client } = { client: twilioClient(world.emulator).taskrouter.v1 };
    await client
      .workspaces(world.env['TASKROUTER_WORKSPACE_SID']!)
      .tasks(task!.sid)
      .update({ attributes: JSON.stringify({ ...customerOf(task!), summary: 'wants a refund' }) });

    await claim(chat);

    expect(customerOf(tasks()[0]!)).toMatchObject({ summary: 'wants a refund', name: 'Ada Lovelace' });
  });

  describe('gives nothing', () => {
    it('to a stranger with a stolen Conversation SID, and changes nothing', async () => {
      const chat = await aChatInFlex();
      const stranger = await world.aVisitor();

      for (const conversationSid of [chat.conversationSid, `CH${'0'.repeat(32)}`, '../CH', 'chat-1']) {
        const answer = await claim({ token: stranger.token, conversationSid }, 'mallory');

        expect(failureOf(answer)).toBe('403 conversation_not_yours');
      }
      expect(participantsOf(chat.conversationSid)).toEqual([chat.identity]);
    });

    it('to a stranger who was added as a Participant', async () => {
      const chat = await aChatInFlex();
      const stranger = await world.aVisitor();
      await rest().conversations(chat.conversationSid).participants.create({ identity: stranger.identity });

      const answer = await claim({ token: stranger.token, conversationSid: chat.conversationSid }, 'mallory');

      expect(failureOf(answer)).toBe('403 conversation_not_yours');
    });

    it('without the site’s signature', async () => {
      const chat = await aChatInFlex();
      world.takeCalls();
      const { token, conversationSid } = chat;

      const answer = await world.post('/claim-chat', {
        token,
        conversationSid,
        userToken: userToken('another secret of sufficient length', { sub: 'ada' }),
      });

      expect(failureOf(answer)).toBe('401 invalid_user_token');
      expect(world.takeCalls()).toEqual([]);
    });

    it('without a valid anonymous token', async () => {
      const chat = await aChatInFlex();
      const forged = accessToken(world.env, { identity: chat.identity, secret: 'x'.repeat(40) });
      world.takeCalls();

      expect(failureOf(await claim({ ...chat, token: forged }))).toBe('401 invalid_token');
      expect(world.takeCalls()).toEqual([]);
    });

    it('of one user’s chat to another user', async () => {
      const ada = await world.post<StartedChat>('/start-chat', {
        userToken: tokenOf('ada'),
        message: 'hello',
      });

      expect(failureOf(await claim(ada.body, 'bob'))).toBe('403 conversation_not_yours');
      expect(participantsOf(ada.body.conversationSid)).toEqual([ada.body.identity]);
    });

    it('to a second user after the first', async () => {
      const chat = await aChatInFlex();
      const { body } = await claim(chat, 'ada');

      expect(failureOf(await claim(chat, 'bob'))).toBe('403 conversation_not_yours');
      expect(participantsOf(chat.conversationSid)).toEqual([body.identity]);
    });

    it('to a visitor whom an administrator has removed, nor to a removed user by a copy of the call', async () => {
      const chat = await aChatInFlex();
      const { participants } = rest().conversations(chat.conversationSid);
      await participants(chat.identity).remove();
      expect(failureOf(await claim(chat))).toBe('403 conversation_not_yours');
      const other = await aChatInFlex();
      const { body } = await claim(other);
      await rest().conversations(other.conversationSid).participants(body.identity).remove();

      expect(failureOf(await claim(other))).toBe('403 conversation_not_yours');
      expect(participantsOf(other.conversationSid)).toEqual([]);
    });

    it('of a chat that is over', async () => {
      const chat = await aChatInFlex();
      world.close(chat.conversationSid);

      expect(failureOf(await claim(chat))).toBe('409 conversation_closed');
    });

    it('to a user who has another open chat: neither changes', async () => {
      const open = await world.post<StartedChat>('/start-chat', { userToken: tokenOf('ada'), message: 'hi' });
      const chat = await aChatInFlex();

      expect(failureOf(await claim(chat))).toBe('409 chat_not_claimable');
      expect(participantsOf(chat.conversationSid)).toEqual([chat.identity]);
      expect(participantsOf(open.body.conversationSid)).toEqual([open.body.identity]);
    });

    it('of a chat in which nothing was written', async () => {
      const chat = await world.aChat();

      expect(failureOf(await claim(chat))).toBe('409 chat_not_claimable');
    });
  });

  it('follows the user’s earlier chats', async () => {
    const first = await world.post<StartedChat>('/start-chat', { userToken: tokenOf('ada'), message: 'hi' });
    world.close(first.body.conversationSid);
    const chat = await aChatInFlex();

    expect((await claim(chat)).status).toBe(200);
    world.close(chat.conversationSid);
    const next = await world.post<StartedChat>('/start-chat', { userToken: tokenOf('ada') });

    expect(next.body).toMatchObject({ resumed: false });
    expect(chatsOf()).toHaveLength(3);
  });
});
