/** `createChat` in an app: it survives restarts and the background, with the real SDK, real Functions and the emulator. */
import '../../support/loose-timers';
import { createChat, type ChatClient, type ChatOptions } from '../../../widget/chat/create-chat';
import { SYSTEM } from '../../../emulator/conversations/model';
import { isSent, nobodyConnected, until } from '../../support/chats';
import { useFunctions } from '../../support/functions-world';
import { Phone } from '../../support/phone';
import { userToken } from '../../support/tokens';

const SECRET = 'u'.repeat(32);

describe('a chat on a phone', () => {
  const world = useFunctions({ USER_TOKEN_SECRET: SECRET });
  const chats: ChatClient[] = [];
  let phone: Phone;
  beforeEach(() => {
    phone = new Phone();
  });
  afterEach(async () => {
    for (const chat of chats.splice(0)) chat.destroy();
    await nobodyConnected(world);
  });

  function anApp(options: Partial<ChatOptions> = {}): ChatClient {
    const chat = createChat({ functionsUrl: world.functions.url, ...phone.options, ...options });
    chats.push(chat);
    return chat;
  }
  const of = (sub: string) => ({ userToken: () => userToken(SECRET, { sub }) });
  const conversations = () => world.conversations.conversations.list(world.env['CONVERSATIONS_SERVICE_SID']!);
  const said = () =>
    conversations().flatMap(({ sid }) =>
      world.conversations.messages.ofConversation(sid).map(({ body }) => body),
    );
  const shown = (chat: ChatClient) =>
    chat.state.items.map((item) => (item.kind === 'message' ? item.body : item.notice));
  const agentSays = (body: string) =>
    world.conversations.messages.add(conversations()[0]!, { author: 'grace', body }, SYSTEM);
  const shows = (chat: ChatClient, body: string) => until(chat, () => shown(chat).includes(body));
  const areSent = ({ items }: ChatClient['state']) =>
    items.every((item) => item.kind !== 'message' || item.status === 'sent');
  const isConnected = ({ connection }: ChatClient['state']) => connection === 'connected';
  async function aChatWith(text: string, options: Partial<ChatOptions> = {}): Promise<ChatClient> {
    const chat = anApp(options);
    void chat.resume();
    await chat.send(text);
    await until(chat, isSent);
    return chat;
  }
  async function restart(chat: ChatClient, options: Partial<ChatOptions> = {}): Promise<ChatClient> {
    chat.destroy();
    await nobodyConnected(world);
    const next = anApp(options);
    await next.resume();
    return next;
  }

  it('is there again after a restart, with what was not sent', async () => {
    const first = await aChatWith('hello');
    first.draft('and one more thi');
    await new Promise(setImmediate);

    const second = await restart(first);

    await shows(second, 'hello');
    expect(second.state).toMatchObject({ phase: 'open', draft: 'and one more thi' });
    await second.send('and one more thing');
    await shows(second, 'and one more thing');
    expect(conversations()).toHaveLength(1);
    expect(said()).toEqual(['hello', 'and one more thing']);
  });

  it('waits for its data before it does anything, however slow the disk is', async () => {
    const first = await aChatWith('hello');
    first.destroy();
    await nobodyConnected(world);
    let wakeUp!: () => void;
    phone.slowness = new Promise((resolve) => (wakeUp = resolve));
    world.takeCalls();

    const chat = anApp();
    void chat.resume();
    chat.name('Ada L.');
    void chat.send('again');
    expect(chat.state).toMatchObject({ phase: 'new', visitorName: '', items: [] });
    expect(world.takeCalls()).toEqual([]);
    wakeUp();
    await shows(chat, 'again');
    await until(chat, areSent);

    expect(chat.state.visitorName).toBe('Ada L.');
    expect(conversations()).toHaveLength(1);
    expect(said()).toEqual(['hello', 'again']);
  });

  it.each([
    ['cannot be read', () => void (phone.isBroken = true)],
    ['is damaged', () => void phone.disk.set(`flex-custom-chat:${world.functions.url}/`, '{"site":')],
    ['is of another form', () => void phone.disk.set(`flex-custom-chat:${world.functions.url}/`, '[null]')],
  ])('works if its data %s', async (_what, breakIt) => {
    breakIt();

    await aChatWith('hello');

    expect(said()).toEqual(['hello']);
  });

  it('is not shown to another user of the phone, and is kept for its own', async () => {
    const ada = await aChatWith('I am Ada', of('ada'));
    ada.draft('a secret');
    await new Promise(setImmediate);

    const bob = await restart(ada, of('bob'));
    expect(bob.state).toMatchObject({ phase: 'new', items: [], draft: '' });
    await bob.send('I am Bob');
    await until(bob, isSent);
    const again = await restart(bob, of('ada'));

    await shows(again, 'I am Ada');
    expect(again.state.draft).toBe('a secret');
    expect(shown(again)).not.toContain('I am Bob');
    expect([...phone.disk.values()].join()).not.toMatch(/"token"/);
  });

  it('leaves nothing on the phone once it is forgotten', async () => {
    const chat = await aChatWith('hello');
    chat.draft('more');
    await new Promise(setImmediate);
    expect(phone.disk.size).toBe(1);

    chat.forget();
    await new Promise(setImmediate);

    expect(phone.disk.size).toBe(0);
  });

  it.each(['tab', 'none'] as const)('stores nothing with remember: %s', async (remember) => {
    const first = await aChatWith('hello', { remember });

    const second = await restart(first, { remember });

    expect(phone.disk.size).toBe(0);
    expect(second.state).toMatchObject({ phase: 'new', items: [] });
  });

  it('is not connected in the background, and has what was written meanwhile', async () => {
    const chat = await aChatWith('hello');

    phone.goTo('background');
    await nobodyConnected(world);
    expect(chat.state.connection).toBe('reconnecting');
    agentSays('How can I help?');
    await chat.send('are you there?');
    expect(said()).toEqual(['hello', 'How can I help?']);
    phone.goTo('active');
    await shows(chat, 'How can I help?');
    await until(chat, (state) => isConnected(state) && areSent(state));

    expect(said()).toEqual(['hello', 'How can I help?', 'are you there?']);
    expect(shown(chat)).toEqual(['hello', 'How can I help?', 'are you there?']);
    agentSays('Yes');
    await shows(chat, 'Yes');
  });

  it('survives many changes in a row, and is connected once at the end', async () => {
    const chat = await aChatWith('hello');

    for (let times = 0; times < 5; times++) {
      phone.goTo('background');
      phone.goTo('active');
    }
    await until(chat, isConnected);
    agentSays('still one');
    await shows(chat, 'still one');

    expect(shown(chat)).toEqual(['hello', 'still one']);
  });

  it('that opens in the background is left, too', async () => {
    const first = await aChatWith('hello');
    first.destroy();
    await nobodyConnected(world);
    phone.goTo('background');

    const chat = anApp();
    await chat.resume();

    await nobodyConnected(world);
    phone.goTo('active');
    await until(chat, isConnected);
    expect(shown(chat)).toEqual(['hello']);
  });

  it('does not come back if the visitor has left it meanwhile, nor after the app has ended', async () => {
    const chat = await aChatWith('hello');
    phone.goTo('background');
    await nobodyConnected(world);

    chat.startOver();
    phone.goTo('active');
    await new Promise(setImmediate);
    expect(world.emulator.world.realtime.sessions()).toEqual([]);
    expect(chat.state.phase).toBe('new');

    chat.destroy();
    expect(phone.isFollowed).toBe(false);
  });

  describe('with push notifications', () => {
    const push = { platform: 'ios', type: 'apn' as const, deviceToken: () => 'device-1' };
    const bindings = () => world.conversations.bindings.list(world.env['CONVERSATIONS_SERVICE_SID']!);
    const registered = (): Promise<void> =>
      new Promise((resolve) => {
        world.emulator.world.realtime.events.on('requestHandled', ({ path, method }) => {
          if (path.startsWith('/v1/registrations')) setImmediate(() => resolve(void method));
        });
      });
    beforeEach(() => {
      world.conversations.notifications.update(world.env['CONVERSATIONS_SERVICE_SID']!, {
        newMessage: { enabled: true, badgeCountEnabled: true },
      });
    });

    it('tells the phone in the background what the agent writes', async () => {
      const isRegistered = registered();
      const chat = await aChatWith('hello', { push });
      await isRegistered;
      agentSays('seen at once');
      await shows(chat, 'seen at once');
      phone.goTo('background');
      await nobodyConnected(world);

      agentSays('How can I help?');

      expect(world.conversations.pushes.list()).toMatchObject([
        { endpoint: 'device-1', type: 'apn', text: expect.stringContaining('How can I help?'), badge: 1 },
      ]);
    });

    it('unregisters the phone when the visitor is forgotten', async () => {
      const isRegistered = registered();
      const chat = await aChatWith('hello', { push });
      await isRegistered;
      expect(bindings()).toHaveLength(1);
      const isUnregistered = registered();

      chat.forget();
      await isUnregistered;

      expect(bindings()).toEqual([]);
    });

    it.each([
      ['there is no device token', { ...push, deviceToken: () => null }],
      ['the system refuses one', { ...push, deviceToken: () => Promise.reject(new Error('denied')) }],
    ])('works without them if %s', async (_what, other) => {
      await aChatWith('hello', { push: other });

      expect(bindings()).toEqual([]);
      expect(said()).toEqual(['hello']);
    });
  });
});
