/** One open Conversation per visitor: simultaneous starts, and returning visitors. */
import { twilioClient } from '../support/emulator';
import { useFunctions, type StartedChat, type FailureBody } from '../support/functions-world';

const world = useFunctions();
const post = world.post.bind(world);
const startChat = (params: object = {}) => post<StartedChat & Partial<FailureBody>>('/start-chat', params);
const faults = () => world.emulator.faults;
const calls = () => world.emulator.world.journal.entries;
const all = () =>
  world.conversations.conversations.list(world.env['CONVERSATIONS_SERVICE_SID']!).map(({ sid }) => sid);
const webhooksOf = (sid: string) => world.conversations.webhooks.ofConversation(sid);
const participantsOf = (sid: string) => world.conversations.participants.ofConversation(sid);
const bodiesOf = (sid: string) => world.conversations.messages.ofConversation(sid).map(({ body }) => body);

describe('simultaneous starts', () => {
  const AT_ONCE = 20;
  const crowd = async (params: object = {}) => {
    const { token } = await world.aVisitor();
    world.takeCalls();
    return Promise.all(Array.from({ length: AT_ONCE }, () => startChat({ token, ...params })));
  };

  it('receive the same Conversation, with one Participant and one webhook', async () => {
    const answers = await crowd();

    expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200));
    expect(new Set(answers.map(({ body }) => body.conversationSid))).toEqual(new Set(all()));
    expect(answers.filter(({ body }) => !body.resumed)).toHaveLength(1);
    expect(all()).toHaveLength(1);
    expect(participantsOf(all()[0]!)).toHaveLength(1);
    expect(webhooksOf(all()[0]!)).toHaveLength(1);
    expect(calls().filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  it('send the same first message once', async () => {
    const answers = await crowd({ message: 'hello', messageId: 'm-1' });

    expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200));
    expect(bodiesOf(all()[0]!)).toEqual(['hello']);
    // The first message proves that the rest exists, so a start that waits for it adds nothing.
    const additions = calls().filter(
      ({ method, path }) => method === 'POST' && /Participants$|Webhooks$/.test(path),
    );
    expect(additions).toHaveLength(2);
  });

  it("do not treat another author's message as proof of a complete start", async () => {
    const { token, identity } = await world.aVisitor();
    const { conversationSid } = (await post<{ conversationSid: string }>('/create-conversation', { token }))
      .body;
    await twilioClient(world.emulator)
      .conversations.v1.services(world.env['CONVERSATIONS_SERVICE_SID']!)
      .conversations(conversationSid)
      .messages.create({ author: identity, body: 'from a tab that was too early' });

    await startChat({ token, message: 'hello', messageId: 'm-1' });

    expect(participantsOf(conversationSid)).toHaveLength(1);
    expect(webhooksOf(conversationSid)).toHaveLength(1);
    expect(bodiesOf(conversationSid)).toEqual(['from a tab that was too early', 'hello']);
  });

  it('give each visitor a separate Conversation', async () => {
    const visitors = await Promise.all(Array.from({ length: 10 }, () => world.aVisitor()));

    const answers = await Promise.all(visitors.map(({ token }) => startChat({ token })));

    expect(new Set(answers.map(({ body }) => body.conversationSid)).size).toBe(10);
  });

  it('finish what an interrupted call began, and add one webhook together', async () => {
    const { token } = await world.aVisitor();
    const made = await post<{ conversationSid: string }>('/create-conversation', { token });

    const answers = await Promise.all(Array.from({ length: 5 }, () => startChat({ token })));

    expect(answers.map(({ body }) => body.conversationSid)).toEqual(Array(5).fill(made.body.conversationSid));
    expect(webhooksOf(made.body.conversationSid)).toHaveLength(1);
  });

  it('create one new Conversation together after a closed one', async () => {
    const { token, conversationSid } = await world.aChat();
    world.close(conversationSid);

    const answers = await Promise.all(Array.from({ length: 5 }, () => startChat({ token })));

    const sids = new Set(answers.map(({ body }) => body.conversationSid));
    expect(sids.size).toBe(1);
    expect(sids.has(conversationSid)).toBe(false);
  });
});

describe('a returning visitor', () => {
  it('gets an inactive Conversation back, active', async () => {
    const { token, conversationSid } = await world.aChat();
    world.emulator.world.clock.advance(61 * 60_000);

    const { body } = await startChat({ token });

    expect(body).toMatchObject({ conversationSid, resumed: true });
    expect(world.conversation(conversationSid).state).toBe('active');
  });

  it('is found by name if the list of Conversations is empty', async () => {
    const { token, identity } = await world.aVisitor();
    for (let chats = 1; chats <= 9; chats++) {
      world.close((await startChat({ token })).body.conversationSid);
    }
    const empty = { participant_conversations: [], meta: { key: 'conversations', page_size: 50 } };
    faults().add({
      kind: 'status',
      status: 200,
      path: 'ParticipantConversations',
      body: { ...empty, conversations: [] },
    });

    const { body } = await startChat({ token });

    expect(body.resumed).toBe(false);
    expect(world.conversation(body.conversationSid).uniqueName).toMatch(
      new RegExp(`^chat-${identity}-10-[\\w-]{22}$`),
    );
    expect((await startChat({ token })).body).toMatchObject({
      conversationSid: body.conversationSid,
      resumed: true,
    });
  });

  it('gets a new Conversation if theirs is closed while a start finishes it', async () => {
    const { token } = await world.aVisitor();
    const { conversationSid } = (await post<{ conversationSid: string }>('/create-conversation', { token }))
      .body;
    const { journal } = world.emulator.world;
    const stop = journal.events.on('answered', ({ entry: { method, path } }) => {
      if (method !== 'GET' || !path.includes('chat-')) return;
      stop();
      world.close(conversationSid);
    });

    const { status, body } = await startChat({ token });

    expect({ status, resumed: body.resumed }).toEqual({ status: 200, resumed: false });
    expect(body.conversationSid).not.toBe(conversationSid);
  });
});
