/**
 * A share of the SDK sessions, in a separate process: connects them, lets them send, and reports arrivals with their
 * times.
 */
import { Client, type Conversation, type Message } from '@twilio/conversations';
import type { Deliveries } from './deliveries';
import type { ClientReport, ClientTask, Seat, ToClient } from './protocol';

/** Parallel connections: each SDK client makes about ten requests while connecting. */
const CONNECTING_AT_ONCE = 10;

interface Session {
  identity: string;
  conversation: Conversation;
}

/** The body of each message, as JSON. `sentAt`: in milliseconds since the epoch. */
interface Body {
  id: string;
  sentAt: number;
}

const deliveries: Deliveries = { sent: [], acknowledged: [], rejected: [], arrivals: [] };

// The bench has ended, so no answer is needed.
process.once('disconnect', () => process.exit(1));
void main();

async function main(): Promise<void> {
  const { task } = await told('connect');
  const sessions = await connectAll(task);
  report({ type: 'connected' });
  const { at } = await told('start');
  for (const session of sessions) schedule(session, at, task);
  let before = process.cpuUsage();
  setTimeout(() => (before = process.cpuUsage()), at - now());
  const tell = (): void => {
    const { user, system } = process.cpuUsage(before);
    report({ type: 'done', ...deliveries, cpuMs: (user + system) / 1000 });
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

async function connectAll({ realtimeUrl, seats }: ClientTask): Promise<Session[]> {
  const waiting = [...seats];
  const sessions: Session[] = [];
  const worker = async (): Promise<void> => {
    for (let seat = waiting.shift(); seat; seat = waiting.shift()) {
      sessions.push({ identity: seat.identity, conversation: await connect(realtimeUrl, seat) });
    }
  };
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, worker));
  return sessions;
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
    if (message.author === identity) return;
    const { id, sentAt } = JSON.parse(message.body!) as Body;
    deliveries.arrivals.push([id, now() - sentAt]);
  });
  return conversation;
}

/** Each session sends at a different time within the interval, as people would. */
function schedule(
  { identity, conversation }: Session,
  start: number,
  { messagesPerSession, intervalMs }: ClientTask,
): void {
  const phaseMs = Math.random() * intervalMs;
  const { acknowledged, rejected, sent } = deliveries;
  for (let count = 0; count < messagesPerSession; count++) {
    setTimeout(
      () => {
        const id = `${identity}/${count}`;
        sent.push(id);
        conversation.sendMessage(JSON.stringify({ id, sentAt: now() } satisfies Body)).then(
          () => acknowledged.push(id),
          () => rejected.push(id),
        );
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
