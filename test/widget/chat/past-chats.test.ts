/** The earlier chats of a signed-in user, in the client without a view: real SDK, real Functions and the emulator. */
import type { ChatState } from '../../../widget/state/model';
import type { PastConversation } from '../../../widget/chat/chat-client';
import type { Chat } from '../../../widget/chat/chat';
import { aMemory, isSent, until, useChats } from '../../support/chats';
import { useFunctions } from '../../support/functions-world';
import { userToken } from '../../support/tokens';

const SECRET = 'the host site shares this secret';

describe('chat.past()', () => {
  const world = useFunctions({ USER_TOKEN_SECRET: SECRET, STARTS_PER_IDENTITY_PER_HOUR: '0' });
  const aChat = useChats(world);
  const opened: PastConversation[] = [];
  afterEach(() => opened.splice(0).forEach((one) => one.close()));

  const chatOf = (sub: string): Chat => aChat(aMemory(), { userToken: () => userToken(SECRET, { sub }) });

  /** The user writes, an agent answers, and the chat is closed. */
  const aPastChat = async (sub: string, words: string): Promise<string> => {
    const chat = chatOf(sub);
    await chat.send(words);
    await until(chat, isSent);
    const { sid } = world.conversations.conversations
      .list(world.env['CONVERSATIONS_SERVICE_SID']!)
      .find(({ state }) => state === 'active')!;
    world.close(sid);
    await until(chat, ({ phase }) => phase === 'ended');
    return sid;
  };
  const open = async (chat: Chat, sid: string): Promise<PastConversation> => {
    const past = (await chat.past()).open(sid);
    opened.push(past);
    return past;
  };
  const reached = (past: PastConversation, isSo: (state: ChatState) => boolean): Promise<ChatState> =>
    new Promise((resolve) => past.subscribe((state) => isSo(state) && resolve(state)));
  const bodiesIn = ({ items }: ChatState) =>
    items.flatMap((item) => (item.kind === 'message' ? item.body : []));
  const isRead = ({ phase, connection }: ChatState) => phase === 'ended' || connection === 'lost';

  it('lists and opens them on another device, without a start', async () => {
    const first = await aPastChat('ada', 'my first question');
    const second = await aPastChat('ada', 'my second question');
    const laptop = chatOf('ada');

    const { chats } = await laptop.past();
    const state = await reached(await open(laptop, first), isRead);

    expect(chats.map(({ conversationSid }) => conversationSid)).toEqual([second, first]);
    expect(chats[0]!.startedAt).toBeGreaterThan(Date.now() - 60_000);
    expect(bodiesIn(state)).toEqual(['my first question']);
    expect(state.items).toMatchObject([{ author: 'visitor', status: 'sent' }, { notice: 'ended' }]);
    expect(laptop.state.phase).toBe('new');
  });

  it('opens nothing for the SID of another user’s chat, forged or stolen', async () => {
    const stolen = await aPastChat('ada', 'my private question');
    const bob = chatOf('bob');

    for (const sid of [stolen, `CH${'0'.repeat(32)}`, 'CH-forged']) {
      const state = await reached(await open(bob, sid), isRead);

      expect(state).toMatchObject({ connection: 'lost', items: [], problem: { code: 'gone' } });
    }
    expect((await bob.past()).chats).toEqual([]);
  });

  it('ends what is shown when another user takes over', async () => {
    const sid = await aPastChat('ada', 'my private question');
    let sub = 'ada';
    const chat = aChat(aMemory(), { userToken: () => userToken(SECRET, { sub }) });
    const past = await chat.past();
    const shown = past.open(sid);
    opened.push(shown);
    await reached(shown, isRead);

    sub = 'bob';
    await chat.send('hello from bob');

    expect(past.signal.aborted).toBe(true);
    expect(shown.state.items).toEqual([]);
    expect((await chat.past()).chats).toEqual([]);
  });

  it('has none for an anonymous visitor', async () => {
    const chat = aChat();
    await chat.send('hello');
    await until(chat, isSent);

    expect((await chat.past()).chats).toEqual([]);
  });
});
