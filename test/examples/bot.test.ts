/** The example bot on the Flow bot-first: who speaks when, and one Task in every case. */
import { createServer, type AddressInfo } from 'node:net';
import { putBotFirst, startBot, type BotProcess } from '../../scripts/bot-process';
import { twilioClient } from '../support/emulator';
import { useFunctions, type StartedChat } from '../support/functions-world';

const BOT_PATH = /bot-answer/;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

describe.each([
  ['that is done after the hand-over', {}],
  ['that returns', { BOT_RETURNS: 'true' }],
])('a bot %s', (_name, settings) => {
  const world = useFunctions();
  let bot: BotProcess;
  const returns = 'BOT_RETURNS' in settings;

  beforeAll(async () => {
    const { account, url: emulatorUrl } = world.emulator;
    const port = await freePort();
    bot = await startBot({ port, account, emulatorUrl, settings, log: 'ignore' });
  });
  beforeEach(() => putBotFirst(world.emulator, bot.url));
  afterAll(() => bot.stop());

  /** Resolves when all webhooks were delivered and the bot has answered. */
  async function settled(): Promise<void> {
    await world.emulator.world.webhooks.settled();
    await world.emulator.world.studio.settled();
  }
  async function begin(message: string): Promise<StartedChat> {
    const chat = await world.aChat({ message, messageId: 'first' });
    await settled();
    return chat;
  }
  async function write({ token, conversationSid }: StartedChat, body: string): Promise<void> {
    await world.post('/send-message', { token, conversationSid, body });
    await settled();
  }
  const messagesOf = ({ conversationSid }: StartedChat) =>
    world.conversations.messages.ofConversation(conversationSid);
  const said = (chat: StartedChat) =>
    messagesOf(chat).map(({ author, body }) => `${author === chat.identity ? 'visitor' : author}: ${body}`);
  const tasks = () => world.emulator.world.taskrouter.tasks.list(world.emulator.account.workspaceSid);
  /** The agent is done, and the Conversation stays open. */
  async function parkChat(): Promise<void> {
    const [task] = tasks();
    const { flexInteractionSid, flexInteractionChannelSid } = JSON.parse(task!.attributes) as Record<
      string,
      string
    >;
    const { channels } = twilioClient(world.emulator).flexApi.v1.interaction(flexInteractionSid!);
    await channels(flexInteractionChannelSid!).update({ status: 'inactive', routing: { status: 'closed' } });
  }
  const isThere = ({ conversationSid }: StartedChat) =>
    world.conversations.participants.find(conversationSid, 'bot') !== undefined;
  const HAND_OVER = 'bot: I will get a person for you. What you have written stays here.';

  it('answers first, with choices, under a name of its own, and asks no agent', async () => {
    const chat = await begin('hello');

    expect(said(chat)).toEqual(['visitor: hello', 'bot: Hello, I am a bot. How can I help?']);
    const attributes = JSON.parse(messagesOf(chat)[1]!.attributes) as { quickReplies: { title: string }[] };
    expect(attributes.quickReplies.map(({ title }) => title)).toContain('Talk to a person');
    const { users, participants } = world.conversations;
    const { conversationsServiceSid } = world.emulator.account;
    expect(users.find(conversationsServiceSid, 'bot')?.friendlyName).toBe('Robin');
    expect(JSON.parse(participants.find(chat.conversationSid, 'bot')!.attributes)).toEqual({ bot: true });
    expect(tasks()).toEqual([]);
  });

  it('hands over with reason and summary, leaves, and is silent while an agent has the chat', async () => {
    const chat = await begin('hello');
    await write(chat, 'my parcel is late');
    await write(chat, 'a person please');

    const [task, ...others] = tasks();
    expect(others).toEqual([]);
    expect(JSON.parse(task!.attributes)).toMatchObject({
      conversationSid: chat.conversationSid,
      handoff: {
        reason: 'asked for a person',
        summary: 'hello / my parcel is late / a person please',
      },
    });
    expect(isThere(chat)).toBe(false);
    const before = said(chat);
    expect(before.at(-1)).toBe(HAND_OVER);

    await write(chat, 'are you there?');

    expect(said(chat)).toEqual([...before, 'visitor: are you there?']);
    expect(tasks()).toHaveLength(1);
  });

  it('hands over once, however often and however late it is asked', async () => {
    const chat = await begin('hello');
    world.emulator.world.webhooks.dispatch.set({ copies: 3, reorder: true });
    await world.post('/send-message', {
      token: chat.token,
      conversationSid: chat.conversationSid,
      body: 'agent',
    });
    // Twenty more, at the same time, as the Flow sends them.
    await Promise.all(
      Array.from({ length: 20 }, () => askBot(bot.url, chat.conversationSid, world.emulator.account)),
    );
    world.emulator.world.webhooks.dispatch.clear();
    await settled();

    expect(tasks()).toHaveLength(1);
    expect(said(chat).filter((line) => line === HAND_OVER)).toHaveLength(1);
  });

  it('hands over once where answers of Twilio are lost', async () => {
    const chat = await begin('hello');
    for (const path of ['Executions', 'Messages', 'Participants']) {
      world.emulator.faults.add({
        method: 'POST',
        path,
        kind: 'resetAfter',
        times: 1,
        probability: 1,
      } as never);
    }

    await write(chat, 'agent');
    await write(chat, 'hello?');

    expect(tasks()).toHaveLength(1);
    expect(said(chat).filter((line) => line === HAND_OVER).length).toBeLessThanOrEqual(1);
  });

  it('that fails leaves the chat to an agent', async () => {
    putBotFirst(world.emulator, bot.url.replace(BOT_PATH, 'nothing-here'));

    const chat = await begin('hello');

    expect(tasks()).toHaveLength(1);
    expect(said(chat)).toEqual(['visitor: hello']);
  });

  it('accepts calls from Twilio only', async () => {
    const chat = await begin('hello');
    const before = said(chat);
    const form = new URLSearchParams({ ConversationSid: chat.conversationSid });

    const { status } = await fetch(bot.url, { method: 'POST', body: form });

    expect(status).toBe(403);
    expect(said(chat)).toEqual(before);
  });

  it(
    returns ? 'speaks again when the Task has ended' : 'asks an agent again when the Task has ended',
    async () => {
      const chat = await begin('agent');
      await parkChat();

      await write(chat, 'when are you open?');

      const live = tasks().filter(({ assignmentStatus }) => assignmentStatus !== 'canceled');
      expect(live).toHaveLength(returns ? 0 : 1);
      expect(said(chat).at(-1)).toBe(
        returns ? 'bot: We are open from Monday to Friday, 9 to 17.' : 'visitor: when are you open?',
      );
      expect(isThere(chat)).toBe(returns);
    },
  );
});

/** Signed as Studio signs. */
async function askBot(
  url: string,
  conversationSid: string,
  { authToken, flowSid }: { authToken: string; flowSid: string },
): Promise<void> {
  const { getExpectedTwilioSignature } = require('twilio/lib/webhooks/webhooks') as {
    getExpectedTwilioSignature(token: string, url: string, params: object): string;
  };
  const params = { ConversationSid: conversationSid, FlowSid: flowSid };
  await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(params),
    headers: { 'x-twilio-signature': getExpectedTwilioSignature(authToken, url, params) },
  });
}
