import { twilioClient, useEmulator } from '../../../support/emulator';

const emulator = useEmulator();

const v1 = () => twilioClient(emulator()).conversations.v1;
const named = () => v1().services(emulator().account.conversationsServiceSid);

describe('a Participant', () => {
  it.each(['ada', 'user|identity&string', 'grüße/👋?', 'x'.repeat(256)])(
    'is found by SID and by identity: %s',
    async (identity) => {
      const { sid } = await v1().conversations.create({});
      const added = await v1().conversations(sid).participants.create({ identity });

      const bySid = await named().conversations(sid).participants(added.sid).fetch();
      const byIdentity = await v1().conversations(sid).participants(encodeURIComponent(identity)).fetch();

      expect(bySid).toMatchObject({ identity, conversationSid: sid, messagingBinding: null });
      expect(byIdentity.sid).toBe(added.sid);
      expect(bySid.roleSid).toMatch(/^RL/);
    },
  );

  it('changes and leaves', async () => {
    const { sid } = await v1().conversations.create({});
    const { sid: ada } = await v1().conversations(sid).participants.create({ identity: 'ada' });

    const read = await v1()
      .conversations(sid)
      .participants(ada)
      .update({ attributes: '{"vip":true}', lastReadMessageIndex: 3 });
    await v1().conversations(sid).participants('ada').remove();

    expect(read).toMatchObject({ attributes: '{"vip":true}', lastReadMessageIndex: 3 });
    expect(read.lastReadTimestamp).toMatch(/Z$/);
    expect(await v1().conversations(sid).participants.list()).toEqual([]);
  });

  it('keeps the dates of an import, also when it changes', async () => {
    const { sid } = await v1().conversations.create({});
    await v1().conversations(sid).participants.create({ identity: 'ada' });
    const [dateCreated, dateUpdated] = [new Date('2020-01-02T03:04:05Z'), new Date('2020-02-03T04:05:06Z')];

    const changed = await v1().conversations(sid).participants('ada').update({ dateCreated, dateUpdated });

    expect(changed).toMatchObject({ identity: 'ada', dateCreated, dateUpdated });
  });

  it('by phone number is found by address', async () => {
    const { sid } = await v1().conversations.create({});
    await v1().conversations(sid).participants.create({
      'messagingBinding.address': '+15558675310',
      'messagingBinding.proxyAddress': '+15017122661',
    });

    const [found] = await v1().participantConversations.list({ address: '+15558675310' });

    expect(found).toMatchObject({
      conversationSid: sid,
      participantIdentity: null,
      participantUserSid: null,
      participantMessagingBinding: { type: 'sms', address: '+15558675310', proxy_address: '+15017122661' },
    });
  });
});

describe('ParticipantConversations', () => {
  it('include all Conversations of an identity, also closed ones', async () => {
    const { sid } = await v1().conversations.create({ uniqueName: 'ada', attributes: '{"a":1}' });
    const ada = await v1().conversations(sid).participants.create({ identity: 'ada' });
    await v1().conversations(sid).update({ state: 'closed' });
    await v1().conversations.create({});

    const rows = await named().participantConversations.list({ identity: 'ada' });

    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      conversationSid: sid,
      conversationUniqueName: 'ada',
      conversationAttributes: '{"a":1}',
      conversationState: 'closed',
      conversationCreatedBy: 'system',
      participantSid: ada.sid,
      participantIdentity: 'ada',
    });
    expect(rows[0]!.links['conversation']).toContain(emulator().account.conversationsServiceSid);
  });
});

describe('a User', () => {
  it('is created with its first Conversation, with the identity as name', async () => {
    const { sid } = await v1().conversations.create({ friendlyName: 'Ada' });
    const ada = await v1().conversations(sid).participants.create({ identity: 'ada' });
    await v1().conversations(sid).messages.create({ body: 'one' });
    await v1().conversations(sid).participants('ada').update({ lastReadMessageIndex: -1 });

    const user = await v1().users('ada').fetch();
    const [membership] = await v1().users(user.sid).userConversations.list();

    expect(user).toMatchObject({ identity: 'ada', friendlyName: 'ada', isOnline: false, isNotifiable: null });
    expect(membership).toMatchObject({
      conversationSid: sid,
      participantSid: ada.sid,
      userSid: user.sid,
      unreadMessagesCount: 1,
      notificationLevel: 'default',
      conversationState: 'active',
    });
  });

  it('is created, changed, found by identity and deleted', async () => {
    const { sid } = await v1().users.create({ identity: 'ada', friendlyName: 'Ada', attributes: '{"a":1}' });
    await v1().users('ada').update({ friendlyName: 'Ada L.' });

    expect(await v1().users(sid).fetch()).toMatchObject({ friendlyName: 'Ada L.', attributes: '{"a":1}' });
    await v1().users(sid).remove();
    await expect(v1().users('ada').fetch()).rejects.toMatchObject({ code: 20404 });
  });

  it('can mute a Conversation, and leave it', async () => {
    const { sid } = await v1().conversations.create({});
    await v1().conversations(sid).participants.create({ identity: 'ada' });

    const muted = await v1().users('ada').userConversations(sid).update({ notificationLevel: 'muted' });
    await v1().users('ada').userConversations(sid).remove();

    expect(muted.notificationLevel).toBe('muted');
    expect(await v1().conversations(sid).participants.list()).toEqual([]);
  });
});
