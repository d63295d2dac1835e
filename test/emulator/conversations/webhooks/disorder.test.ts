import type { Emulator } from '../../../../emulator/emulator';
import { startEmulator, twilioClient } from '../../../support/emulator';
import { Receiver } from '../../../support/receiver';

describe('POST /emulator/webhooks', () => {
  let emulator: Emulator;
  let receiver: Receiver;
  let conversationSid: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    receiver = await Receiver.start();
    conversationSid = (await v1().conversations.create()).sid;
    await conversation().webhooks.create({
      target: 'webhook',
      'configuration.url': receiver.url,
      'configuration.filters': ['onMessageAdded'],
    });
  });
  afterEach(async () => {
    await emulator.stop();
    await receiver.stop();
  });

  const v1 = () => twilioClient(emulator).conversations.v1;
  const conversation = () => v1().conversations(conversationSid);
  const say = (body: string) => conversation().messages.create({ body, xTwilioWebhookEnabled: 'true' });
  const received = () => receiver.forms.map((form) => form['Body']);
  /** A request that overtakes any held-back delivery. */
  const overtake = () => fetch(receiver.url, { method: 'POST', body: 'Body=overtaking' });
  const settled = () => emulator.world.webhooks.settled();
  const control = async (method: string, body?: object) => {
    const response = await fetch(`${emulator.url}/emulator/webhooks`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: response.status, body: await response.text() };
  };

  it('is off at the start', async () => {
    expect(JSON.parse((await control('GET')).body)).toEqual({ delayMs: 0, copies: 1, reorder: false });

    await say('one');
    await say('two');
    await settled();

    expect(received()).toEqual(['one', 'two']);
  });

  it('delays each delivery by the emulator’s clock', async () => {
    expect((await control('POST', { delayMs: 60_000 })).status).toBe(200);

    await say('late');
    emulator.world.clock.advance(50_000);
    await overtake();
    emulator.world.clock.advance(10_000);
    await settled();

    expect(received()).toEqual(['overtaking', 'late']);
  });

  it('repeats each delivery with the same content, token and signature', async () => {
    await control('POST', { copies: 3 });

    await say('again');
    await settled();

    expect(received()).toEqual(['again', 'again', 'again']);
    const marks = receiver.received.map(
      ({ headers }) => `${headers['i-twilio-idempotency-token']} ${headers['x-twilio-signature']}`,
    );
    expect(new Set(marks).size).toBe(1);
    await say('another');
    await settled();
    const tokens = receiver.received.map(({ headers }) => headers['i-twilio-idempotency-token']);
    expect(new Set(tokens).size).toBe(2);
  });

  it('delivers the second of two deliveries to one receiver first', async () => {
    await control('POST', { reorder: true });

    for (const body of ['one', 'two', 'three', 'four']) await say(body);
    await settled();

    expect(received()).toEqual(['two', 'one', 'four', 'three']);
  });

  it('holds a single delivery back for at most a second', async () => {
    await control('POST', { reorder: true });

    await say('alone');
    await overtake();
    emulator.world.clock.advance(1_000);
    await settled();

    expect(received()).toEqual(['overtaking', 'alone']);
  });

  it('also repeats messages to a Flow, and the second Interaction is dropped', async () => {
    await conversation().participants.create({ identity: 'ada' });
    await conversation().webhooks.create({
      target: 'studio',
      'configuration.flowSid': emulator.account.flowSid,
    });
    await control('POST', { copies: 2 });

    await say('hello');
    await settled();

    expect(emulator.world.taskrouter.tasks.list(emulator.account.workspaceSid)).toHaveLength(1);
    expect(emulator.world.flex.alerts.list().map(({ code }) => code)).toEqual([45353]);
  });

  it('restores the order with DELETE, and releases held-back deliveries', async () => {
    await control('POST', { reorder: true, copies: 2 });
    await say('held');

    expect(await control('DELETE')).toEqual({ status: 204, body: '' });
    await say('then');
    await settled();

    expect(received()).toEqual(['held', 'held', 'then']);
  });

  it.each([{ copies: 0 }, { delayMs: -1 }, { reorder: 'yes' }, { order: true }])(
    'rejects %j, and changes nothing',
    async (nonsense) => {
      expect((await control('POST', nonsense)).status).toBe(400);

      expect(emulator.world.webhooks.dispatch.disorder).toEqual({ delayMs: 0, copies: 1, reorder: false });
    },
  );
});
