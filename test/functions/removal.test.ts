/** A visitor whom an administrator has removed from a chat stays out. */
import { twilioClient } from '../support/emulator';
import { failureOf, useFunctions, type StartedChat } from '../support/functions-world';

const world = useFunctions();

const participantsOf = (sid: string) =>
  world.conversations.participants.ofConversation(sid).map(({ identity }) => identity);
const bodiesOf = (sid: string) => world.conversations.messages.ofConversation(sid).map(({ body }) => body);

const conversationOf = (sid: string) =>
  twilioClient(world.emulator)
    .conversations.v1.services(world.env['CONVERSATIONS_SERVICE_SID']!)
    .conversations(sid);

async function remove(conversationSid: string, identity: string): Promise<void> {
  await conversationOf(conversationSid).participants(identity).remove();
}

async function aConversation(): Promise<StartedChat> {
  const visitor = await world.aVisitor();
  const { body } = await world.post<StartedChat>('/create-conversation', { token: visitor.token });
  return { ...visitor, ...body };
}

async function aChatBySteps(): Promise<StartedChat> {
  const chat = await aConversation();
  const { token, conversationSid } = chat;
  await world.post('/add-participant', { token, conversationSid });
  return chat;
}

async function aRemovedVisitor(): Promise<StartedChat> {
  const chat = await world.aChat({ message: 'hello', messageId: 'm-1' });
  await remove(chat.conversationSid, chat.identity);
  return chat;
}

it.each<[path: string, params: object]>([
  ['/add-participant', {}],
  ['/add-webhook', {}],
  ['/send-message', { body: 'I am back' }],
  ['/send-message', { body: 'I am back', messageId: 'm-2' }],
  ['/end-chat', {}],
  ['/rate-chat', { rating: 1 }],
])('%s does not let them write or return (%j)', async (path, params) => {
  const { token, conversationSid } = await aRemovedVisitor();

  const answer = await world.post(path, { token, conversationSid, ...params });

  expect(failureOf(answer)).toBe('403 conversation_not_yours');
  expect(participantsOf(conversationSid)).toEqual([]);
  expect(bodiesOf(conversationSid)).toEqual(['hello']);
  expect(world.conversation(conversationSid).state).toBe('active');
});

it.each(['/start-chat', '/create-conversation'])(
  '%s gives them a new chat, and does not change the old one',
  async (path) => {
    const { token, conversationSid } = await aRemovedVisitor();

    const first = await world.post<StartedChat>(path, { token });
    const second = await world.post<StartedChat>(path, { token });

    expect(first.body.conversationSid).not.toBe(conversationSid);
    expect(second.body.conversationSid).toBe(first.body.conversationSid);
    expect(participantsOf(conversationSid)).toEqual([]);
    expect(bodiesOf(conversationSid)).toEqual(['hello']);
  },
);

describe('before the first message', () => {
  const DOORS: [path: string, params: object][] = [
    ['/add-participant', {}],
    ['/add-webhook', {}],
    ['/send-message', { body: 'I am back' }],
  ];

  it.each(DOORS)('%s does not let them return to a whole start', async (path, params) => {
    const { token, identity, conversationSid } = await world.aChat();
    await remove(conversationSid, identity);

    const answer = await world.post(path, { token, conversationSid, ...params });

    expect(failureOf(answer)).toBe('403 conversation_not_yours');
    expect(participantsOf(conversationSid)).toEqual([]);
  });

  it.each(DOORS)('%s does not let them return to a chat made by single steps', async (path, params) => {
    const { token, identity, conversationSid } = await aChatBySteps();
    await remove(conversationSid, identity);

    const answer = await world.post(path, { token, conversationSid, ...params });

    expect(failureOf(answer)).toBe('403 conversation_not_yours');
    expect(participantsOf(conversationSid)).toEqual([]);
  });

  it('counts a step whose last call failed, once it is repeated', async () => {
    const { token, identity, conversationSid } = await aConversation();
    world.emulator.faults.add({ kind: 'status', status: 400, method: 'POST', path: `${conversationSid}$` });
    const failed = await world.post('/add-participant', { token, conversationSid });
    world.emulator.faults.clear();
    const repeated = await world.post('/add-participant', { token, conversationSid });
    await remove(conversationSid, identity);

    const answer = await world.post('/add-participant', { token, conversationSid });

    expect([failed.status, repeated.status]).toEqual([502, 200]);
    expect(failureOf(answer)).toBe('403 conversation_not_yours');
  });

  it.each(['/start-chat', '/create-conversation'])('%s gives them a new chat', async (path) => {
    const { token, identity, conversationSid } = await aChatBySteps();
    await remove(conversationSid, identity);

    const first = await world.post<StartedChat>(path, { token });
    const second = await world.post<StartedChat>(path, { token });

    expect(first.body.conversationSid).not.toBe(conversationSid);
    expect(second.body.conversationSid).toBe(first.body.conversationSid);
    expect(participantsOf(conversationSid)).toEqual([]);
  });

  it.each(['/start-chat', '/create-conversation'])(
    '%s gives them a new chat after a whole start',
    async (path) => {
      const { token, identity, conversationSid } = await world.aChat();
      await remove(conversationSid, identity);
      world.conversation(conversationSid).dateCreated = new Date(Date.now() - 10_000);

      const { status, body } = await world.post<StartedChat>(path, { token });

      expect(status).toBeLessThan(300);
      expect(body.conversationSid).not.toBe(conversationSid);
    },
  );

  it('does not count as one if the Participant arrives between two looks of the next start', async () => {
    const { token, identity, conversationSid } = await world.aChat();
    await remove(conversationSid, identity);
    world.conversation(conversationSid).dateCreated = new Date(Date.now() - 10_000);
    // The last look before the list of Participants.
    const stop = world.emulator.journal.events.on('arrived', ({ method, path }) => {
      if (method !== 'GET' || !path.endsWith(`${conversationSid}/Messages`)) return;
      stop();
      world.conversations.participants.add(
        world.conversation(conversationSid),
        { identity },
        { source: 'EVENT' },
      );
    });

    const { body } = await world.post<StartedChat>('/start-chat', { token });

    expect(body.conversationSid).toBe(conversationSid);
    expect(participantsOf(conversationSid)).toEqual([identity]);
  });

  it('leaves a Conversation alone in which others take part', async () => {
    const { token, identity, conversationSid } = await world.aChat();
    await conversationOf(conversationSid).participants.create({ identity: 'ada_40example_2Ecom' });
    await remove(conversationSid, identity);
    world.conversation(conversationSid).dateCreated = new Date(Date.now() - 10_000);

    const { body } = await world.post<StartedChat>('/start-chat', { token });

    expect(body.conversationSid).not.toBe(conversationSid);
    expect(participantsOf(conversationSid)).toEqual(['ada_40example_2Ecom']);
  });
});

it('is not confused with an incomplete start', async () => {
  const { token } = await world.aVisitor();
  world.emulator.faults.add({ kind: 'status', status: 503, method: 'POST', path: 'Participants$' });
  await world.post('/start-chat', { token });
  world.emulator.faults.clear();

  const { status, body } = await world.post<StartedChat>('/start-chat', { token });

  expect(status).toBe(200);
  expect(participantsOf(body.conversationSid)).toHaveLength(1);
});
