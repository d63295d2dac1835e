/** Credentials, Bindings and the notification configuration over REST. */
import { twilioClient, useEmulator } from '../../../support/emulator';
import { Rest } from '../../state/rest';

const emulator = useEmulator();
const rest = new Rest(emulator);

const v1 = () => twilioClient(emulator()).conversations.v1;
const service = () => v1().services(emulator().account.conversationsServiceSid);
const refused = (code: number) => expect.objectContaining({ code }) as unknown;

describe('Credentials', () => {
  it('of the embedded account are one for iOS and one for Android', async () => {
    const listed = await v1().credentials.list();

    expect(listed.map(({ sid, type }) => [sid, type])).toEqual([
      ['CR00000000000000000000000000000001', 'apn'],
      ['CR00000000000000000000000000000002', 'fcm'],
    ]);
  });

  it('are created, read, changed and deleted', async () => {
    const { sid } = await v1().credentials.create({
      type: 'apn',
      friendlyName: 'My app',
      certificate: 'c',
      privateKey: 'k',
      sandbox: true,
    });

    const made = await v1().credentials(sid).fetch();
    expect([made.type, made.friendlyName, made.sandbox]).toEqual(['apn', 'My app', 'True']);
    await v1().credentials(sid).update({ friendlyName: 'Mine', sandbox: false });
    const changed = await v1().credentials(sid).fetch();
    expect([changed.friendlyName, changed.sandbox]).toEqual(['Mine', 'False']);
    await v1().credentials(sid).remove();
    await expect(v1().credentials(sid).fetch()).rejects.toEqual(refused(20404));
  });

  it.each([
    ['without a type', {}],
    ['of an unknown type', { Type: 'web' }],
    ['without a key', { Type: 'fcm' }],
    ['with the key of another type', { Type: 'fcm', Secret: 's', Certificate: 'c' }],
    ['with a long name', { Type: 'fcm', Secret: 's', FriendlyName: 'x'.repeat(65) }],
    ['with a sandbox that is no boolean', { Type: 'apn', Certificate: 'c', PrivateKey: 'k', Sandbox: 'yes' }],
  ])('%s are refused', async (_case, form) => {
    const sids = async () => (await v1().credentials.list()).map(({ sid }) => sid);
    const before = await sids();

    expect(await rest.post('/conversations.twilio.com/v1/Credentials', form)).toEqual(refused(20001));
    expect(await sids()).toEqual(before);
  });

  it('are not changed by an empty update', async () => {
    const [one] = await v1().credentials.list();

    await expect(v1().credentials(one!.sid).update()).rejects.toEqual(refused(20161));
  });
});

describe('the notification configuration', () => {
  const notifications = () => service().configuration.notifications();

  it('of a Service pushes nothing at first', async () => {
    const { newMessage, addedToConversation, removedFromConversation } = await notifications().fetch();

    expect([newMessage, addedToConversation, removedFromConversation]).toMatchObject([
      { enabled: false, badge_count_enabled: false, with_media: { enabled: false } },
      { enabled: false },
      { enabled: false },
    ]);
  });

  it('changes what is given, in this Service only', async () => {
    const other = await v1().services.create({ friendlyName: 'Another shop' });
    const before = await notifications().fetch();

    await notifications().update({
      'newMessage.enabled': true,
      'newMessage.sound': 'ring.caf',
      'newMessage.withMedia.template': 'A file: ${MEDIA}',
    });

    const { newMessage, addedToConversation } = await notifications().fetch();
    expect(newMessage).toEqual({
      ...before.newMessage,
      enabled: true,
      sound: 'ring.caf',
      with_media: { enabled: false, template: 'A file: ${MEDIA}' },
    });
    expect(addedToConversation).toEqual(before.addedToConversation);
    const ofOther = await v1().services(other.sid).configuration.notifications().fetch();
    expect(ofOther.newMessage).toEqual(before.newMessage);
  });

  it('refuses an empty change and a switch that is no boolean', async () => {
    const { conversationsServiceSid } = emulator().account;
    const path = `/conversations.twilio.com/v1/Services/${conversationsServiceSid}/Configuration/Notifications`;

    expect(await rest.post(path, {})).toEqual(refused(20161));
    expect(await rest.post(path, { 'NewMessage.Enabled': 'on' })).toEqual(refused(20001));
  });
});

describe('Bindings', () => {
  const [apn, fcm] = ['CR00000000000000000000000000000001', 'CR00000000000000000000000000000002'];
  const register = (identity: string, type: 'apn' | 'fcm', endpoint = `${identity}-${type}`) => {
    const { conversationsServiceSid: chatServiceSid } = emulator().account;
    const device = { chatServiceSid, identity, type, endpoint };
    return emulator().world.conversations.bindings.register(device, type === 'apn' ? apn : fcm, [
      'new_message',
    ]);
  };

  it('are listed by type and identity, read and deleted', async () => {
    const { sid } = register('ada', 'apn');
    register('ada', 'fcm');
    register('grace', 'fcm');

    const endpoints = async (wishes: { bindingType?: ['apn' | 'fcm']; identity?: string[] }) =>
      (await service().bindings.list(wishes)).map(({ endpoint }) => endpoint);
    expect(await endpoints({})).toEqual(['ada-apn', 'ada-fcm', 'grace-fcm']);
    expect(await endpoints({ bindingType: ['fcm'] })).toEqual(['ada-fcm', 'grace-fcm']);
    expect(await endpoints({ bindingType: ['fcm'], identity: ['ada'] })).toEqual(['ada-fcm']);
    const { credentialSid, messageTypes, bindingType } = await service().bindings(sid).fetch();
    expect([credentialSid, messageTypes, bindingType]).toEqual([apn, ['new_message'], 'apn']);
    await service().bindings(sid).remove();
    expect(await endpoints({ identity: ['ada'] })).toEqual(['ada-fcm']);
    await expect(service().bindings(sid).fetch()).rejects.toEqual(refused(20404));
  });

  it('tell that a User can be notified', async () => {
    const { identity } = await service().users.create({ identity: 'ada' });
    expect((await service().users(identity).fetch()).isNotifiable).toBeNull();

    register('ada', 'apn');

    expect((await service().users(identity).fetch()).isNotifiable).toBe(true);
    expect((await service().users.list())[0]!.isNotifiable).toBeNull();
  });

  it('survive a snapshot, with all else that push notifications need', async () => {
    const credential = await v1().credentials.create({ type: 'fcm', secret: 's' });
    await service().configuration.notifications().update({ 'newMessage.enabled': true });
    register('ada', 'apn');
    const { conversations, participants, messages, pushes } = emulator().world.conversations;
    const chat = conversations.create(emulator().account.conversationsServiceSid, {}, { source: 'EVENT' });
    participants.add(chat, { identity: 'ada' }, { source: 'EVENT' });
    messages.add(chat, { author: 'grace', body: 'hello' }, { source: 'EVENT' });
    expect(pushes.list()).toHaveLength(1);
    const shown = await rest.all();
    const sent = pushes.list();
    const snapshot = await emulator().snapshot();

    await emulator().reset();
    await emulator().restore(snapshot);

    expect(await rest.all()).toEqual(shown);
    expect((await v1().credentials.list()).map(({ sid }) => sid)).toContain(credential.sid);
    expect(emulator().world.conversations.pushes.list()).toEqual(sent);
    const restored = emulator().world.conversations;
    const again = restored.conversations.get(chat.sid)!;
    restored.messages.add(again, { author: 'grace', body: 'still there?' }, { source: 'EVENT' });
    expect(restored.pushes.list().map(({ text }) => text)).toEqual([
      expect.stringContaining('hello'),
      expect.stringContaining('still there?'),
    ]);
  });

  it('end with their Service', async () => {
    const other = await v1().services.create({ friendlyName: 'Another shop' });
    const device = { chatServiceSid: other.sid, identity: 'ada', type: 'apn' as const, endpoint: 'd' };
    emulator().world.conversations.bindings.register(device, apn, ['new_message']);

    await v1().services(other.sid).remove();

    expect(emulator().world.conversations.bindings.list(other.sid)).toEqual([]);
  });
});
