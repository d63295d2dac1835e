/** The client without a view, with the real SDK, real Functions and the emulator: what goes over the wire during a start. */
import { isSent, nobodyConnected, until, useChats } from '../../support/chats';
import { useFunctions } from '../../support/functions-world';

/** Long enough for an SDK to connect on a busy machine, and far below what a Function may take. */
const SLOW_START_MS = 1_500;

describe('a start', () => {
  const world = useFunctions();
  const aChat = useChats(world);
  /** What happened, in its order. */
  let events: string[];
  const fetchOfNode = globalThis.fetch;

  beforeEach(() => {
    events = [];
    const { realtime, conversations } = world.emulator.world;
    realtime.events.on('sessionOpened', () => void events.push('connected'));
    conversations.events.on('conversationAdded', () => {
      events.push('Conversation');
      realtime.faults.clear();
    });
    globalThis.fetch = async (input, init) => {
      const response = await fetchOfNode(input, init);
      events.push(`${new URL(String(input)).pathname} ${response.status}`);
      return response;
    };
  });
  afterEach(() => {
    globalThis.fetch = fetchOfNode;
  });

  const connected = (): Promise<void> =>
    new Promise((resolve) => {
      world.emulator.world.realtime.events.on('sessionOpened', () => resolve());
    });
  const slowStart = (): void =>
    void world.emulator.faults.add({
      method: 'POST',
      path: 'Conversations$',
      kind: 'delay',
      delayMs: SLOW_START_MS,
      // The Functions send a second call beside one that is slow.
      times: 5,
    });
  it('has the SDK connected before it is answered, and needs no other client', async () => {
    slowStart();
    const chat = aChat();

    await chat.send('hello');
    await until(chat, isSent);

    expect(events).toEqual(['/token 200', 'connected', 'Conversation', '/start-chat 200']);
    expect(world.emulator.world.realtime.sessions()).toHaveLength(1);
    expect(chat.state).toMatchObject({ phase: 'open', connection: 'connected' });
    const [conversation] = world.conversations.conversations.list(world.env['CONVERSATIONS_SERVICE_SID']!);
    const said = world.conversations.messages.ofConversation(conversation!.sid).map(({ body }) => body);
    expect(said).toEqual(['hello']);
  });

  it('receives all events with the client that connected before there was a Conversation', async () => {
    slowStart();
    const chat = aChat();
    await chat.send('hello');
    await until(chat, isSent);
    const [conversation] = world.conversations.conversations.list(world.env['CONVERSATIONS_SERVICE_SID']!);

    world.conversations.messages.add(
      conversation!,
      { author: 'grace', body: 'How can I help?' },
      { source: 'EVENT' },
    );
    world.close(conversation!.sid);

    await until(chat, ({ phase }) => phase === 'ended');
    expect(chat.state.items.map((item) => (item.kind === 'message' ? item.body : item.notice))).toEqual([
      'hello',
      'How can I help?',
      'ended',
    ]);
  });

  it('continues with a new client if the first one’s token is refused', async () => {
    slowStart();
    world.emulator.world.realtime.faults.add({ on: 'init', status: 401, times: 100 });
    const chat = aChat();

    await chat.send('hello');
    await until(chat, isSent);

    expect(events).toEqual(['/token 200', 'Conversation', '/start-chat 200', 'connected']);
    expect(chat.state).toMatchObject({ phase: 'open', connection: 'connected', problem: null });
  });

  it('leaves no client behind when it fails', async () => {
    world.emulator.faults.add({ path: 'Conversations$', kind: 'status', status: 400 });
    const chat = aChat();

    await chat.send('hello');

    expect(chat.state).toMatchObject({ phase: 'new', problem: { code: 'twilio_error' } });
    await nobodyConnected(world);
  });

  it.each(['destroy', 'startOver', 'forget'] as const)(
    'leaves no client behind at %s while it runs',
    async (leave) => {
      slowStart();
      const chat = aChat();
      const sent = chat.send('hello');
      await connected();

      chat[leave]();
      await sent;

      await nobodyConnected(world);
      expect(events.filter((event) => event === 'connected')).toHaveLength(1);
    },
  );

  it('does not connect for `prepare` alone', async () => {
    await aChat().prepare();

    expect(events).toEqual(['/token 200']);
  });
});
