/**
 * A share of the SDK sessions, in a separate process: connects them, lets them send, and reports arrivals with their
 * times.
 */
import { Client, type Conversation, type Message } from '@twilio/conversations';
import type { ClientReport, ClientTask, Seat, ToClient } from './protocol';

/** Parallel connections: each SDK client makes about ten requests while connecting. */
const CONNECTING_AT_ONCE = 10;

const latenciesMs: number[] = [];
let sent = 0;
let failed = 0;

// The bench has ended, so no answer is needed.
process.once('disconnect', () => process.exit(1));
void main();

async function main(): Promise<void> {
  const { task } = await told('connect');
  const conversations = await connectAll(task);
  report({ type: 'connected' });
  const { at } = await told('start');
  for (const conversation of conversations) schedule(conversation, at, task);
  let before = process.cpuUsage();
  setTimeout(() => (before = process.cpuUsage()), at - now());
  const tell = (): void => {
    const { user, system } = process.cpuUsage(before);
    report({ type: 'done', sent, failed, latenciesMs, cpuMs: (user + system) / 1000 });
  };
  // All messages have been sent by then, and most have arrived.
  const endsAt = at + (task.messagesPerSession + 1) * task.intervalMs;
  setTimeout(tell, endsAt - now());
  process.on('message', ({ type }: ToClient) => {
    if (type === 'tell') tell();
  });
}

/** The next message from the bench; messages arrive in sequence. */
function told<Type extends ToClient['type']>(type: Type): Promise<ToClient & { type: Type }> {
  return new Promise((resolve, reject) =>
    process.once('message', (message: ToClient) =>
      message.type === type
        ? resolve(message as ToClient & { type: Type })
        : reject(new Error(`Received ${message.type} instead of ${type}`)),
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

/** Each session sends at a different time within the interval, as people would. */
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
