import twilio from 'twilio';
import { Receiver } from '../../../support/receiver';
import { aFlow, aReply, aState, FlowWorld, VISITOR } from '../flow-world';

describe('A widget that calls a server', () => {
  let world: FlowWorld;
  let receiver: Receiver;

  beforeEach(async () => {
    world = await FlowWorld.start();
    receiver = await Receiver.start();
    receiver.answer = { body: '{"tier":"gold"}' };
  });
  afterEach(async () => {
    await world.emulator.stop();
    await receiver.stop();
  });

  describe('Make HTTP Request', () => {
    const request = (properties: object) =>
      aFlow(
        aState('ask', 'make-http-request', properties, [
          { event: 'success', next: 'yes' },
          { event: 'failed', next: 'no' },
        ]),
        aReply('yes', '{{widgets.ask.parsed.tier}} {{widgets.ask.status_code}}'),
        aReply('no', 'failed {{widgets.ask.status_code}}'),
      );
    const FORM = 'application/x-www-form-urlencoded;charset=utf-8';
    const parameters = [{ key: 'who', value: '{{contact.channel.address}}' }];

    it('posts a form, and makes its JSON answer available', async () => {
      const url = receiver.url.replace('//', '//ada:s3cret@');
      await world.run(request({ method: 'POST', url: `${url}/tier`, content_type: FORM, parameters }));

      expect(await world.answers()).toEqual(['gold 200']);
      expect(receiver.received).toEqual([
        expect.objectContaining({ method: 'POST', url: '/tier', body: `who=${VISITOR}` }),
      ]);
      expect(receiver.received[0]!.headers).toMatchObject({
        'content-type': FORM,
        authorization: `Basic ${Buffer.from('ada:s3cret').toString('base64')}`,
      });
    });

    it('calls with GET and a query', async () => {
      await world.run(
        request({ method: 'GET', url: `${receiver.url}/tier?v=1`, content_type: FORM, parameters }),
      );

      expect(receiver.received).toEqual([
        expect.objectContaining({ method: 'GET', url: `/tier?v=1&who=${VISITOR}`, body: '' }),
      ]);
    });

    it.each([
      ['a form', { method: 'POST', content_type: FORM, parameters }, { who: VISITOR }],
      ['JSON', { method: 'POST', content_type: 'application/json', body: '{"a":1}' }, {}],
      ['a query', { method: 'GET', content_type: FORM, parameters }, {}],
      ['nothing', { method: 'POST', content_type: FORM }, {}],
    ])('signs %s, as Twilio signs all its requests', async (_case, properties, signed) => {
      await world.run(request({ ...properties, url: `${receiver.url}/tier?v=1` }));

      const [{ headers, url }] = receiver.received as [(typeof receiver.received)[0]];
      const signature = headers['x-twilio-signature'] as string;
      const { authToken } = world.emulator.account;
      expect(twilio.validateRequest(authToken, signature, receiver.url + url, signed)).toBe(true);
    });

    it('fails with an error status, with a body that is too long, and without an answer', async () => {
      const definition = request({ method: 'GET', url: receiver.url, content_type: FORM });
      receiver.answer = { status: 503, type: 'text/plain', body: 'busy' };
      await world.run(definition);
      expect(await world.answers()).toEqual(['failed 503']);

      receiver.answer = { status: 200, type: 'text/plain', body: 'x'.repeat(64 * 1024 + 1) };
      await world.run(definition);
      expect(await world.answers()).toEqual(['failed']);

      await receiver.stop();
      await world.run(definition);
      expect(await world.answers()).toEqual(['failed']);
    });

    it('times out after ten seconds', async () => {
      receiver.answer = 'silence';
      const running = world.run(request({ method: 'GET', url: receiver.url, content_type: FORM }));

      await receiver.until(1);
      world.emulator.world.clock.advance(5_000);
      expect(await world.answers()).toEqual([]);
      world.emulator.world.clock.advance(5_000);
      await running;

      expect(await world.answers()).toEqual(['failed']);
    });

    it('rejects addresses outside this machine, with the reason', async () => {
      const executions = await world.run(
        request({ method: 'GET', url: 'https://example.com/', content_type: FORM }),
      );

      expect(await world.answers()).toEqual(['failed']);
      const [execution] = await executions.list();
      expect(execution!.context).toMatchObject({
        error: 'https://example.com/ is not an address of this machine',
      });
    });

    it("reaches Twilio's own API at the emulator", async () => {
      await world.run(
        aFlow(
          aState(
            'rename',
            'make-http-request',
            {
              method: 'POST',
              url: 'https://conversations.twilio.com/v1/Conversations/{{trigger.conversation.ConversationSid}}',
              content_type: FORM,
              add_twilio_auth: true,
              parameters: [{ key: 'FriendlyName', value: 'Renamed' }],
            },
            [{ event: 'success' }, { event: 'failed' }],
          ),
        ),
      );

      const { friendlyName } = await world.conversation.fetch();
      expect(friendlyName).toBe('Renamed');
    });
  });

  describe('Run Function', () => {
    it('calls the Function with parameters and a signature, and makes its answer available', async () => {
      await world.run(
        aFlow(
          aState(
            'look',
            'run-function',
            {
              service_sid: null,
              url: `${receiver.url}/look-up`,
              parameters: [{ key: 'body', value: '{{trigger.conversation.Body}}' }],
            },
            [{ event: 'success', next: 'tell' }, { event: 'fail' }],
          ),
          aReply('tell', '{{widgets.look.parsed.tier}}'),
        ),
      );

      expect(await world.answers()).toEqual(['gold']);
      const { headers, body } = receiver.received[0]!;
      const form = Object.fromEntries(new URLSearchParams(body));
      expect(form).toEqual({ body: 'hi' });
      const signature = String(headers['x-twilio-signature']);
      expect(
        twilio.validateRequest(world.emulator.account.authToken, signature, `${receiver.url}/look-up`, form),
      ).toBe(true);
    });
  });
});
