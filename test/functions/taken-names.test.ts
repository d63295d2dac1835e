/**
 * A token holder who creates Conversations with the SDK, if the Service's Role permits it (the default of
 * Conversations).
 */
import { Client, type Conversation } from '@twilio/conversations';
import { createHmac } from 'node:crypto';
import { chatName } from '../../src/assets/chat/conversation-name.private';
import { clientOptions, settled } from '../emulator/realtime/sdk';
import { next } from '../emulator/realtime/events';
import { failureOf, useFunctions, type StartedChat, type Visitor } from '../support/functions-world';

const world = useFunctions();
const clients: Client[] = [];
const conversationsOf = () => world.conversations.conversations.list(world.env['CONVERSATIONS_SERVICE_SID']!);

beforeEach(() => {
  // The SDK does not clear this timer on shutdown; Jest would wait for it at the end.
  world.emulator.world.realtime.settings.estimatedDeliveryMs = 800;
});

/** The unmodified SDK with this token. */
async function connect({ token }: Visitor): Promise<Client> {
  const client = new Client(token, clientOptions(world.emulator.url));
  clients.push(client);
  await next(client, 'initialized');
  await client.getSubscribedConversations();
  return client;
}

/**
 * A Conversation that the client creates, after the SDK has fetched all of it: requests pending at shutdown are
 * rejected unhandled.
 */
async function make(
  client: Client,
  options: { uniqueName?: string; attributes?: object } = {},
): Promise<Conversation> {
  const made = await client.createConversation(options as never);
  await made.join();
  await Promise.all([made.getParticipants(), made.getMessages(1)]);
  return made;
}

/** Requests that are pending at shutdown are rejected inside the SDK, where nothing handles them. */
async function disconnect(): Promise<void> {
  const { events } = world.emulator.world.realtime;
  let handled = 0;
  const stopCounting = events.on('requestHandled', () => void (handled += 1));
  let before: number;
  do {
    before = handled;
    await Promise.all(clients.map((client) => settled(client)));
  } while (handled > before + clients.length);
  stopCounting();
  await Promise.all(clients.splice(0).map((client) => client.shutdown()));
}

afterEach(disconnect);

/** Every name that can be guessed without the secret, for a first and a second chat. */
const guesses = (identity: string): string[] =>
  [1, 2].flatMap((number) => {
    const plain = `chat-${identity}-${number}`;
    const mac = (key: string) => createHmac('sha256', key).update(plain).digest('base64url').slice(0, 22);
    return [
      plain,
      `${plain}-`,
      `${plain}-${'A'.repeat(22)}`,
      `${plain}-${mac('')}`,
      `${plain}-${mac(identity)}`,
    ];
  });

describe('names of Conversations', () => {
  it('cannot be reserved by a visitor who wants to be admin of the chat that an agent joins', async () => {
    const attacker = await world.aVisitor();
    const client = await connect(attacker);
    const taken: Conversation[] = [];
    for (const uniqueName of guesses(attacker.identity)) {
      taken.push(await make(client, { uniqueName }));
    }
    await disconnect();

    const { body } = await world.post<StartedChat>('/start-chat', { token: attacker.token });

    expect(taken.map(({ sid }) => sid)).not.toContain(body.conversationSid);
    const [participant] = world.conversations.participants.ofConversation(body.conversationSid);
    const [admin] = world.conversations.participants.ofConversation(taken[0]!.sid);
    expect(participant!.roleSid).not.toBe(admin!.roleSid);
  });

  it("cannot be reserved by a client that waits for another visitor's next chat", async () => {
    const [attacker, victim] = [await world.aVisitor(), await world.aChat()];
    const client = await connect(attacker);
    const taken = [];
    for (const uniqueName of guesses(victim.identity)) taken.push(await make(client, { uniqueName }));
    world.close(victim.conversationSid);

    const { body } = await world.post<StartedChat>('/start-chat', { token: victim.token });

    expect(body.resumed).toBe(false);
    expect(taken.map(({ sid }) => sid)).not.toContain(body.conversationSid);
  });

  it('differ under another secret', async () => {
    const { identity } = await world.aVisitor();
    const under = (secret: string) => chatName({ TWILIO_API_KEY_SECRET: secret }, identity, 1);

    expect(under('one secret')).not.toBe(under('another secret'));
  });
});

describe('a Conversation that a visitor creates with the SDK', () => {
  const STEPS: [path: string, params: object][] = [
    ['/add-participant', {}],
    ['/add-webhook', {}],
    ['/send-message', { body: 'hello' }],
    ['/end-chat', {}],
    ['/rate-chat', { rating: 5 }],
  ];

  it.each(STEPS)('is no chat for %s', async (path, params) => {
    const visitor = await world.aVisitor();
    const made = await make(await connect(visitor), { uniqueName: `chat-${visitor.identity}-1` });

    const answer = await world.post(path, { token: visitor.token, conversationSid: made.sid, ...params });

    expect(failureOf(answer)).toBe('403 conversation_not_yours');
    expect(world.conversations.webhooks.ofConversation(made.sid)).toEqual([]);
  });

  it.each(STEPS)(
    'is no chat either if an accomplice created it and invited the visitor: %s',
    async (path, params) => {
      const [visitor, accomplice] = [await world.aVisitor(), await world.aVisitor()];
      await connect(visitor);
      await disconnect();
      const made = await make(await connect(accomplice));
      await made.add(visitor.identity);
      await disconnect();

      const answer = await world.post(path, { token: visitor.token, conversationSid: made.sid, ...params });

      expect(failureOf(answer)).toBe('403 conversation_not_yours');
    },
  );

  it.each(STEPS)("is not another visitor's chat to which the visitor was added: %s", async (path, params) => {
    const [visitor, other] = [await world.aVisitor(), await world.aChat()];
    world.conversations.participants.add(
      world.conversation(other.conversationSid),
      { identity: visitor.identity },
      { source: 'EVENT' },
    );

    const answer = await world.post(path, {
      token: visitor.token,
      conversationSid: other.conversationSid,
      ...params,
    });

    expect(failureOf(answer)).toBe('403 conversation_not_yours');
  });

  it('reaches no agent through any Function', async () => {
    const visitor = await world.aVisitor();
    const made = await make(await connect(visitor), { attributes: { verified_data: { customerId: '1' } } });
    for (const [path, params] of STEPS) {
      await world.post(path, { token: visitor.token, conversationSid: made.sid, ...params });
    }
    await made.sendMessage('hello');

    expect(conversationsOf().flatMap(({ sid }) => world.conversations.webhooks.ofConversation(sid))).toEqual(
      [],
    );
    expect(world.emulator.world.studio.executionsOf(world.env['STUDIO_FLOW_SID']!)).toEqual([]);
  });
});
