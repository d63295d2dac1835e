import { twilioClient, useEmulator } from '../../../support/emulator';

const UNKNOWN_CH = `CH${'0'.repeat(32)}`;

const emulator = useEmulator({ kept: true });

let conversationSid: string;
let closedSid: string;

beforeAll(async () => {
  conversationSid = (await v1().conversations.create({ uniqueName: 'taken' })).sid;
  await conversation().participants.create({ identity: 'ada' });
  await byPhone('+15550000001', '+15550000002');
  closedSid = (await v1().conversations.create({})).sid;
  await v1().conversations(closedSid).update({ state: 'closed' });
});

const v1 = () => twilioClient(emulator()).conversations.v1;
const conversation = () => v1().conversations(conversationSid);
const hook = (configuration: object) =>
  conversation().webhooks.create(
    configuration as Parameters<ReturnType<typeof conversation>['webhooks']['create']>[0],
  );
const flow = () => ({ target: 'studio', 'configuration.flowSid': emulator().account.flowSid });
const url = { 'configuration.url': 'https://example.com', 'configuration.filters': ['onMessageAdded'] };
const long = (chars: number) => 'x'.repeat(chars);

const byPhone = (address: string, proxyAddress: string) =>
  conversation().participants.create({
    'messagingBinding.address': address,
    'messagingBinding.proxyAddress': proxyAddress,
  });

describe('an error has the code and status of Twilio', () => {
  it.each<[string, number, number, () => Promise<unknown>]>([
    ['an unknown Conversation', 404, 20404, () => v1().conversations(UNKNOWN_CH).fetch()],
    [
      'an update of an unknown Conversation',
      404,
      20404,
      () => v1().conversations('x').update({ friendlyName: 'a' }),
    ],
    ['the deletion of an unknown Conversation', 404, 20404, () => v1().conversations('x').remove()],
    [
      'a Participant of an unknown Conversation',
      404,
      50350,
      () => v1().conversations('x').participants.create({ identity: 'a' }),
    ],
    ['the Messages of an unknown Conversation', 404, 50350, () => v1().conversations('x').messages.list()],
    ['a webhook of an unknown Conversation', 404, 50350, () => v1().conversations('x').webhooks.list()],
    ['an unknown Participant', 404, 20404, () => conversation().participants('bob').fetch()],
    [
      'an unknown Message',
      404,
      20404,
      () =>
        conversation()
          .messages(`IM${long(32)}`)
          .fetch(),
    ],
    [
      'an unknown webhook',
      404,
      20404,
      () =>
        conversation()
          .webhooks(`WH${long(32)}`)
          .fetch(),
    ],
    ['an unknown User', 404, 20404, () => v1().users('nobody').fetch()],
    [
      'an unknown Service',
      404,
      20404,
      () =>
        v1()
          .services(`IS${long(32)}`)
          .conversations.list(),
    ],
    [
      'an unknown Role',
      404,
      20404,
      () =>
        v1()
          .roles(`RL${long(32)}`)
          .fetch(),
    ],

    ['a taken unique name', 409, 50353, () => v1().conversations.create({ uniqueName: 'taken' })],
    [
      'a unique name that looks like a SID',
      400,
      50390,
      () => v1().conversations.create({ uniqueName: UNKNOWN_CH }),
    ],
    [
      'a friendly name that is too long',
      400,
      20001,
      () => v1().conversations.create({ friendlyName: long(257) }),
    ],
    ['attributes that are not JSON', 400, 50304, () => v1().conversations.create({ attributes: '{x' })],
    [
      'attributes that are too long',
      400,
      50303,
      () => v1().conversations.create({ attributes: JSON.stringify({ a: long(16_384) }) }),
    ],
    ['a Conversation created as closed', 400, 50384, () => v1().conversations.create({ state: 'closed' })],
    ['an unknown state', 400, 50378, () => v1().conversations.create({ state: 'asleep' as never })],
    [
      'an invalid Messaging Service',
      400,
      20001,
      () => v1().conversations.create({ messagingServiceSid: 'mine' }),
    ],
    ['an unknown state in a list', 400, 20001, () => v1().conversations.list({ state: 'asleep' as never })],
    [
      "an update of a User's Conversation without parameters",
      400,
      20161,
      () => v1().users('ada').userConversations(conversationSid).update({}),
    ],
    ['timers without a state', 400, 50382, () => v1().conversations.create({ 'timers.closed': 'PT10M' })],
    [
      'a timer that ends after the largest date',
      400,
      50380,
      () => v1().conversations.create({ state: 'active', 'timers.closed': 'P999999999Y' }),
    ],
    [
      'an inactive timer that is not a duration',
      400,
      50379,
      () => conversation().update({ 'timers.inactive': 'soon' }),
    ],
    [
      'a closed timer that is not a duration',
      400,
      50380,
      () => conversation().update({ 'timers.closed': 'later' }),
    ],
    [
      'an inactive timer below a minute',
      400,
      50375,
      () => conversation().update({ 'timers.inactive': 'PT59S' }),
    ],
    [
      'a closed timer below ten minutes',
      400,
      50376,
      () => conversation().update({ 'timers.closed': 'PT599S' }),
    ],
    ['an update without parameters', 400, 50347, () => conversation().update()],
    ['an invalid date', 400, 20001, () => v1().conversations.create({ dateCreated: 'x' as never })],
    [
      'an update of a closed Conversation',
      400,
      50377,
      () => v1().conversations(closedSid).update({ friendlyName: 'a' }),
    ],
    [
      'a Message to a closed Conversation',
      400,
      50377,
      () => v1().conversations(closedSid).messages.create({ body: 'a' }),
    ],
    [
      'a Participant of a closed Conversation',
      400,
      50377,
      () => v1().conversations(closedSid).participants.create({ identity: 'a' }),
    ],

    ['an existing Participant', 409, 50433, () => conversation().participants.create({ identity: 'ada' })],
    ['a Participant without identity', 400, 50204, () => conversation().participants.create()],
    ['an empty identity', 400, 50204, () => conversation().participants.create({ identity: '' })],
    [
      'an identity that is too long',
      400,
      50207,
      () => conversation().participants.create({ identity: long(257) }),
    ],
    [
      'an identity that looks like a User SID',
      400,
      50206,
      () => conversation().participants.create({ identity: `US${'0'.repeat(32)}` }),
    ],
    [
      'an identity with an address',
      400,
      50211,
      () =>
        conversation().participants.create({ identity: 'bob', 'messagingBinding.address': '+15558675310' }),
    ],
    ['an invalid address', 400, 50407, () => byPhone('home', '+15017122661')],
    ['an invalid proxy address', 400, 50408, () => byPhone('+15558675310', 'home')],
    ['an address that is its own proxy', 400, 50409, () => byPhone('+15558675310', '+15558675310')],
    ['an empty address', 400, 50412, () => byPhone('', '+15017122661')],
    [
      'an address and a proxy of two kinds',
      400,
      50414,
      () => byPhone('+15558675310', 'whatsapp:+15017122661'),
    ],
    ['addresses that are in use', 409, 50416, () => byPhone('+15550000001', '+15550000002')],
    [
      'an unknown Role for a Participant',
      400,
      50100,
      () => conversation().participants.create({ identity: 'bob', roleSid: `RL${'0'.repeat(32)}` }),
    ],
    [
      'Participant attributes that are too long',
      400,
      50303,
      () =>
        conversation().participants.create({
          identity: 'bob',
          attributes: JSON.stringify({ a: long(4096) }),
        }),
    ],
    [
      'an update of a Participant without parameters',
      400,
      20161,
      () => conversation().participants('ada').update(),
    ],
    [
      'an eleventh Participant on create',
      400,
      20001,
      () =>
        v1().conversationWithParticipants.create({
          participant: Array(11).fill('{"identity":"a"}') as string[],
        }),
    ],

    ['a webhook without target', 400, 50368, () => hook({ target: '' })],
    ['an unknown target', 400, 50364, () => hook({ target: 'studioo' })],
    ['a studio webhook without Flow', 400, 50367, () => hook({ target: 'studio' })],
    ['a malformed Flow SID', 400, 50367, () => hook({ target: 'studio', 'configuration.flowSid': 'FWbad' })],
    ['an unknown filter', 400, 50365, () => hook({ ...flow(), 'configuration.filters': ['onMessageAdd'] })],
    [
      'a webhook without URL',
      400,
      50369,
      () => hook({ target: 'webhook', 'configuration.filters': ['onMessageAdded'] }),
    ],
    [
      'a webhook without filters',
      400,
      50370,
      () => hook({ target: 'webhook', 'configuration.url': 'https://example.com' }),
    ],
    [
      'a URL that is too long',
      400,
      50372,
      () => hook({ target: 'webhook', ...url, 'configuration.url': `https://${long(512)}` }),
    ],
    ['a trigger without keywords', 400, 50371, () => hook({ target: 'trigger', ...url })],
    [
      'six keywords',
      400,
      50362,
      () => hook({ target: 'trigger', ...url, 'configuration.triggers': Array(6).fill('a') }),
    ],
    [
      'an empty keyword',
      400,
      50366,
      () => hook({ target: 'trigger', ...url, 'configuration.triggers': [''] }),
    ],
    [
      'a keyword that is too long',
      400,
      50366,
      () => hook({ target: 'trigger', ...url, 'configuration.triggers': [long(249)] }),
    ],
    [
      'an invalid method',
      400,
      50055,
      () => hook({ target: 'webhook', ...url, 'configuration.method': 'brew' }),
    ],

    ['a Message without body', 400, 50503, () => conversation().messages.create()],
    [
      'a Message that is too long',
      400,
      50504,
      () => conversation().messages.create({ body: long(32 * 1024 + 1) }),
    ],
    [
      'an author that is too long',
      400,
      50310,
      () => conversation().messages.create({ body: 'a', author: long(257) }),
    ],
    [
      'Message attributes that are not JSON',
      400,
      50304,
      () => conversation().messages.create({ body: 'a', attributes: '[1' }),
    ],
    [
      'a subject that is too long',
      400,
      20001,
      () => conversation().messages.create({ body: 'a', subject: long(257) }),
    ],
    ['an invalid order', 400, 20001, () => conversation().messages.list({ order: 'up' as never })],

    ['an existing User', 409, 50201, () => v1().users.create({ identity: 'ada' })],
    [
      'ParticipantConversations without identity or address',
      400,
      50451,
      () => v1().participantConversations.list(),
    ],
    [
      'ParticipantConversations by both',
      400,
      50451,
      () => v1().participantConversations.list({ identity: 'a', address: '+1' }),
    ],
    ['a Service without name', 400, 20001, () => v1().services.create({ friendlyName: '' })],

    ['a page of 101 Conversations', 400, 20001, () => v1().conversations.page({ pageSize: 101 })],
    ['a page of 101 Messages', 400, 20001, () => conversation().messages.page({ pageSize: 101 })],
    ['a page of 51 Users', 400, 20001, () => v1().users.page({ pageSize: 51 })],
    ['a page of 6 webhooks', 400, 20001, () => conversation().webhooks.page({ pageSize: 6 })],
    [
      'a page of 51 ParticipantConversations',
      400,
      20001,
      () => v1().participantConversations.page({ identity: 'a', pageSize: 51 }),
    ],
    ['a page of size 0', 400, 20001, () => v1().conversations.page({ pageSize: 0 })],
  ])('%s: %i, %i', async (_case, status, code, call) => {
    await expect(call()).rejects.toMatchObject({
      status,
      code,
      moreInfo: `https://www.twilio.com/docs/errors/${code}`,
    });
  });

  it('a sixth webhook: 400, 50361', async () => {
    const { sid } = await v1().conversations.create({});
    const { webhooks } = v1().conversations(sid);
    for (let count = 0; count < 5; count++) await webhooks.create(flow() as never);

    await expect(webhooks.create(flow() as never)).rejects.toMatchObject({ status: 400, code: 50361 });

    expect(await webhooks.list()).toHaveLength(5);
  });

  it.each([
    ['no credentials', {}],
    [
      'a wrong secret',
      { authorization: `Basic ${Buffer.from('AC00000000000000000000000000000001:x').toString('base64')}` },
    ],
    ['another scheme', { authorization: 'Bearer x' }],
  ])('%s: 401, 20003', async (_case, headers) => {
    const response = await fetch(`${emulator().url}/conversations.twilio.com/v1/Conversations`, { headers });

    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      code: 20003,
      message: 'Authenticate',
      more_info: 'https://www.twilio.com/docs/errors/20003',
      status: 401,
    });
  });
});

describe('an operation that is not implemented', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['an address configuration', () => v1().addressConfigurations.list()],
    ['an e-mail binding', () => v1().conversations.create({ 'bindings.email.address': 'a@example.com' })],
    ['a new Role', () => v1().roles.create({ friendlyName: 'a', type: 'service', permission: [] })],
  ])('with 501: %s', async (_case, call) => {
    await expect(call()).rejects.toMatchObject({
      status: 501,
      code: 20501,
      // Twilio's dictionary has no page for it.
      moreInfo: 'docs/troubleshooting.md of the emulator',
    });
  });
});

it('a rejected call changes nothing', async () => {
  const before = await v1().conversations.list();

  await expect(v1().conversations.create({ uniqueName: 'new', attributes: '{' })).rejects.toMatchObject({
    code: 50304,
  });
  await expect(conversation().update({ friendlyName: 'changed', attributes: '{' })).rejects.toMatchObject({
    code: 50304,
  });

  expect((await v1().conversations.list()).map((one) => one.toJSON() as unknown)).toEqual(
    before.map((one) => one.toJSON() as unknown),
  );
  await v1().conversations.create({ uniqueName: 'new' });
});
