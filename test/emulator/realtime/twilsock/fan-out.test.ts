/** What one message costs the emulator: how often its event is serialised, and how often a socket is written to. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { Client, ConnectionState } from '@twilio/conversations';
import { next, nextMessage } from '../events';
import { ChatWorld } from '../sdk';

const IDENTITIES = ['ada', 'bob', 'cyd'];
/** Not in Node's types: how a stream hands its bytes to the system. */
type Writes = Record<'_write' | '_writev', (...args: unknown[]) => void>;

describe('a message to three SDK clients', () => {
  let chat: ChatWorld;
  const sockets: Socket[] = [];
  const accepted = (event: unknown): void => void sockets.push((event as { socket: Socket }).socket);

  beforeEach(async () => {
    subscribe('net.server.socket', accepted);
    chat = await ChatWorld.start('@twilio/conversations');
  });
  afterEach(async () => {
    await chat.stop();
    unsubscribe('net.server.socket', accepted);
    sockets.length = 0;
  });

  async function aChat() {
    const conversation = chat.aConversation(IDENTITIES);
    const clients: Client[] = [];
    for (const identity of IDENTITIES) clients.push(await chat.connect(identity));
    const views = await Promise.all(clients.map((client) => chat.joined(client, conversation)));
    return { conversation, clients, views };
  }

  it('is made JSON once', async () => {
    const { conversation, clients } = await aChat();
    const list = chat.realtime.projection.messagesOf(conversation);
    const arrived = clients.map((client) => nextMessage(client, 'hello'));
    const { index } = chat.say(conversation, 'ada', 'hello');
    await Promise.all(arrived);
    const data = { ...list.get(index), text: 'changed' };
    let times = 0;
    const toJSON = (): object => {
      times += 1;
      return data;
    };

    const changed = clients.map((client) => next(client, 'messageUpdated'));
    list.set(index, { toJSON });
    await Promise.all(changed);

    expect(times).toBe(1);
  });

  it('is written to each of them once, for its sender together with the answer', async () => {
    const { clients, views } = await aChat();
    const writes = countWrites(sockets);
    const arrived = clients.map((client) => nextMessage(client, 'hello'));
    const updated = clients.map((client) => next(client, 'conversationUpdated'));

    await views[0]!.sendMessage('hello');
    await Promise.all([...arrived, ...updated]);

    expect([...writes.values()]).toEqual([1, 1, 1]);
  });

  it('leaves even if the connection drops at once', async () => {
    const { conversation, clients } = await aChat();
    const writes = countWrites(sockets);
    const back = clients.map((client) =>
      next<ConnectionState>(client, 'connectionStateChanged', (state) => state === 'connected'),
    );

    chat.say(conversation, 'ada', 'last words');
    chat.realtime.drop();

    expect([...writes.values()]).toEqual([1, 1, 1]);
    await Promise.all(back);
  });
});

/** By socket, from now on. */
function countWrites(sockets: readonly Socket[]): Map<Socket, number> {
  const counts = new Map<Socket, number>();
  for (const socket of sockets) {
    const writes = socket as unknown as Writes;
    for (const name of ['_write', '_writev'] as const) {
      const write = writes[name].bind(socket);
      writes[name] = (...args) => {
        counts.set(socket, (counts.get(socket) ?? 0) + 1);
        write(...args);
      };
    }
  }
  return counts;
}
