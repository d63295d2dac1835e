import { twilioClient, useEmulator } from '../../../support/emulator';

const emulator = useEmulator();

const v1 = () => twilioClient(emulator()).conversations.v1;

describe('a scoped webhook', () => {
  it("of Studio has the fields of Twilio's example", async () => {
    const { sid } = await v1().conversations.create({});

    const webhook = await v1()
      .conversations(sid)
      .webhooks.create({
        target: 'studio',
        'configuration.flowSid': emulator().account.flowSid,
        'configuration.filters': ['onMessageAdded'],
        'configuration.replayAfter': 0,
      });

    expect(webhook.configuration).toEqual({ flow_sid: emulator().account.flowSid });
    expect(emulator().world.conversations.webhooks.find(sid, webhook.sid)).toMatchObject({
      filters: ['onMessageAdded'],
      replayAfter: 0,
    });
  });

  it('changes, is listed and is deleted', async () => {
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
