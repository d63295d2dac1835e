/** The Access Token during a session: warning, renewal, rejection, expiry, and recovery. */
import type { Client, ConnectionState } from '@twilio/conversations';
import { collect, next, nextMessage } from '../events';
import { ChatWorld, SDK_PACKAGES } from '../sdk';

const MINUTE_MS = 60_000;

const state = (client: Client, wanted: ConnectionState): Promise<ConnectionState> =>
  next<ConnectionState>(client, 'connectionStateChanged', (now) => now === wanted);

describe.each(SDK_PACKAGES)('the SDK %s and its token', (_version, sdkPackage) => {
  let chat: ChatWorld;
  const advance = (minutes: number): void => chat.emulator.world.clock.advance(minutes * MINUTE_MS);

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterEach(() => chat.stop());

  it('is warned three minutes before the end, and continues with a new token', async () => {
    const client = await chat.connect('ada');
    const expired = collect(client, 'tokenExpired', () => 'expired');
    const warnings = collect(client, 'tokenAboutToExpire', () => 'warned');
    const warned = next(client, 'tokenAboutToExpire');
    advance(56);
    expect(warnings).toEqual([]);
    advance(1.1);
    await warned;

    await client.updateToken(chat.token('ada', { ttl: 7200 }));
    advance(30);
    await client.peekConversationBySid(chat.aConversation(['ada']).sid);

    expect(client.connectionState).toBe('connected');
    expect(expired).toEqual([]);
    expect(chat.realtime.sessions('ada')).toHaveLength(1);
  });

  it('is warned at once if the token is about to expire', async () => {
    const client = chat.newClient(chat.token('ada', { ttl: 120 }));

    await Promise.all([next(client, 'tokenAboutToExpire'), next(client, 'initialized')]);
    await client.getSubscribedConversations();
  });

  it('gets an event when the token has expired, and recovers in its handler', async () => {
    const conversation = chat.aConversation(['ada', 'bob']);
    const client = await chat.connect('ada');
    await chat.joined(client, conversation);
    const denied = state(client, 'denied');
    const recovered = next(client, 'tokenExpired').then(() =>
      client.updateToken(chat.token('ada', { ttl: 7200 })),
    );

    advance(61);
    await denied;
    await recovered;

    const arrived = nextMessage(client, 'still there?');
    chat.say(conversation, 'bob', 'still there?');
    await arrived;
  });

  it('can get a close frame instead, and then reconnects with another token', async () => {
    chat.realtime.settings.expiryStyle = 'close410';
    const client = await chat.connect('ada');
    const expired = next(client, 'tokenExpired');
    const disconnected = state(client, 'disconnected');

    advance(61);
    await expired;
    await disconnected;
    expect(chat.realtime.sessions()).toEqual([]);

    const back = state(client, 'connected');
    await client.updateToken(chat.token('ada', { ttl: 7200 }));
    await back;
  });

  it.each([
    ['of another identity', 403, () => chat.token('bob')],
    ['signed with another key', 401, () => chat.token('ada', { secret: 'x'.repeat(32) })],
    ['that lives longer than a day', 401, () => chat.token('ada', { ttl: 90_000 })],
  ])('is refused a new token %s, and recovers with a valid one', async (_case, status, token) => {
    const client = await chat.connect('ada');
    const denied = state(client, 'denied');

    await expect(client.updateToken(token())).rejects.toMatchObject({
      reply: { status: { code: status } },
    });
    await denied;

    const back = state(client, 'connected');
    await client.updateToken(chat.token('ada', { ttl: 7200 }));
    await back;
    expect(chat.realtime.sessions('ada')).toHaveLength(1);
  });
});
