/** One share of the SDK sessions, in a process of its own: connects them, lets them talk, reports what arrived when. */
import { Client, type Conversation, type Message } from '@twilio/conversations';
import type { ClientReport, ClientTask, Seat, ToClient } from './protocol';

/** At once, while connecting: each SDK client makes about ten requests on its way. */
const CONNECTING_AT_ONCE = 10;

const latenciesMs: number[] = [];
let sent = 0;
let failed = 0;

// A bench that is gone wants no answer.
process.once('disconnect', () => process.exit(1));
void main();

async function main(): Promise<void> {
  const { task } = await told('connect');
  const conversations = await connectAll(task);
  report({ type: 'connected' });
  const { at } = await told('start');
  for (const conversation of conversations) schedule(conversation, at, task);
  // By then everything has been sent, and what has not arrived within an interval is lost.
  const endsAt = at + (task.messagesPerSession + 1) * task.intervalMs;
  setTimeout(() => report({ type: 'done', sent, failed, latenciesMs }), endsAt - now());
}

/** The next thing that the bench says; it says one after the other. */
function told<Type extends ToClient['type']>(type: Type): Promise<ToClient & { type: Type }> {
  return new Promise((resolve, reject) =>
    process.once('message', (message: ToClient) =>
      message.type === type
        ? resolve(message as ToClient & { type: Type })
        : reject(new Error(`Told to ${message.type}, not to ${type}`)),
    ),
  );
}

async function connectAll({ realtimeUrl, seats }: ClientTask): Promise<Conversation[]> {
  const waiting = [...seats];
  const conversations: Conversation[] = [];
  const worker = async (): Promise<void> => {
    for (let seat = waiting.shift(); seat; seat = waiting.shift()) {
      conversations.push(await connect(realtimeUrl, seat));
    }
  };
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, worker));
  return conversations;
}

async function connect(uri: string, { identity, token, conversationSid }: Seat): Promise<Conversation> {
  const client = new Client(token, { Twilsock: { uri } });
  await new Promise<void>((resolve, reject) => {
    client.once('initialized', () => resolve());
    client.once('initFailed', ({ error }) => reject(new Error(`${identity}: ${error?.message}`)));
  });
  const conversation = await client.getConversationBySid(conversationSid);
  await conversation.getMessages(1);
  conversation.on('messageAdded', (message: Message) => {
    if (message.author !== identity) latenciesMs.push(now() - Number(message.body));
  });
  return conversation;
}

/** Each session at its own moment of the interval, as people would. */
function schedule(
  conversation: Conversation,
  start: number,
  { messagesPerSession, intervalMs }: ClientTask,
): void {
  const phaseMs = Math.random() * intervalMs;
  for (let count = 0; count < messagesPerSession; count++) {
    setTimeout(
      () => {
        sent += 1;
        conversation.sendMessage(String(now())).catch(() => (failed += 1));
      },
      start - now() + phaseMs + count * intervalMs,
    );
  }
}

/** The same clock in every process, finer than a millisecond. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function report(message: ClientReport): void {
  process.send!(message);
}
