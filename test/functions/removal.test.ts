/** A visitor whom an administrator has removed from a chat stays out. */
import { twilioClient } from '../support/emulator';
import { failureOf, useFunctions, type StartedChat } from '../support/functions-world';

const world = useFunctions();

const participantsOf = (sid: string) =>
  world.conversations.participants.ofConversation(sid).map(({ identity }) => identity);
const bodiesOf = (sid: string) => world.conversations.messages.ofConversation(sid).map(({ body }) => body);

async function aRemovedVisitor(): Promise<StartedChat> {
  const chat = await world.aChat({ message: 'hello', messageId: 'm-1' });
  await twilioClient(world.emulator)
    .conversations.v1.services(world.env['CONVERSATIONS_SERVICE_SID']!)
    .conversations(chat.conversationSid)
    .participants(chat.identity)
    .remove();
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

it('is not confused with an incomplete start', async () => {
  const { token } = await world.aVisitor();
  world.emulator.faults.add({ kind: 'status', status: 503, method: 'POST', path: 'Participants$' });
  await world.post('/start-chat', { token });
  world.emulator.faults.clear();

  const { status, body } = await world.post<StartedChat>('/start-chat', { token });

  expect(status).toBe(200);
  expect(participantsOf(body.conversationSid)).toHaveLength(1);
});
