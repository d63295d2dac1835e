import { twilioClient, useEmulator } from '../../../support/emulator';

const V1 = 'https://conversations.twilio.com/v1';

const emulator = useEmulator();

const v1 = () => twilioClient(emulator()).conversations.v1;
const named = () => v1().services(emulator().account.conversationsServiceSid);

describe('the same Conversation', () => {
  it('is visible below the account and below the default Service, each with separate addresses', async () => {
    const { conversationsServiceSid } = emulator().account;
    const created = await named().conversations.create({ uniqueName: 'ada' });

    const bySid = await v1().conversations(created.sid).fetch();
    const byName = await named().conversations('ada').fetch();

    expect(bySid.sid).toBe(created.sid);
    expect(bySid.url).toBe(`${V1}/Conversations/${created.sid}`);
    expect(bySid.links['messages']).toBe(`${V1}/Conversations/${created.sid}/Messages`);
    expect(byName.url).toBe(`${V1}/Services/${conversationsServiceSid}/Conversations/${created.sid}`);
    expect(byName.links['webhooks']).toBe(`${byName.url}/Webhooks`);
  });

  it('is not visible below another Service', async () => {
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
  it('is created with every field that Twilio accepts', async () => {
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
      accountSid: emulator().account.accountSid,
      chatServiceSid: emulator().account.conversationsServiceSid,
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

  it('is deleted with everything in it', async () => {
    const { sid } = await v1().conversations.create({ uniqueName: 'ada' });
    await v1().conversations(sid).participants.create({ identity: 'ada' });

    expect(await v1().conversations(sid).remove()).toBe(true);

    await expect(v1().conversations(sid).fetch()).rejects.toMatchObject({ code: 20404 });
    expect(await v1().participantConversations.list({ identity: 'ada' })).toEqual([]);
    await v1().conversations.create({ uniqueName: 'ada' });
  });

  it('is listed by state and by the day of its creation', async () => {
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
    expect(
      emulator()
        .journal.entries.slice(0, 2)
        .map(({ status }) => status),
    ).toEqual([201, 202]);
  });

  it('is not created if one of its Participants is rejected', async () => {
    const participant = ['{"identity":"ada"}', '{"identity":"ada"}'];

    await expect(
      v1().conversationWithParticipants.create({ uniqueName: 'ada', participant }),
    ).rejects.toMatchObject({ code: 50433 });

    expect(await v1().conversations.list()).toEqual([]);
    expect(await v1().participantConversations.list({ identity: 'ada' })).toEqual([]);
  });
});

it('writes dates without milliseconds, as Twilio does', async () => {
  const { sid } = await v1().conversations.create({});
  const { apiKeySid, apiKeySecret } = emulator().account;
  const credentials = Buffer.from(`${apiKeySid}:${apiKeySecret}`).toString('base64');

  const response = await fetch(`${emulator().url}/conversations.twilio.com/v1/Conversations/${sid}`, {
    headers: { authorization: `Basic ${credentials}` },
  });

  const { date_created: created } = (await response.json()) as { date_created: string };
  expect(created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
});
