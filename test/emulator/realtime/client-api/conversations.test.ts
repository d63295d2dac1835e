/** Conversations through the SDK: finding, following, changing and leaving them. */
import type { Conversation } from '@twilio/conversations';
import { SYSTEM } from '../../../../emulator/conversations/model';
import { collect, next, nextMessage } from '../events';
import { ChatWorld, SDK_PACKAGES } from '../sdk';

describe.each(SDK_PACKAGES)('the SDK %s with Conversations', (_version, sdkPackage) => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterEach(() => chat.stop());

  it('finds its Conversations by SID, by unique name, and in the list of all', async () => {
    const conversation = chat.aConversation(['ada'], { uniqueName: 'support 1/ä', friendlyName: 'Support' });
    const other = chat.aConversation(['ada']);
    chat.aConversation(['bob']);
    const client = await chat.connect('ada');

    const bySid = await client.getConversationBySid(conversation.sid);
    const byName = await client.getConversationByUniqueName('support 1/ä');
    const all = await client.getSubscribedConversations();

    expect(bySid).toMatchObject({ sid: conversation.sid, friendlyName: 'Support', status: 'joined' });
    expect(bySid.uniqueName).toBe('support 1/ä');
    expect(byName.sid).toBe(conversation.sid);
    expect(all.items.map(({ sid }) => sid).sort()).toEqual([conversation.sid, other.sid].sort());
  });

  it('lists more Conversations than fit on a page', async () => {
    for (let count = 0; count < 60; count += 1) chat.aConversation(['ada']);
    const requests = chat.requests('ada');
    const client = await chat.connect('ada');

    let page = await client.getSubscribedConversations();
    const seen = page.items.map(({ sid }) => sid);
    while (page.hasNextPage) {
      page = await page.nextPage();
      seen.push(...page.items.map(({ sid }) => sid));
    }

    expect(new Set(seen).size).toBe(60);
    expect(
      requests.filter((request) => request === 'GET /Client/v2/Users/ada/Conversations 200'),
    ).toHaveLength(2);
  });

  it('peeks at Conversations that it may see, with the counts of messages and participants', async () => {
    const conversation = chat.aConversation(['ada', 'bob']);
    chat.say(conversation, 'bob', 'hello');
    const client = await chat.connect('ada');

    const peeked = await client.peekConversationBySid(conversation.sid);

    expect(peeked.sid).toBe(conversation.sid);
    expect(await peeked.getMessagesCount()).toBe(1);
    expect(await peeked.getParticipantsCount()).toBe(2);
  });

  it('gets a 404 for unknown Conversations, and a 403 for those of others', async () => {
    const foreign = chat.aConversation(['bob'], { uniqueName: 'private' });
    const client = await chat.connect('ada');

    await expect(client.getConversationBySid(`CH${'0'.repeat(32)}`)).rejects.toMatchObject({
      status: 404,
      body: { status: 404, code: 50350 },
    });
    await expect(client.getConversationBySid(foreign.sid)).rejects.toMatchObject({
      status: 403,
      body: { status: 403, code: 50430 },
    });
    await expect(client.getConversationByUniqueName('private')).rejects.toMatchObject({ status: 404 });
  });

  it('gets an event when it is added to a Conversation, and can chat in it', async () => {
    const client = await chat.connect('ada');
    const joined = next<Conversation>(client, 'conversationJoined');

    const conversation = chat.aConversation(['ada', 'agent']);

    const view = await joined;
    expect(view.sid).toBe(conversation.sid);
    const answer = nextMessage(client, 'how can I help?');
    chat.say(conversation, 'agent', 'how can I help?');
    expect((await answer).conversation.sid).toBe(conversation.sid);
  });

  it('creates, joins and leaves, and the domain follows', async () => {
    const client = await chat.connect('ada');
    const view = await client.createConversation({
      friendlyName: 'Mine',
      uniqueName: 'mine',
      attributes: { topic: 'tea' },
    });
    const record = chat.domain.conversations.get(view.sid)!;
    expect(record).toMatchObject({ friendlyName: 'Mine', uniqueName: 'mine', createdBy: 'ada' });
    expect(JSON.parse(record.attributes)).toEqual({ topic: 'tea' });
    expect(chat.domain.participants.ofConversation(view.sid)).toEqual([]);

    const joined = next<Conversation>(client, 'conversationJoined');
    await view.join();
    await joined;
    await chat.subscribed('ada', record);
    const own = nextMessage(client, 'alone here');
    await view.sendMessage('alone here');
    await own;

    const left = next<Conversation>(client, 'conversationLeft');
    await view.leave();
    expect((await left).sid).toBe(view.sid);
    expect(chat.domain.participants.ofConversation(view.sid)).toEqual([]);
    await expect(view.sendMessage('no listener')).rejects.toMatchObject({ body: { code: 50430 } });
  });

  it('rejects a taken unique name', async () => {
    chat.aConversation([], { uniqueName: 'taken' });
    const client = await chat.connect('ada');

    await expect(client.createConversation({ uniqueName: 'taken' })).rejects.toMatchObject({
      status: 409,
      body: { code: 50353 },
    });
  });

  it('stops receiving when it is removed, and starts again when it is added back', async () => {
    const conversation = chat.aConversation(['ada', 'agent']);
    const client = await chat.connect('ada');
    await chat.joined(client, conversation);
    const received = collect<{ body: string }, string>(client, 'messageAdded', ({ body }) => body);

    const left = next(client, 'conversationLeft');
    const removed = next(client, 'conversationRemoved');
    const participant = chat.domain.participants.find(conversation.sid, 'ada')!;
    chat.domain.participants.remove(conversation, participant, SYSTEM);
    // The server removes the subscription at once, without waiting for the client.
    expect(chat.realtime.projection.messagesOf(conversation).subscribers.size).toBe(0);
    await Promise.all([left, removed]);
    chat.say(conversation, 'agent', 'behind your back');
    await expect(client.getConversationBySid(conversation.sid)).rejects.toMatchObject({ status: 403 });

    const joined = next<Conversation>(client, 'conversationJoined');
    chat.add(conversation, 'ada');
    const view = await joined;
    await view.getMessages(1);
    await chat.subscribed('ada', conversation);
    const again = nextMessage(client, 'welcome back');
    chat.say(conversation, 'agent', 'welcome back');
    await again;

    expect(received).toEqual(['welcome back']);
  });
});
