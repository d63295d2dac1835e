import type { Emulator } from '../../../../emulator/emulator';
import { startEmulator, twilioClient } from '../../../support/emulator';

const V1 = 'https://conversations.twilio.com/v1';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
beforeEach(() => emulator.reset());

const v1 = () => twilioClient(emulator).conversations.v1;
const named = () => v1().services(emulator.account.conversationsServiceSid);
const lastJson = async (path: string) => {
  const { apiKeySid, apiKeySecret } = emulator.account;
  const credentials = Buffer.from(`${apiKeySid}:${apiKeySecret}`).toString('base64');
  const response = await fetch(`${emulator.url}/conversations.twilio.com/v1${path}`, {
    headers: { authorization: `Basic ${credentials}` },
  });
  return (await response.json()) as Record<string, unknown>;
};

describe('the same Conversation', () => {
  it('is seen below the account and below the default Service, each with its own addresses', async () => {
    const { conversationsServiceSid } = emulator.account;
    const created = await named().conversations.create({ uniqueName: 'ada' });

    const bySid = await v1().conversations(created.sid).fetch();
    const byName = await named().conversations('ada').fetch();

    expect(bySid.sid).toBe(created.sid);
    expect(bySid.url).toBe(`${V1}/Conversations/${created.sid}`);
    expect(bySid.links['messages']).toBe(`${V1}/Conversations/${created.sid}/Messages`);
    expect(byName.url).toBe(`${V1}/Services/${conversationsServiceSid}/Conversations/${created.sid}`);
    expect(byName.links['webhooks']).toBe(`${byName.url}/Webhooks`);
  });

  it('is not seen below another Service', async () => {
    const other = await v1().services.create({ friendlyName: 'Another shop' });
    const { sid } = await v1().conversations.create({});

    await expect(v1().services(other.sid).conversations(sid).fetch()).rejects.toMatchObject({
      status: 404,
      code: 20404,
      message: `The requested resource /v1/Services/${other.sid}/Conversations/${sid} was not found`,
    });
    expect(await v1().services(other.sid).conversations.list()).toEqual([]);
  });
});

describe('a Conversation', () => {
  it('is created with everything that Twilio takes', async () => {
    const created = await v1().conversations.create({
      friendlyName: 'Ada L.',
      uniqueName: 'ada',
      attributes: '{"topic":"pie"}',
      messagingServiceSid: `MG${'0'.repeat(32)}`,
      state: 'active',
      'timers.inactive': 'PT5M',
      'timers.closed': 'PT10M',
      dateCreated: new Date('2026-01-02T03:04:05Z'),
    });

    expect(created).toMatchObject({
      accountSid: emulator.account.accountSid,
      chatServiceSid: emulator.account.conversationsServiceSid,
      friendlyName: 'Ada L.',
      uniqueName: 'ada',
      attributes: '{"topic":"pie"}',
      messagingServiceSid: `MG${'0'.repeat(32)}`,
      state: 'active',
      dateCreated: new Date('2026-01-02T03:04:05Z'),
      bindings: {},
    });
    expect(Object.keys(created.timers as object)).toEqual(['date_inactive', 'date_closed']);
    expect(created.sid).toMatch(/^CH[0-9a-f]{32}$/);
  });

  it('starts active, without timers and with empty attributes', async () => {
    const created = await v1().conversations.create();

    expect(created).toMatchObject({ state: 'active', timers: {}, attributes: '{}', uniqueName: null });
  });

  it('changes, is found by its new name, and closes for good', async () => {
    const { sid } = await v1().conversations.create({ uniqueName: 'old' });

    await v1().conversations('old').update({ uniqueName: 'new', friendlyName: 'A', attributes: '{"a":1}' });
    const closed = await v1().conversations('new').update({ state: 'closed' });

    expect(closed).toMatchObject({ sid, friendlyName: 'A', attributes: '{"a":1}', state: 'closed' });
    await expect(v1().conversations('old').fetch()).rejects.toMatchObject({ code: 20404 });
    await expect(v1().conversations(sid).update({ state: 'active' })).rejects.toMatchObject({
      status: 400,
      code: 50377,
    });
  });

  it('is deleted with all that it has', async () => {
    const { sid } = await v1().conversations.create({ uniqueName: 'ada' });
    await v1().conversations(sid).participants.create({ identity: 'ada' });

    expect(await v1().conversations(sid).remove()).toBe(true);

    await expect(v1().conversations(sid).fetch()).rejects.toMatchObject({ code: 20404 });
    expect(await v1().participantConversations.list({ identity: 'ada' })).toEqual([]);
    await v1().conversations.create({ uniqueName: 'ada' });
  });

  it('is listed by state and by the day it was created', async () => {
    await v1().conversations.create({ uniqueName: 'open', dateCreated: new Date('2026-05-01T10:00:00Z') });
    const { sid } = await v1().conversations.create({ dateCreated: new Date('2026-05-02T10:00:00Z') });
    await v1().conversations(sid).update({ state: 'closed' });

    const closed = await v1().conversations.list({ state: 'closed' });
    const ofTheFirst = await v1().conversations.list({ startDate: '2026-05-01', endDate: '2026-05-01' });

    expect(closed.map((one) => one.sid)).toEqual([sid]);
    expect(ofTheFirst.map((one) => one.uniqueName)).toEqual(['open']);
  });

  it('can be created together with its Participants', async () => {
    const withNobody = await v1().conversationWithParticipants.create({ friendlyName: 'x' });
    const withTwo = await v1().conversationWithParticipants.create({
      participant: ['{"identity":"ada"}', '{"identity":"bob"}'],
    });

    const people = await v1().conversations(withTwo.sid).participants.list();
    expect(people.map(({ identity }) => identity)).toEqual(['ada', 'bob']);
    expect(Object.keys(withNobody.links)).toEqual(['participants', 'messages', 'webhooks']);
    expect(emulator.journal.entries.slice(0, 2).map(({ status }) => status)).toEqual([201, 202]);
  });
});

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

describe('a scoped webhook', () => {
  it("shows of a Studio webhook what Twilio's example shows", async () => {
    const { sid } = await v1().conversations.create({});

    const webhook = await v1()
      .conversations(sid)
      .webhooks.create({
        target: 'studio',
        'configuration.flowSid': emulator.account.flowSid,
        'configuration.filters': ['onMessageAdded'],
        'configuration.replayAfter': 0,
      });

    expect(webhook.configuration).toEqual({ flow_sid: emulator.account.flowSid });
    expect(emulator.world.conversations.webhooks.find(sid, webhook.sid)).toMatchObject({
      filters: ['onMessageAdded'],
      replayAfter: 0,
    });
  });

  it('changes, is listed and goes', async () => {
    const { sid } = await v1().conversations.create({});
    const { webhooks } = v1().conversations(sid);
    const { sid: webhookSid } = await webhooks.create({
      target: 'webhook',
      'configuration.url': 'https://example.com/a',
      'configuration.method': 'get',
      'configuration.filters': ['onMessageAdded'],
    });

    await v1()
      .conversations(sid)
      .webhooks(webhookSid)
      .update({
        'configuration.url': 'https://example.com/b',
        'configuration.filters': ['onMessageRemoved'],
      });

    expect((await webhooks.list()).map(({ configuration }) => configuration as unknown)).toEqual([
      { url: 'https://example.com/b', method: 'get', filters: ['onMessageRemoved'] },
    ]);
    await v1().conversations(sid).webhooks(webhookSid).remove();
    expect(await webhooks.list()).toEqual([]);
  });
});

describe('a Message', () => {
  it("is the system's unless it has an author, and carries the Participant that wrote it", async () => {
    const { sid } = await v1().conversations.create({});
    const ada = await v1().conversations(sid).participants.create({ identity: 'ada' });

    const fromSystem = await v1().conversations(sid).messages.create({ body: 'Welcome' });
    const fromAda = await named()
      .conversations(sid)
      .messages.create({ author: 'ada', body: 'hi', attributes: '{"messageId":"1"}' });

    expect(fromSystem).toMatchObject({ index: 0, author: 'system', participantSid: null, media: null });
    expect(fromAda).toMatchObject({
      index: 1,
      author: 'ada',
      participantSid: ada.sid,
      attributes: '{"messageId":"1"}',
      delivery: null,
      contentSid: null,
    });
  });

  it('changes and goes; its index is never used again', async () => {
    const { sid } = await v1().conversations.create({});
    const { messages } = v1().conversations(sid);
    const first = await messages.create({ body: 'one' });

    const changed = await v1().conversations(sid).messages(first.sid).update({ body: 'uno' });
    await v1().conversations(sid).messages(first.sid).remove();
    const second = await messages.create({ body: 'two' });

    expect(changed.body).toBe('uno');
    expect(second.index).toBe(1);
    expect((await messages.list()).map(({ body }) => body)).toEqual(['two']);
  });

  it('has no delivery receipts, for everybody is on chat', async () => {
    const { sid } = await v1().conversations.create({});
    const message = await v1().conversations(sid).messages.create({ body: 'one' });

    expect(await v1().conversations(sid).messages(message.sid).deliveryReceipts.list()).toEqual([]);
  });

  it('reaches a Flow only when the header asks for it', async () => {
    const { sid } = await v1().conversations.create({});
    await v1()
      .conversations(sid)
      .webhooks.create({ target: 'studio', 'configuration.flowSid': emulator.account.flowSid });
    const delivered: unknown[] = [];
    emulator.world.webhooks.events.on('delivered', ({ payload }) => delivered.push(payload['Body']));

    await v1().conversations(sid).messages.create({ body: 'silent' });
    await v1().conversations(sid).messages.create({ body: 'no', xTwilioWebhookEnabled: 'false' });
    await v1().conversations(sid).messages.create({ body: 'loud', xTwilioWebhookEnabled: 'true' });
    await emulator.world.webhooks.settled();

    expect(delivered).toEqual(['loud']);
  });
});

describe('a User', () => {
  it('appears with its first Conversation, under the identity as name', async () => {
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

describe('ParticipantConversations', () => {
  it('are all Conversations of an identity, closed ones too', async () => {
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
    expect(rows[0]!.links['conversation']).toContain(emulator.account.conversationsServiceSid);
  });
});

describe('the settings', () => {
  it('name the default Service, its Roles and its Configuration', async () => {
    const { conversationsServiceSid } = emulator.account;
    const roles = await v1().roles.list();
    const configuration = await named().configuration().fetch();

    expect((await v1().configuration().fetch()).defaultChatServiceSid).toBe(conversationsServiceSid);
    expect(roles.map(({ friendlyName }) => friendlyName)).toEqual(['guest', 'agent', 'service user']);
    expect((await v1().roles(roles[0]!.sid).fetch()).permissions).toContain('sendMessage');
    expect(configuration.defaultConversationRoleSid).toBe(roles[0]!.sid);
  });

  it('let Services come and go, but for the default one', async () => {
    const { sid } = await v1().services.create({ friendlyName: 'Another shop' });
    await v1().services(sid).conversations.create({ uniqueName: 'ada' });

    expect((await v1().services.list()).map((one) => one.sid)).toContain(sid);
    await v1().services(sid).remove();

    await expect(v1().services(sid).conversations.list()).rejects.toMatchObject({ code: 20404 });
    await expect(v1().services(emulator.account.conversationsServiceSid).remove()).rejects.toMatchObject({
      status: 400,
    });
  });
});

it('writes dates without milliseconds, as Twilio does', async () => {
  const { sid } = await v1().conversations.create({});

  expect((await lastJson(`/Conversations/${sid}`))['date_created']).toMatch(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  );
});
