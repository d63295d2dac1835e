/** The guarantee of a `messageId`: a message that is sent twice arrives once, and never replaces another. */
import { twilioClient } from '../support/emulator';
import { failureOf, useFunctions, type StartedChat } from '../support/functions-world';

const world = useFunctions();
const send = ({ token, conversationSid }: StartedChat, body: string, messageId: string) =>
  world.post('/send-message', { token, conversationSid, body, messageId });
const bodiesOf = ({ conversationSid }: StartedChat) =>
  world.conversations.messages.ofConversation(conversationSid).map(({ body }) => body);

it('rejects different text with a used id', async () => {
  const chat = await world.aChat();
  await send(chat, 'yes', 'm-1');

  expect((await send(chat, 'yes', 'm-1')).status).toBe(200);
  expect(failureOf(await send(chat, 'no', 'm-1'))).toBe('409 message_id_reused');
  expect(bodiesOf(chat)).toEqual(['yes']);
});

it('rejects a different first message with that id, too', async () => {
  const chat = await world.aChat({ message: 'yes', messageId: 'm-1' });

  const again = await world.post('/start-chat', { token: chat.token, message: 'no', messageId: 'm-1' });

  expect(failureOf(again)).toBe('409 message_id_reused');
  expect(bodiesOf(chat)).toEqual(['yes']);
});

describe('in a long chat', () => {
  const MESSAGES_PER_PAGE = 100;

  async function talk(chat: StartedChat, count: number): Promise<void> {
    const { messages } = world.conversations;
    const conversation = world.conversation(chat.conversationSid);
    for (let i = 0; i < count; i++) {
      messages.add(conversation, { author: 'agent', body: `${i}` }, { source: 'EVENT' });
    }
  }

  it('recognises it behind hundreds of other messages', async () => {
    const chat = await world.aChat();
    await send(chat, 'hello', 'm-1');
    await talk(chat, 3 * MESSAGES_PER_PAGE);

    expect((await send(chat, 'hello', 'm-1')).status).toBe(200);
    expect(bodiesOf(chat).filter((body) => body === 'hello')).toEqual(['hello']);
  });

  it('reports an error if there are too many to search', async () => {
    const chat = await world.aChat();
    await talk(chat, 11 * MESSAGES_PER_PAGE);

    expect(failureOf(await send(chat, 'hello', 'm-1'))).toBe('409 conversation_too_busy');
    const { token, conversationSid } = chat;
    expect((await world.post('/send-message', { token, conversationSid, body: 'hello' })).status).toBe(201);
  });

  it('reads one page if the page covers a day', async () => {
    const chat = await world.aChat();
    await talk(chat, 3 * MESSAGES_PER_PAGE);
    for (const message of world.conversations.messages.ofConversation(chat.conversationSid).slice(0, -50)) {
      message.dateCreated = new Date(Date.now() - 25 * 3600 * 1000);
    }
    world.takeCalls();

    await send(chat, 'hello', 'm-1');

    expect(world.takeCalls().filter((call) => /^GET .*Messages/.test(call))).toHaveLength(2);
  });
});

it('removes a late copy with the next search', async () => {
  const chat = await world.aChat();
  await send(chat, 'hello', 'm-1');
  await twilioClient(world.emulator)
    .conversations.v1.services(world.env['CONVERSATIONS_SERVICE_SID']!)
    .conversations(chat.conversationSid)
    .messages.create({ author: chat.identity, body: 'hello', attributes: '{"messageId":"m-1"}' });

  expect((await send(chat, 'hello', 'm-1')).status).toBe(200);
  expect(bodiesOf(chat)).toEqual(['hello']);
});
