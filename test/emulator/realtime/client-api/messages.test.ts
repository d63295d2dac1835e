/** Messages through the SDK: they arrive unchanged, changes follow, and history pages have no gap. */
import type { Message, MessageUpdateReason } from '@twilio/conversations';
import { SYSTEM } from '../../../../emulator/conversations/model';
import { AGENT_ROLE_SID } from '../../../../emulator/conversations/roles';
import { bodies, next, nextMessage, numbered } from '../events';
import { ChatWorld, SDK_PACKAGES } from '../sdk';

interface Update {
  message: Message;
  updateReasons: MessageUpdateReason[];
}

const updated = (source: unknown, reason: MessageUpdateReason): Promise<Update> =>
  next<Update>(source, 'messageUpdated', ({ updateReasons }) => updateReasons.includes(reason));

const MAX_BODY_BYTES = 32 * 1024;

describe.each(SDK_PACKAGES)('the SDK %s with Messages', (_version, sdkPackage) => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterEach(() => chat.stop());

  async function aPair() {
    const conversation = chat.aConversation(['ada', 'bob'], { roleSid: AGENT_ROLE_SID });
    const [ada, bob] = [await chat.connect('ada'), await chat.connect('bob')];
    const view = await chat.joined(ada, conversation);
    await chat.joined(bob, conversation);
    return { conversation, ada, bob, view };
  }

  it.each([
    ['plain text', 'hello'],
    ['text of every plane', 'Grüße 你好 🫖👩‍👩‍👧 \u2028 \u0000 %41 \r\n "quoted" \\'],
    ['the longest body', 'ä'.repeat(MAX_BODY_BYTES / 2)],
  ])('delivers %s to the others and back to the sender', async (_case, body) => {
    const { conversation, ada, bob, view } = await aPair();
    const arrived = nextMessage(bob, body);
    const own = nextMessage(ada, body);

    const index = await view.sendMessage(body);

    expect(index).toBe(0);
    expect(await arrived).toMatchObject({ index: 0, author: 'ada', type: 'text' });
    expect((await own).participantSid).toBe(chat.domain.participants.find(conversation.sid, 'ada')?.sid);
    expect(chat.domain.messages.ofConversation(conversation.sid).map((message) => message.body)).toEqual([
      body,
    ]);
  });

  it('rejects a body above 32 KB with an answer', async () => {
    const { conversation, view } = await aPair();

    await expect(view.sendMessage('x'.repeat(400_000))).rejects.toMatchObject({
      status: 400,
      body: { code: 50504 },
    });
    expect(chat.domain.messages.ofConversation(conversation.sid)).toEqual([]);
  });

  it('sends attributes and a subject from the message builder', async () => {
    const { bob, view } = await aPair();
    const arrived = nextMessage(bob, 'built');

    await view
      .prepareMessage()
      .setBody('built')
      .setSubject('about tea')
      .setAttributes({ messageId: 'm-1', nested: { deep: [1, null] } })
      .build()
      .send();

    expect((await arrived).subject).toBe('about tea');
    expect((await arrived).attributes).toEqual({ messageId: 'm-1', nested: { deep: [1, null] } });
  });

  it("shows the back end's messages, and the index of the last one", async () => {
    const { conversation, ada, view } = await aPair();
    const arrived = nextMessage(ada, 'from the back end');
    const moved = next<{ updateReasons: string[] }>(ada, 'conversationUpdated', ({ updateReasons }) =>
      updateReasons.includes('lastMessage'),
    );

    chat.say(conversation, 'system', 'from the back end');
    await Promise.all([arrived, moved]);

    expect(view.lastMessage?.index).toBe(0);
    expect((await arrived).participantSid).toBeNull();
  });

  it('follows edits, new attributes and removals', async () => {
    const { conversation, ada, bob, view } = await aPair();
    const own = nextMessage(ada, 'first draft');
    const arrived = nextMessage(bob, 'first draft');
    await view.sendMessage('first draft');
    const message = await own;
    await arrived;

    const edited = updated(bob, 'body');
    await message.updateBody('final');
    expect((await edited).message).toMatchObject({ body: 'final', lastUpdatedBy: 'ada' });

    const attributed = updated(bob, 'attributes');
    await message.updateAttributes({ edited: true });
    expect((await attributed).message.attributes).toEqual({ edited: true });

    const removed = next<Message>(bob, 'messageRemoved');
    await message.remove();
    expect((await removed).index).toBe(0);
    expect(chat.domain.messages.ofConversation(conversation.sid)).toEqual([]);
  });

  it('pages back through more than a hundred messages and forward again, without a gap', async () => {
    const conversation = chat.aConversation(['ada']);
    const all = numbered(130);
    for (const body of all) chat.say(conversation, 'bob', body);
    const client = await chat.connect('ada');
    const view = await client.getConversationBySid(conversation.sid);

    let page = await view.getMessages(30);
    expect(page.hasNextPage).toBe(false);
    let seen = bodies(page);
    while (page.hasPrevPage) {
      page = await page.prevPage();
      seen = [...bodies(page), ...seen];
    }
    expect(seen).toEqual(all);

    seen = bodies(page);
    while (page.hasNextPage) {
      page = await page.nextPage();
      seen = [...seen, ...bodies(page)];
    }
    expect(seen).toEqual(all);
  });

  it('pages from the first message forward', async () => {
    const conversation = chat.aConversation(['ada']);
    const all = numbered(25);
    for (const body of all) chat.say(conversation, 'bob', body);
    const view = await (await chat.connect('ada')).getConversationBySid(conversation.sid);

    let page = await view.getMessages(10, 0, 'forward');
    expect(page.hasPrevPage).toBe(false);
    const seen = bodies(page);
    while (page.hasNextPage) {
      page = await page.nextPage();
      seen.push(...bodies(page));
    }

    expect(seen).toEqual(all);
  });

  it('starts a page at any message, also at a removed one', async () => {
    const conversation = chat.aConversation(['ada']);
    const records = numbered(40).map((body) => chat.say(conversation, 'bob', body));
    chat.domain.messages.remove(conversation, records[20]!, SYSTEM);
    const view = await (await chat.connect('ada')).getConversationBySid(conversation.sid);

    const back = await view.getMessages(10, 20, 'backwards');
    const forward = await view.getMessages(10, 20, 'forward');

    expect(bodies(back)).toEqual(numbered(10, 10));
    expect(bodies(forward)).toEqual(numbered(10, 21));
  });

  it('uses each index once, so that a removal leaves a gap', async () => {
    const { conversation, ada, view } = await aPair();
    const first = chat.say(conversation, 'bob', 'first');
    chat.domain.messages.remove(conversation, first, SYSTEM);
    const second = nextMessage(ada, 'second');

    expect(await view.sendMessage('second')).toBe(1);
    expect((await second).index).toBe(1);
  });
});
