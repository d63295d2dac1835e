/** Participants through the SDK: joining and leaving, read horizons, typing, names. */
import type { Participant, ParticipantUpdateReason, User } from '@twilio/conversations';
import { MAX_PARTICIPANTS } from '../../../../emulator/conversations/limits';
import { CREATOR_ROLE_SID } from '../../../../emulator/conversations/roles';
import { collect, next, nextMessage } from '../events';
import { ChatWorld, SDK_PACKAGES } from '../sdk';

interface Update {
  participant: Participant;
  updateReasons: ParticipantUpdateReason[];
}

const updated = (source: unknown, reason: ParticipantUpdateReason): Promise<Update> =>
  next<Update>(source, 'participantUpdated', ({ updateReasons }) => updateReasons.includes(reason));

const joined = (source: unknown, identity: string): Promise<Participant> =>
  next<Participant>(source, 'participantJoined', (participant) => participant.identity === identity);

describe.each(SDK_PACKAGES)('the SDK %s with Participants', (_version, sdkPackage) => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterEach(() => chat.stop());

  async function aPair() {
    const conversation = chat.aConversation(['ada', 'bob'], { roleSid: CREATOR_ROLE_SID });
    const [ada, bob] = [await chat.connect('ada'), await chat.connect('bob')];
    const view = await chat.joined(ada, conversation);
    const others = await chat.joined(bob, conversation);
    return { conversation, ada, bob, view, others };
  }

  it('sees an agent join and leave, whichever client adds and removes them', async () => {
    const { conversation, ada, bob, view } = await aPair();

    const byBackEnd = joined(ada, 'grace');
    chat.add(conversation, 'grace');
    expect(await byBackEnd).toMatchObject({ identity: 'grace', type: 'chat' });

    const bySdk = joined(bob, 'hank');
    await view.add('hank', { desk: 7 });
    expect((await bySdk).attributes).toEqual({ desk: 7 });

    const left = next<Participant>(bob, 'participantLeft');
    await (await view.getParticipantByIdentity('grace'))!.remove();
    expect((await left).identity).toBe('grace');
    const leftByName = next<Participant>(bob, 'participantLeft');
    await view.removeParticipant('hank');
    expect((await leftByName).identity).toBe('hank');

    expect(chat.domain.participants.ofConversation(conversation.sid).map(({ identity }) => identity)).toEqual(
      ['ada', 'bob'],
    );
  });

  it('cannot add an identity twice', async () => {
    const { view } = await aPair();

    await expect(view.add('bob')).rejects.toMatchObject({ status: 409, body: { code: 50433 } });
  });

  it('changes attributes for all Participants', async () => {
    const { view, bob } = await aPair();
    const changed = updated(bob, 'attributes');

    await (await view.getParticipantByIdentity('ada'))!.updateAttributes({ mood: '🙂' });

    expect((await changed).participant).toMatchObject({ identity: 'ada', attributes: { mood: '🙂' } });
  });

  it('reads a roster of the maximum length', async () => {
    const conversation = chat.aConversation(['ada'], { roleSid: CREATOR_ROLE_SID });
    for (let count = 1; count < MAX_PARTICIPANTS; count += 1) chat.add(conversation, `guest-${count}`);
    const client = await chat.connect('ada');
    const view = await client.getConversationBySid(conversation.sid);

    const roster = await view.getParticipants();

    expect(new Set(roster.map(({ identity }) => identity)).size).toBe(MAX_PARTICIPANTS);
    await expect(view.add('one-too-many')).rejects.toMatchObject({ body: { code: 50417 } });
  });

  it('moves its read horizon, counts unread messages, and shows the horizon to the others', async () => {
    const { conversation, ada, bob, view, others } = await aPair();
    const last = nextMessage(ada, 'three');
    for (const body of ['one', 'two', 'three']) chat.say(conversation, 'bob', body);
    await last;
    expect(await view.getUnreadMessagesCount()).toBeNull();

    const seenByBob = updated(bob, 'lastReadMessageIndex');
    const seenByAda = next<{ updateReasons: string[] }>(ada, 'conversationUpdated', ({ updateReasons }) =>
      updateReasons.includes('lastReadMessageIndex'),
    );
    expect(await view.updateLastReadMessageIndex(1)).toBe(1);
    await seenByAda;
    expect((await seenByBob).participant).toMatchObject({ identity: 'ada', lastReadMessageIndex: 1 });
    expect((await seenByBob).participant.lastReadTimestamp).toBeInstanceOf(Date);
    expect(view.lastReadMessageIndex).toBe(1);
    expect(others.lastReadMessageIndex).toBeNull();

    expect(await view.setAllMessagesRead()).toBe(0);
    expect(chat.domain.participants.find(conversation.sid, 'ada')?.lastReadMessageIndex).toBe(2);

    // Null if nothing is read: there is no index to count from.
    expect(await view.setAllMessagesUnread()).toBeNull();
    expect(chat.domain.participants.find(conversation.sid, 'ada')?.lastReadMessageIndex).toBeNull();
  });

  it('keeps the horizon for the next visit', async () => {
    const conversation = chat.aConversation(['ada']);
    for (const body of ['one', 'two', 'three']) chat.say(conversation, 'bob', body);
    const first = await chat.joined(await chat.connect('ada'), conversation);
    await first.updateLastReadMessageIndex(0);

    const again = await chat.joined(await chat.connect('ada'), conversation);

    expect(again.lastReadMessageIndex).toBe(0);
    expect(await again.getUnreadMessagesCount()).toBe(2);
  });

  it('shows typing only to the others, until it times out', async () => {
    chat.realtime.settings.typingTimeoutSeconds = 0.3;
    const { ada, bob, view } = await aPair();
    const own = collect(ada, 'typingStarted', () => 'typing');
    const started = next<Participant>(bob, 'typingStarted');
    const ended = next<Participant>(bob, 'typingEnded');

    await view.typing();

    expect((await started).identity).toBe('ada');
    expect((await ended).identity).toBe('ada');
    expect(own).toEqual([]);
  });

  it('ends typing with the message', async () => {
    chat.realtime.settings.typingTimeoutSeconds = 60;
    const { bob, view } = await aPair();
    const started = next(bob, 'typingStarted');
    await view.typing();
    await started;
    const ended = next<Participant>(bob, 'typingEnded');

    await view.sendMessage('done');

    expect((await ended).identity).toBe('ada');
  });

  it('hides typing from other clients, and does not let them type', async () => {
    const { conversation, ada } = await aPair();
    await chat.connect('mallory');
    const received = collect(ada, 'typingStarted', () => 'typing');

    const response = await chat.tunnel('mallory', 'POST', '/Client/v2/Typing', {
      ChannelSid: conversation.sid,
    });

    expect(response).toMatchObject({ status: 403, body: { code: 50430 } });
    expect(received).toEqual([]);
  });

  it('sees names and attributes of the others change, and changes only its own', async () => {
    const { ada, bob, others } = await aPair();
    const user = await (await others.getParticipantByIdentity('ada'))!.getUser();
    expect(user.friendlyName).toBe('ada');

    const renamed = next<{ user: User; updateReasons: string[] }>(bob, 'userUpdated', ({ updateReasons }) =>
      updateReasons.includes('friendlyName'),
    );
    await ada.user.updateFriendlyName('Ada Lovelace');
    expect((await renamed).user).toMatchObject({ identity: 'ada', friendlyName: 'Ada Lovelace' });
    expect(chat.domain.users.find(chat.serviceSid, 'ada')?.friendlyName).toBe('Ada Lovelace');

    await ada.user.updateAttributes({ language: 'en' });
    expect(chat.domain.users.find(chat.serviceSid, 'ada')?.attributes).toBe('{"language":"en"}');

    await expect(user.updateFriendlyName('Mallory')).rejects.toMatchObject({
      status: 403,
      body: { code: 50107 },
    });
  });

  it('sees who is online', async () => {
    const { others, ada, bob } = await aPair();
    const user = await (await others.getParticipantByIdentity('ada'))!.getUser();
    expect(user.isOnline).toBe(true);
    const offline = next<{ user: User }>(bob, 'userUpdated', ({ user: changed }) => !changed.isOnline);

    await ada.shutdown();

    expect((await offline).user.identity).toBe('ada');
  });
});
