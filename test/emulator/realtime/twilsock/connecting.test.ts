/** A client connects: what it receives, which resources it creates, and which clients are rejected. */
import type { Client, ConnectionState } from '@twilio/conversations';
import { collect, next, nextMessage } from '../events';
import { ChatWorld, SDK_PACKAGES } from '../sdk';

describe.each(SDK_PACKAGES)('the SDK %s connecting', (_version, sdkPackage) => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterEach(() => chat.stop());

  it('is initialized and connected after one configuration call', async () => {
    const requests = chat.requests('ada');
    const client = chat.newClient(chat.token('ada'));
    const states = collect<ConnectionState, string>(client, 'connectionStateChanged', (state) => state);

    await next(client, 'initialized');
    await client.getSubscribedConversations();

    expect(states).toEqual(['connecting', 'connected']);
    expect(client.user.identity).toBe('ada');
    expect(client.user.friendlyName).toBe('ada');
    expect(requests[0]).toBe('GET /Client/v2/Configuration 200');
    expect(requests.filter((request) => !request.endsWith(' 200'))).toEqual([]);
  });

  it('creates the User of the identity, online while it has a session', async () => {
    const user = () => chat.domain.users.find(chat.serviceSid, 'ada');
    expect(user()).toBeUndefined();
    const first = await chat.connect('ada');
    const second = await chat.connect('ada');

    const oneLeft = next(chat.realtime.events, 'sessionClosed');
    await first.shutdown();
    await oneLeft;
    expect(user()?.isOnline).toBe(true);

    const noneLeft = next(chat.realtime.events, 'sessionClosed');
    await second.shutdown();
    await noneLeft;
    expect(user()?.isOnline).toBe(false);
  });

  it('notifies listeners of the session and its token', async () => {
    const opened = next<{ identity: string; claims: object }>(chat.realtime.events, 'sessionOpened');

    await chat.connect('ada');

    const issuedAt = expect.any(Number);
    const expiresAt = expect.any(Number);
    expect(await opened).toEqual({
      identity: 'ada',
      claims: { identity: 'ada', chatServiceSid: chat.serviceSid, issuedAt, expiresAt },
    });
  });

  it('accepts identities with characters that URLs reserve', async () => {
    const identity = 'ada & bob|100%/späße?#=+@example.com';
    const conversation = chat.aConversation([identity]);
    const client = await chat.connect(identity);

    const view = await chat.joined(client, conversation);
    const added = nextMessage(view, 'hello');
    await view.sendMessage('hello');

    expect((await added).author).toBe(identity);
    expect(await view.getUnreadMessagesCount()).toBeNull();
  });

  it('shows the sender its own message, however early it is sent', async () => {
    // The default is short; a busy machine may need longer.
    chat.realtime.settings.holdSendsMs = 10_000;
    const conversation = chat.aConversation(['ada']);
    const requests = chat.requests('ada');
    const client = chat.newClient(chat.token('ada'));
    const own = nextMessage(client, 'first');
    await next(client, 'initialized');

    const view = await client.getConversationBySid(conversation.sid);
    await view.sendMessage('first');

    expect((await own).index).toBe(0);
    // The send waited for the subscription, which the SDK makes 100 ms after it has opened the list.
    const order = requests
      .filter((request) => request.startsWith('POST'))
      .map((request) => request.split(/[/ ]/).at(-2));
    // A slow SDK requests its objects in two batches.
    expect([...new Set(order)]).toEqual(['Subscriptions', 'Messages']);
    expect(order.at(-1)).toBe('Messages');
  });

  const failed = async (client: Client) =>
    next<{ error?: { terminal: boolean; httpStatusCode?: number; errorCode?: number } }>(
      client,
      'initFailed',
      ({ error }) => error?.errorCode !== undefined,
    );

  it.each([
    ['that is invalid', 401, 20101, () => 'nonsense'],
    ['signed with another secret', 401, 20107, () => chat.token('ada', { secret: 'x'.repeat(32) })],
    ['that lives longer than a day', 401, 20157, () => chat.token('ada', { ttl: 90_000 })],
    ['for another Service', 403, 54007, () => chat.token('ada', { service: `IS${'f'.repeat(32)}` })],
  ])('is rejected with a token %s (%i, %i)', async (_case, httpStatusCode, errorCode, token) => {
    const client = chat.newClient(token());

    expect((await failed(client)).error).toMatchObject({ terminal: true, httpStatusCode, errorCode });
    expect(chat.realtime.sessions()).toEqual([]);
  });

  it('is rejected with an expired token, and reports it', async () => {
    const token = chat.token('ada', { ttl: 60 });
    chat.emulator.world.clock.advance(61_000);
    const client = chat.newClient(token);
    const expired = next(client, 'tokenExpired');

    expect((await failed(client)).error).toMatchObject({ httpStatusCode: 401, errorCode: 20104 });
    await expired;
    expect(chat.domain.users.find(chat.serviceSid, 'ada')).toBeUndefined();
  });

  it('keeps trying after a transient failure', async () => {
    chat.realtime.faults.add({ on: 'init', status: 500, times: 2 });

    const client = await chat.connect('ada');

    expect(client.connectionState).toBe('connected');
  });

  it('waits for the time that a busy service requests', async () => {
    const payload = { backoff_policy: { reconnect_min_ms: 700 } };
    chat.realtime.faults.add({ on: 'init', status: 429, times: 1, payload });
    const started = Date.now();

    await chat.connect('ada');

    expect(Date.now() - started).toBeGreaterThanOrEqual(600);
  });

  it('finds a service that starts late', async () => {
    chat.realtime.faults.add({ on: 'request', status: 500, times: 3, path: '/Configuration' });

    const client = await chat.connect('ada');

    expect(client.connectionState).toBe('connected');
  });
});
