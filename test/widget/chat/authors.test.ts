/** Who writes, and what becomes of it: with the real SDK, against agents whose identities are their logins, as in Flex. */
import fc from 'fast-check';
import type { Chat } from '../../../widget/chat/chat';
import { LANGUAGES } from '../../../widget/text/languages';
import type { Text } from '../../../widget/text/text';
import { transcriptText } from '../../../widget/view/transcript/transcript-text';
import type { ChatMessage, ChatState } from '../../../widget/state/model';
import {
  SYSTEM,
  type Conversation,
  type Message,
  type Participant,
} from '../../../emulator/conversations/model';
import { aMemory, isSent, until, useChats } from '../../support/chats';
import { useFunctions } from '../../support/functions-world';

const ADA = 'ada_40example_2Ecom';
const GRACE = 'grace_40example_2Ecom';
const LOGINS = ['ada_40', 'grace_40', 'ada@example.com', 'grace@example.com'];

/** As Flex writes a login: every other character is `_` and its code. */
function toIdentity(login: string): string {
  return login.replace(/[^a-z0-9]/gi, (other) =>
    [...Buffer.from(other)].map((byte) => `_${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

describe('the other side of a chat', () => {
  const world = useFunctions();
  const aChat = useChats(world);
  let conversation: Conversation;

  const service = (): string => world.env['CONVERSATIONS_SERVICE_SID']!;
  const chatWith = async (storage = aMemory()): Promise<Chat> => {
    const chat = aChat(storage);
    await chat.send('hello');
    await until(chat, isSent);
    [conversation] = world.conversations.conversations.list(service()) as [Conversation];
    return chat;
  };
  const introduce = (identity: string, friendlyName: string): void => {
    const { users } = world.conversations;
    users.update(users.ensure(service(), identity, SYSTEM), { friendlyName }, SYSTEM);
  };
  const join = (identity: string): Participant =>
    world.conversations.participants.add(conversation, { identity }, SYSTEM);
  const leave = (participant: Participant): void =>
    world.conversations.participants.remove(conversation, participant, SYSTEM);
  const say = (author: string | undefined, body: string): Message =>
    world.conversations.messages.add(conversation, { ...(author && { author }), body }, SYSTEM);
  const edit = (message: Message, body: string): void =>
    void world.conversations.messages.update(conversation, message, { body }, SYSTEM);
  const remove = (message: Message): void =>
    world.conversations.messages.remove(conversation, message, SYSTEM);

  const messages = ({ items }: ChatState): ChatMessage[] =>
    items.filter((item): item is ChatMessage => item.kind === 'message');
  const bodies = (state: ChatState): string[] => messages(state).map(({ body }) => body);
  const names = (state: ChatState): string[] =>
    messages(state).flatMap(({ author, name }) => (author === 'agent' ? [name] : []));
  const has = (body: string) => (state: ChatState) => bodies(state).includes(body);
  const isNamed = (name: string) => (state: ChatState) => names(state).every((one) => one === name);

  it('keeps its name after it has handed over and the page was loaded again', async () => {
    const storage = aMemory();
    const chat = await chatWith(storage);
    introduce(ADA, 'Ada Lovelace');
    const ada = join(ADA);
    say(ADA, 'One moment');
    await until(chat, (state) => has('One moment')(state) && isNamed('Ada Lovelace')(state));
    introduce(GRACE, 'Grace');
    join(GRACE);
    leave(ada);
    chat.destroy();

    const next = aChat(storage);
    await next.resume();

    expect(messages(next.state).map(({ name, body }) => [name, body])).toEqual([
      ['', 'hello'],
      ['Ada Lovelace', 'One moment'],
    ]);
    expect(next.state.agents).toMatchObject([{ name: 'Grace', present: true }]);
    expectNoLogin(next.state);
  });

  it.each([
    ['has none but its identity', ADA],
    ['has its login', 'ada@example.com'],
    ['has its login in other letters and more', 'Chat: Ada@Example.com (sales)'],
    ['has blanks', ' \u202e\u200b '],
    ['has its login behind more than a name can be long', `${'Chat '.repeat(20)}${ADA}`],
  ])('has no name where it %s for a name', async (_, friendlyName) => {
    const chat = await chatWith();
    introduce(ADA, friendlyName);
    const ada = join(ADA);
    say(ADA, 'Hi');
    await until(chat, ({ agents, ...state }) => has('Hi')({ agents, ...state }) && agents.length === 1);
    leave(ada);
    await until(chat, ({ agents }) => agents.every(({ present }) => !present));

    expect(names(chat.state)).toEqual(['']);
    expectNoLogin(chat.state);
  });

  it('has no name where its identity, which is its name, is longer than a name can be', async () => {
    const long = toIdentity(`${'maximiliane.'.repeat(8)}mustermann@example.com`);
    const chat = await chatWith();
    introduce(long, long);
    join(long);
    say(long, 'Hi');
    say(`free_${'x'.repeat(80)}@example.com`, 'from outside');
    await until(chat, (state) => has('from outside')(state) && state.agents.length === 1);

    expect(names(chat.state)).toEqual(['', '']);
    expect(JSON.stringify(chat.state)).not.toMatch(/maximiliane|free_x/);
  });

  it('has no name where Twilio does not give it, and gets it when Twilio does', async () => {
    const chat = await chatWith();
    introduce(ADA, 'Ada');
    const { faults } = world.emulator.world.realtime;
    faults.add({ on: 'request', status: 403, times: 1, path: '/Users/' });
    say(ADA, 'from far away');
    await until(chat, has('from far away'));
    expectNoLogin(chat.state);
    // On the same socket as the name that is refused, and behind it.
    await chat.send('who are you?');

    say(ADA, 'once more');

    await until(chat, (state) => has('once more')(state) && isNamed('Ada')(state));
    expectNoLogin(chat.state);
  });

  it('has the name of a bot, which is not a User, and no name for system messages', async () => {
    const chat = await chatWith();

    say('Order bot', 'Which order?');
    say('+15550100', 'by SMS');
    say(undefined, 'You are number 3');

    await until(chat, (state) => has('You are number 3')(state) && names(state)[0] === 'Order bot');
    expect(names(chat.state)).toEqual(['Order bot', '', '']);
    expect(messages(chat.state).map(({ authorKey }) => authorKey === null)).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('is called by its new name everywhere when that changes', async () => {
    const chat = await chatWith();
    introduce(ADA, 'Ada');
    join(ADA);
    say(ADA, 'Hi');
    await until(chat, (state) => has('Hi')(state) && isNamed('Ada')(state) && state.agents.length === 1);

    introduce(ADA, 'Ada L.');

    await until(chat, isNamed('Ada L.'));
    expect(chat.state.agents).toMatchObject([{ name: 'Ada L.' }]);
    expect(chat.state.items.filter(({ kind }) => kind === 'notice')).toMatchObject([{ name: 'Ada L.' }]);
  });

  it('edits and takes back what was said, by whomever', async () => {
    const chat = await chatWith();
    const [card, typo] = [say(ADA, 'Card 4111 1111 1111 1111'), say(ADA, 'tyop')];
    await until(chat, has('tyop'));
    const [own] = world.conversations.messages.ofConversation(conversation.sid);

    edit(typo, 'typo');
    remove(card);
    remove(own!);

    await until(chat, (state) => bodies(state).join() === 'typo');
  });

  it('is as Twilio has it after the client was away', async () => {
    const chat = await chatWith();
    const first = say(ADA, 'first');
    const second = say(ADA, 'second');
    const last = say(ADA, 'last');
    await until(chat, has('last'));

    world.emulator.world.realtime.close(410);
    remove(first);
    edit(second, 'second, edited');
    remove(last);
    say(ADA, 'new');

    await until(chat, has('new'));
    expect(bodies(chat.state)).toEqual(['hello', 'second, edited', 'new']);
  });

  it('can take the visitor out, who learns of it', async () => {
    const chat = await chatWith();
    const [visitor] = world.conversations.participants.ofConversation(conversation.sid);

    leave(visitor!);

    await until(chat, ({ connection }) => connection === 'lost');
    expect(chat.state.problem).toEqual({ code: 'gone', retryable: false });
  });

  it('shows nothing that contains an identity, for any name of an agent and after any event', async () => {
    const chat = await chatWith();
    const letters = [...'abcXYZ019.+-_@\u00e9'];
    const login = fc
      .string({ unit: fc.constantFrom(...letters), minLength: 3, maxLength: 12 })
      .map((name) => `${name}@x.io`);
    const disguise = fc.constantFrom<(secret: string) => string>(
      (secret) => secret,
      (secret) => `Agent ${secret}!`,
      (secret) => secret.toUpperCase(),
      (secret) => [...secret].join('\u202e'),
      (secret) => ` ${secret}\n`,
    );
    const path = fc.constantFrom('stays', 'leaves', 'never joins', 'has no User', 'cannot be asked');
    const { faults } = world.emulator.world.realtime;
    let turn = 0;

    await fc.assert(
      fc.asyncProperty(login, disguise, fc.boolean(), path, async (name, disguised, asLogin, way) => {
        const identity = toIdentity(name);
        if (way !== 'has no User') introduce(identity, disguised(asLogin ? name : identity));
        if (way === 'cannot be asked') faults.add({ on: 'request', status: 400, times: 1, path: '/Users/' });
        const agent = way === 'stays' || way === 'leaves' ? join(identity) : null;
        say(identity, `turn ${turn}`);
        if (way === 'leaves') leave(agent!);
        // Behind all of it on the same socket, and behind the name that is asked for.
        await chat.send(`after turn ${turn}`);
        turn += 1;

        const rendered = Object.values<Text>(LANGUAGES).map((text) => transcriptText(chat.state, text));
        const shown = `${JSON.stringify(chat.state)}${rendered.join()}`.toLowerCase();
        expect([name, identity].filter((secret) => shown.includes(secret.toLowerCase()))).toEqual([]);
        for (const one of world.conversations.participants.ofConversation(conversation.sid)) {
          if (one.identity === identity) leave(one);
        }
      }),
      { numRuns: 60 },
    );
  });

  function expectNoLogin(state: ChatState): void {
    const reported = JSON.stringify(state).toLowerCase();
    expect(LOGINS.filter((login) => reported.includes(login))).toEqual([]);
  }
});
