import { twilioClient, useEmulator } from '../../../support/emulator';

const emulator = useEmulator();

const v1 = () => twilioClient(emulator()).conversations.v1;
const named = () => v1().services(emulator().account.conversationsServiceSid);

describe('a Message', () => {
  it('has the author system by default, and contains the Participant that wrote it', async () => {
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

  it('changes and is deleted; its index is never used again', async () => {
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

  it('keeps the dates of an import, also when it changes', async () => {
    const { sid } = await v1().conversations.create({});
    const { sid: messageSid } = await v1().conversations(sid).messages.create({ body: 'one' });
    const [dateCreated, dateUpdated] = [new Date('2020-01-02T03:04:05Z'), new Date('2020-02-03T04:05:06Z')];

    const changed = await v1().conversations(sid).messages(messageSid).update({ dateCreated, dateUpdated });

    expect(changed).toMatchObject({ body: 'one', dateCreated, dateUpdated });
  });

  it('has no delivery receipts, because all Participants are on chat', async () => {
    const { sid } = await v1().conversations.create({});
    const message = await v1().conversations(sid).messages.create({ body: 'one' });

    expect(await v1().conversations(sid).messages(message.sid).deliveryReceipts.list()).toEqual([]);
  });

  it('reaches a Flow only if the header asks for it', async () => {
    const { sid } = await v1().conversations.create({});
    await v1()
      .conversations(sid)
      .webhooks.create({ target: 'studio', 'configuration.flowSid': emulator().account.flowSid });
    const delivered: unknown[] = [];
    emulator().world.webhooks.scoped.events.on('delivered', ({ payload }) => delivered.push(payload['Body']));

    await v1().conversations(sid).messages.create({ body: 'silent' });
    await v1().conversations(sid).messages.create({ body: 'no', xTwilioWebhookEnabled: 'false' });
    await v1().conversations(sid).messages.create({ body: 'loud', xTwilioWebhookEnabled: 'true' });
    await emulator().world.webhooks.settled();

    expect(delivered).toEqual(['loud']);
  });
});
