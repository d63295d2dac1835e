/** A client's connection breaks: nothing is lost or delivered twice. */
import type { Client, ConnectionState, Participant } from '@twilio/conversations';
import { bodies, collect, next, nextMessage, numbered } from '../events';
import { ChatWorld, SDK_PACKAGES } from '../sdk';

const state = (client: Client, wanted: ConnectionState): Promise<ConnectionState> =>
  next<ConnectionState>(client, 'connectionStateChanged', (now) => now === wanted);

describe.each(SDK_PACKAGES)('the SDK %s with a broken connection', (_version, sdkPackage) => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterEach(() => chat.stop());

  async function aReadyClient() {
    const conversation = chat.aConversation(['ada', 'bob']);
    const client = await chat.connect('ada');
    const view = await chat.joined(client, conversation);
    return { conversation, client, view };
  }

  it('reconnects by itself and receives the missed messages, once and in order', async () => {
    const { conversation, client, view } = await aReadyClient();
    const received = collect<{ body: string }, string>(client, 'messageAdded', ({ body }) => body);
    const joinedParticipant = next<Participant>(client, 'participantJoined');
    const back = state(client, 'connected');

    expect(chat.realtime.drop('ada')).toBe(1);
    const missed = numbered(12);
    const last = nextMessage(client, missed.at(-1)!);
    for (const body of missed) chat.say(conversation, 'bob', body);
    chat.add(conversation, 'grace');
    await Promise.all([back, last, joinedParticipant]);

    const live = nextMessage(client, 'live again');
    chat.say(conversation, 'bob', 'live again');
    await live;
    expect(received).toEqual([...missed, 'live again']);
    expect(bodies(await view.getMessages())).toEqual(received);
  });

  it('sends messages that were written while it was disconnected', async () => {
    const { client, conversation, view } = await aReadyClient();
    const gone = next<ConnectionState>(client, 'connectionStateChanged', (now) => now !== 'connected');
    chat.realtime.drop();
    await gone;
    const own = nextMessage(client, 'written offline');

    await view.sendMessage('written offline');

    await own;
    expect(chat.domain.messages.ofConversation(conversation.sid)).toHaveLength(1);
  });

  it('continues after a restart of the emulator, and sees the new state', async () => {
    const client = await chat.connect('ada');
    const before = chat.aConversation(['ada']);
    await chat.joined(client, before);
    for (const body of numbered(30)) chat.say(before, 'ada', body);
    const back = state(client, 'connected');

    await chat.reset();
    await back;
    const joined = next<{ sid: string }>(client, 'conversationJoined');
    const after = chat.aConversation(['ada']);
    expect((await joined).sid).toBe(after.sid);

    const view = await chat.joined(client, after);
    const arrived = nextMessage(view, 'a new life');
    chat.say(after, 'bob', 'a new life');
    await arrived;
  });

  it('retries reads, but never writes', async () => {
    const { conversation, view } = await aReadyClient();
    chat.realtime.faults.add({ on: 'request', status: 503, times: 1, method: 'POST', path: '/Messages' });
    chat.realtime.faults.add({ on: 'request', status: 503, times: 1, method: 'GET', path: conversation.sid });
    const requests = chat.requests('ada');

    await expect(view.sendMessage('lost')).rejects.toMatchObject({ status: 503 });
    expect(await view.getMessagesCount()).toBe(0);

    expect(requests.map((request) => request.replace(/ \S+ /, ' '))).toEqual([
      'POST 503',
      'GET 503',
      'GET 200',
    ]);
  });

  it('reports a failing tunnel as a transport failure', async () => {
    const { view } = await aReadyClient();
    chat.realtime.faults.add({ on: 'transport', status: 502, times: 1, method: 'POST' });

    await expect(view.sendMessage('lost')).rejects.toThrow(/Transport failure/);
  });

  it('is dropped when it answers no ping, and reconnects', async () => {
    Object.assign(chat.realtime.settings, { pingIntervalMs: 20, pongTimeoutMs: 2_000 });
    const client = await chat.connect('ada');
    const [session] = chat.realtime.sessions('ada');
    await chat.joined(client, chat.aConversation(['ada']));
    expect(chat.realtime.sessions('ada')).toEqual([session]);

    chat.realtime.settings.pongTimeoutMs = 0;
    await next(chat.realtime.events, 'sessionClosed');
    chat.realtime.settings.pongTimeoutMs = 2_000;
    await state(client, 'connected');
  });

  // The SDK's own pause after a close frame is 3 s, so all of them run in parallel.
  it('obeys every close code: to reconnect, to stay away, to renew its token', async () => {
    const codes = [308, 401, 406, 410, 417, 500, 503];
    const clients = new Map<number, Client>();
    for (const code of codes) clients.set(code, await chat.connect(`code-${code}`));
    const outcome = (code: number, wanted: ConnectionState) => state(clients.get(code)!, wanted);
    const expired = next(clients.get(410)!, 'tokenExpired');
    const fatal = next<{ terminal: boolean }>(clients.get(406)!, 'connectionError');
    const silent = collect(clients.get(401)!, 'tokenExpired', () => 'expired');
    const outcomes = Promise.all([
      outcome(308, 'connected'),
      outcome(500, 'connected'),
      outcome(503, 'connected'),
      outcome(401, 'disconnected'),
      outcome(406, 'disconnected'),
      outcome(410, 'disconnected'),
      outcome(417, 'disconnected'),
    ]);

    for (const code of codes) {
      chat.realtime.close(code, {
        identity: `code-${code}`,
        ...(code === 308 ? { reconnectMinMs: 100 } : {}),
      });
    }

    await Promise.all([outcomes, expired]);
    expect((await fatal).terminal).toBe(true);
    expect(silent).toEqual([]);
    expect(
      chat.realtime
        .sessions()
        .map(({ identity }) => identity)
        .sort(),
    ).toEqual(['code-308', 'code-500', 'code-503']);
  });
});
