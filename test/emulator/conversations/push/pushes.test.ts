/** Push notifications, registered with the unmodified SDK. Its `parsePushNotification` reads what the app would receive. */
import type { Client } from '@twilio/conversations';
import '../../../support/loose-timers';
import type { Push } from '../../../../emulator/conversations/push/model';
import type { Conversation } from '../../../../emulator/conversations/model';
import { SYSTEM } from '../../../../emulator/conversations/model';
import { twilioClient } from '../../../support/emulator';
import { ChatWorld, SDK_PACKAGES, settled } from '../../realtime/sdk';

const IOS = 'CR00000000000000000000000000000001';
const ANDROID = 'CR00000000000000000000000000000002';

describe.each(SDK_PACKAGES)('Push notifications, with @twilio/conversations %s', (_version, sdkPackage) => {
  let chat: ChatWorld;
  let conversation: Conversation;

  beforeAll(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterAll(() => chat.stop());
  beforeEach(async () => {
    await chat.reset();
    conversation = chat.aConversation(['ada'], { friendlyName: 'Order 4711' });
    await configure({ 'newMessage.enabled': true });
  });

  const configure = (change: object) =>
    twilioClient(chat.emulator)
      .conversations.v1.services(chat.serviceSid)
      .configuration.notifications()
      .update(change);
  const pushes = async () => (await (await fetch(`${chat.emulator.url}/emulator/pushes`)).json()) as Push[];
  const texts = async () => (await pushes()).map(({ text }) => text);

  /** Ada's phone registers, and the app goes to the background: her connection ends. */
  async function aPhone(type: 'apn' | 'fcm' = 'apn', identity = 'ada'): Promise<void> {
    const pushCredential = type === 'apn' ? IOS : ANDROID;
    const client = await chat.connect(identity, { pushCredential });
    await client.setPushRegistrationId(type, `phone-of-${identity}`);
    await leave(client, identity);
  }

  async function leave(client: Client, identity: string): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      chat.realtime.events.on('sessionClosed', (event) => {
        if (event.identity === identity) resolve();
      });
    });
    await client.shutdown();
    await closed;
  }

  it('tell a device in the background what was written, by the template', async () => {
    await configure({
      'newMessage.template': '${PARTICIPANT} in ${CONVERSATION}: ${MESSAGE} ${OTHER}',
      'newMessage.sound': 'ring.caf',
      'newMessage.badgeCountEnabled': true,
    });
    chat.domain.users.create(chat.serviceSid, 'grace', { friendlyName: 'Grace' }, SYSTEM);
    await aPhone();

    const message = chat.say(conversation, 'grace', 'How can I help?');

    const [push] = await pushes();
    expect(await pushes()).toHaveLength(1);
    expect(push).toMatchObject({
      event: 'new_message',
      identity: 'ada',
      type: 'apn',
      endpoint: 'phone-of-ada',
      credentialSid: IOS,
      text: 'Grace in Order 4711: How can I help? ${OTHER}',
      sound: 'ring.caf',
      badge: 1,
    });
    const { parsePushNotification } = (require(sdkPackage) as { Client: typeof Client }).Client;
    expect(parsePushNotification(push!.payload as never)).toMatchObject({
      body: 'Grace in Order 4711: How can I help? ${OTHER}',
      badge: 1,
      sound: 'ring.caf',
      type: 'twilio.conversations.new_message',
      data: {
        conversationSid: conversation.sid,
        conversationTitle: 'Order 4711',
        messageSid: message.sid,
        messageIndex: 0,
      },
    });
  });

  it('reach Android in its own form', async () => {
    await aPhone('fcm');

    chat.say(conversation, 'grace', 'hello');

    const [push] = await pushes();
    const { parsePushNotification } = (require(sdkPackage) as { Client: typeof Client }).Client;
    expect(push!.type).toBe('fcm');
    expect(parsePushNotification(push!.payload as never)).toMatchObject({
      body: expect.stringContaining('hello'),
      data: { conversationSid: conversation.sid, messageIndex: 0 },
    });
  });

  it('are not sent while the app is in front', async () => {
    const client = await chat.connect('ada', { pushCredential: IOS });
    await client.setPushRegistrationId('apn', 'phone-of-ada');

    chat.say(conversation, 'grace', 'seen at once');
    await leave(client, 'ada');
    chat.say(conversation, 'grace', 'seen later');

    expect(await texts()).toEqual([expect.stringContaining('seen later')]);
  });

  it('do not tell Ada what she wrote, nor others anything', async () => {
    chat.add(conversation, 'bob');
    await aPhone();
    await aPhone('fcm', 'eve');

    chat.say(conversation, 'ada', 'hello');

    expect(await pushes()).toEqual([]);
  });

  it('stop while the Conversation is muted, and when the event is off', async () => {
    await aPhone();
    const participant = chat.domain.participants.find(conversation.sid, 'ada')!;
    chat.domain.participants.update(conversation, participant, { notificationLevel: 'muted' }, SYSTEM);
    chat.say(conversation, 'grace', 'muted');
    chat.domain.participants.update(conversation, participant, { notificationLevel: 'default' }, SYSTEM);
    await configure({ 'newMessage.enabled': false });

    chat.say(conversation, 'grace', 'off');

    expect(await pushes()).toEqual([]);
  });

  it('count the Conversations with something new as the badge', async () => {
    await configure({ 'newMessage.badgeCountEnabled': true });
    const other = chat.aConversation(['ada']);
    await aPhone();

    chat.say(conversation, 'grace', 'one');
    chat.say(conversation, 'grace', 'two');
    chat.say(other, 'grace', 'three');
    const participant = chat.domain.participants.find(other.sid, 'ada')!;
    chat.domain.participants.update(other, participant, { lastReadMessageIndex: 0 }, SYSTEM);
    chat.say(conversation, 'grace', 'four');

    expect((await pushes()).map(({ badge }) => badge)).toEqual([1, 1, 2, 1]);
  });

  it('have a text of their own for files', async () => {
    await configure({
      'newMessage.withMedia.enabled': true,
      'newMessage.withMedia.template': '${MEDIA_COUNT}: ${MEDIA}',
    });
    await aPhone();
    const file = { filename: 'a.txt', contentType: 'text/plain', content: Buffer.from('x') };
    const grace = await chat.connect('grace');
    chat.add(conversation, 'grace');
    const view = await chat.joined(grace, conversation);

    await view
      .prepareMessage()
      .addMedia({ contentType: file.contentType, filename: file.filename, media: file.content })
      .build()
      .send();

    expect(await texts()).toEqual(['1: a.txt']);
    // Over the next reset her client would connect again, and a handshake that `shutdown` interrupts fails in the SDK.
    await settled(grace);
    await leave(grace, 'grace');
  });

  it('tell who is added and removed', async () => {
    await configure({ 'addedToConversation.enabled': true, 'removedFromConversation.enabled': true });
    await aPhone();

    const other = chat.aConversation(['ada'], { uniqueName: 'returns' });
    chat.domain.participants.remove(other, chat.domain.participants.find(other.sid, 'ada')!, SYSTEM);

    expect((await pushes()).map(({ event }) => event)).toEqual([
      'added_to_conversation',
      'removed_from_conversation',
    ]);
    expect(await texts()).toEqual([
      expect.stringContaining('added to the conversation returns'),
      expect.stringContaining('removed from the conversation returns'),
    ]);
  });

  it('end when the device is removed, as on signing out', async () => {
    const client = await chat.connect('ada', { pushCredential: IOS });
    await client.setPushRegistrationId('apn', 'old');
    await client.setPushRegistrationId('apn', 'new');
    const bindings = () => chat.domain.bindings.list(chat.serviceSid).map(({ endpoint }) => endpoint);
    expect(bindings()).toEqual(['new']);

    await client.removePushRegistrations('apn', 'new');

    expect(bindings()).toEqual([]);
    await leave(client, 'ada');
    chat.say(conversation, 'grace', 'hello');
    expect(await pushes()).toEqual([]);
  });

  it('need a token with a Credential for this kind of device', async () => {
    const body = { channel_type: 'apn', message_types: [], data: { registration_id: 'd' } };
    const register = async (change: object = {}) =>
      (await chat.tunnel('ada', 'POST', '/v1/registrations', { ...body, ...change })).status;

    const plain = await chat.connect('ada');
    expect(await register()).toBe(400);
    await leave(plain, 'ada');
    const ios = await chat.connect('ada', { pushCredential: IOS });
    expect(await register({ channel_type: 'fcm' })).toBe(400);
    expect(await register({ channel_type: 'web' })).toBe(400);
    expect(await register({ data: null })).toBe(400);
    expect(await register({ message_types: 'all' })).toBe(400);
    expect(chat.domain.bindings.list(chat.serviceSid)).toEqual([]);
    expect(await register()).toBe(201);
    await leave(ios, 'ada');
  });

  it("leave another identity's devices alone", async () => {
    await aPhone();
    const [binding] = chat.domain.bindings.list(chat.serviceSid);
    await chat.connect('eve', { pushCredential: IOS });

    const byId = await chat.tunnel('eve', 'DELETE', `/v1/registrations/${binding!.sid}`);
    const byToken = { binding_type: 'apn', address: 'phone-of-ada' };
    await chat.tunnel('eve', 'DELETE', '/v1/registrations', byToken);

    expect(byId.status).toBe(404);
    expect(chat.domain.bindings.list(chat.serviceSid)).toEqual([binding]);
  });
});
