/** Changes of a Conversation, and the SDK's events for them: names, attributes, states, the end. */
import type { Conversation, ConversationUpdateReason } from '@twilio/conversations';
import { SYSTEM } from '../../../../emulator/conversations/model';
import { CREATOR_ROLE_SID } from '../../../../emulator/conversations/roles';
import { next } from '../events';
import { ChatWorld, SDK_PACKAGES } from '../sdk';

interface Update {
  conversation: Conversation;
  updateReasons: ConversationUpdateReason[];
}

const updated = (source: unknown, reason: ConversationUpdateReason): Promise<Update> =>
  next<Update>(source, 'conversationUpdated', ({ updateReasons }) => updateReasons.includes(reason));

describe.each(SDK_PACKAGES)('the SDK %s and a Conversation that changes', (_version, sdkPackage) => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterEach(() => chat.stop());

  it('renames, and changes attributes and unique name, for all Participants', async () => {
    const conversation = chat.aConversation(['ada', 'bob'], { roleSid: CREATOR_ROLE_SID });
    const [ada, bob] = [await chat.connect('ada'), await chat.connect('bob')];
    const view = await chat.joined(ada, conversation);
    await chat.joined(bob, conversation);

    const renamed = updated(bob, 'friendlyName');
    await view.updateFriendlyName('Tea & cakes');
    expect((await renamed).conversation.friendlyName).toBe('Tea & cakes');

    const attributed = updated(bob, 'attributes');
    await view.updateAttributes({ topic: { name: 'späße' } });
    expect((await attributed).conversation.attributes).toEqual({ topic: { name: 'späße' } });

    const named = updated(bob, 'uniqueName');
    await view.updateUniqueName('tea');
    expect((await named).conversation.uniqueName).toBe('tea');
    const unnamed = updated(bob, 'uniqueName');
    await view.updateUniqueName(null);
    expect((await unnamed).conversation.uniqueName).toBeNull();

    expect(chat.domain.conversations.get(conversation.sid)).toMatchObject({
      friendlyName: 'Tea & cakes',
      uniqueName: null,
    });
  });

  it('follows the states to the end, and cannot write into a closed Conversation', async () => {
    const conversation = chat.aConversation(['ada'], { roleSid: CREATOR_ROLE_SID });
    const client = await chat.connect('ada');
    const view = await chat.joined(client, conversation);

    for (const state of ['inactive', 'active', 'closed'] as const) {
      const changed = updated(client, 'state');
      chat.domain.conversations.setState(conversation, state, SYSTEM);
      expect((await changed).conversation.state?.current).toBe(state);
    }

    await expect(view.sendMessage('too late')).rejects.toMatchObject({
      status: 400,
      body: { status: 400, code: 50377, message: 'Conversation is closed' },
    });
    await expect(view.add('bob')).rejects.toMatchObject({ body: { code: 50377 } });
    expect(chat.domain.messages.ofConversation(conversation.sid)).toEqual([]);
    expect((await client.getConversationBySid(conversation.sid)).sid).toBe(conversation.sid);
  });

  it('gets an event when a timer ends the Conversation', async () => {
    const conversation = chat.domain.conversations.create(
      chat.serviceSid,
      { state: 'active', timerClosed: 'PT10M' },
      SYSTEM,
    );
    chat.add(conversation, 'ada');
    const client = await chat.connect('ada');
    await chat.joined(client, conversation);

    const changed = updated(client, 'state');
    chat.emulator.world.clock.advance(600_000);

    expect((await changed).conversation.state?.current).toBe('closed');
  });

  it('gets an event when the Conversation is deleted, by itself or by the back end', async () => {
    const settings = { roleSid: CREATOR_ROLE_SID };
    const [one, two] = [chat.aConversation(['ada'], settings), chat.aConversation(['ada'])];
    const client = await chat.connect('ada');
    const view = await chat.joined(client, one);
    await chat.joined(client, two);

    const removedByMe = next<Conversation>(client, 'conversationRemoved', ({ sid }) => sid === one.sid);
    await view.delete();
    await removedByMe;
    const removed = next<Conversation>(client, 'conversationRemoved', ({ sid }) => sid === two.sid);
    chat.domain.deleteConversation(two, SYSTEM);
    await removed;

    expect(chat.domain.conversations.list(chat.serviceSid)).toEqual([]);
    expect((await client.getSubscribedConversations()).items).toEqual([]);
  });

  it('keeps its own notification level', async () => {
    const conversation = chat.aConversation(['ada', 'bob'], { roleSid: CREATOR_ROLE_SID });
    const [ada, bob] = [await chat.connect('ada'), await chat.connect('bob')];
    const view = await chat.joined(ada, conversation);
    const others = await chat.joined(bob, conversation);

    const changed = updated(ada, 'notificationLevel');
    await view.setUserNotificationLevel('muted');
    await changed;

    expect(view.notificationLevel).toBe('muted');
    expect(others.notificationLevel).toBe('default');
  });
});
