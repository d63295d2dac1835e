import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { Contents } from '../../../../emulator/content/domain';
import { ConversationsDomain } from '../../../../emulator/conversations/domain';
import type { Actor, Conversation } from '../../../../emulator/conversations/model';
import {
  WebhookEngine,
  type IncomingConversationMessage,
  type WebhookDelivery,
} from '../../../../emulator/conversations/webhooks/engine';
import { readAccount } from '../../../../emulator/core/account';
import { Clock } from '../../../../emulator/core/clock';

const account = readAccount();
const BY_SDK: Actor = { source: 'SDK', identity: 'ada' };
const BY_REST: Actor = { source: 'API', webhookEnabled: false };
const BY_REST_WITH_HEADER: Actor = { source: 'API', webhookEnabled: true };
const BY_TIMER: Actor = { source: 'TIMER' };
const BY_FLEX: Actor = { source: 'EVENT' };

describe('the webhook engine', () => {
  let clock: Clock;
  let domain: ConversationsDomain;
  let engine: WebhookEngine;
  let conversation: Conversation;
  let flowStarts: IncomingConversationMessage[];
  let deliveries: WebhookDelivery[];

  beforeEach(() => {
    clock = new Clock();
    domain = new ConversationsDomain(clock, account.conversationsServiceSid, new Contents(clock));
    flowStarts = [];
    deliveries = [];
    engine = new WebhookEngine({ domain, account, clock, studio: (event) => flowStarts.push(event) });
    engine.events.on('delivered', (delivery) => deliveries.push(delivery));
    conversation = domain.conversations.create(domain.defaultServiceSid, { friendlyName: 'Ada' }, BY_REST);
  });
  afterEach(() => {
    engine.stop();
    clock.clear();
  });

  const say = (body: string, actor: Actor) =>
    domain.messages.add(conversation, { body, author: 'ada' }, actor);
  const toFlow = (settings = {}) =>
    domain.webhooks.add(conversation, 'studio', { flowSid: account.flowSid, ...settings });

  describe('by source', () => {
    it.each([
      ['the SDK', BY_SDK, 1],
      ['REST without the header', BY_REST, 0],
      ['REST with the header', BY_REST_WITH_HEADER, 1],
      ["Twilio's own back end", BY_FLEX, 0],
    ])('starts the Flow for a message by %s as Twilio does', async (_who, actor, starts) => {
      const webhook = toFlow();

      const message = say('hello', actor);
      await engine.settled();

      expect(flowStarts).toEqual(
        Array(starts).fill({
          flowSid: account.flowSid,
          conversation,
          message,
          webhook,
          source: actor.source === 'SDK' ? 'SDK' : 'API',
        }),
      );
    });

    it('does not start a Flow whose webhook does not filter for messages', async () => {
      toFlow({ filters: ['onParticipantAdded'] });

      say('hello', BY_SDK);
      domain.participants.add(conversation, { identity: 'ada' }, BY_SDK);
      await engine.settled();

      expect(flowStarts).toEqual([]);
    });

    it('reports that no Flow accepted the message', async () => {
      const failing = new WebhookEngine({
        domain,
        account,
        clock,
        studio: () => {
          throw new Error('There is no such Flow');
        },
      });
      const outcomes: WebhookDelivery[] = [];
      failing.events.on('delivered', (delivery) => outcomes.push(delivery));
      toFlow();

      say('hello', BY_SDK);
      await failing.settled();

      expect(outcomes.map(({ result }) => result)).toEqual([
        { outcome: 'failed', reason: 'There is no such Flow' },
      ]);
    });

    it('starts the Flow after the change is done, and in order', async () => {
      toFlow();

      say('one', BY_SDK);
      say('two', BY_SDK);
      expect(flowStarts).toEqual([]);
      await engine.settled();

      expect(flowStarts.map(({ message }) => message.body)).toEqual(['one', 'two']);
    });

    it('starts nothing once it is stopped', async () => {
      toFlow();

      say('hello', BY_SDK);
      engine.stop();
      await engine.settled();

      expect(flowStarts).toEqual([]);
    });
  });

  it('replays the messages after ReplayAfter to a late webhook, from any author', async () => {
    say('zero', BY_SDK);
    say('one', BY_REST);
    say('two', BY_SDK);

    toFlow({ replayAfter: 0 });
    await engine.settled();

    expect(flowStarts.map(({ message, source }) => [message.body, source])).toEqual([
      ['one', 'API'],
      ['two', 'SDK'],
    ]);
  });

  describe('calls a URL', () => {
    interface Received {
      request: IncomingMessage;
      url: string;
      form: Record<string, string>;
    }
    let server: Server;
    let received: Received[];
    let answer: (index: number) => number | undefined;
    let url: string;
    let onReceived: () => void;

    beforeEach(async () => {
      received = [];
      answer = () => 200;
      onReceived = () => undefined;
      server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
          received.push({ request, url: `http://${request.headers.host}${request.url}`, form });
          const status = answer(received.length - 1);
          if (status !== undefined) response.writeHead(status).end();
          onReceived();
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?who=us`;
    });
    afterEach(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    const toUrl = (filters: string[], settings = {}) =>
      domain.webhooks.add(conversation, 'webhook', { url, filters, ...settings });

    it("with the message as a form, with a signature that twilio-node's own validator accepts", async () => {
      const webhook = toUrl(['onMessageAdded']);
      const ada = domain.participants.add(conversation, { identity: 'ada' }, BY_REST);

      const message = say('Grüße, 👋 & "co"', BY_SDK);
      await engine.settled();

      expect(received).toHaveLength(1);
      const { request, form } = received[0]!;
      expect(form).toEqual({
        AccountSid: account.accountSid,
        Attributes: '{}',
        Author: 'ada',
        Body: 'Grüße, 👋 & "co"',
        ChatServiceSid: account.conversationsServiceSid,
        ClientIdentity: 'ada',
        ConversationSid: conversation.sid,
        DateCreated: message.dateCreated.toISOString(),
        EventType: 'onMessageAdded',
        Index: '0',
        MessageSid: message.sid,
        ParticipantSid: ada.sid,
        RetryCount: '0',
        Source: 'SDK',
        WebhookSid: webhook.sid,
      });
      expect(request.method).toBe('POST');
      expect(request.headers['content-type']).toBe('application/x-www-form-urlencoded; charset=utf-8');
      expect(request.headers['i-twilio-idempotency-token']).toMatch(/^[0-9a-f-]{36}$/);
      const signature = request.headers['x-twilio-signature'] as string;
      expect(twilio.validateRequest(account.authToken, signature, url, form)).toBe(true);
      expect(twilio.validateRequest(account.authToken, signature, url, { ...form, Body: 'x' })).toBe(false);
      expect(deliveries).toMatchObject([
        { webhook, conversation, eventType: 'onMessageAdded', result: { outcome: 'delivered', status: 200 } },
      ]);
    });

    it('by GET with everything in the query, signed over the whole address', async () => {
      toUrl(['onMessageAdded'], { method: 'get' });

      say('hello', BY_SDK);
      await engine.settled();

      const [{ request, url: calledUrl }] = received as [Received];
      expect(request.method).toBe('GET');
      expect(new URL(calledUrl).searchParams.get('who')).toBe('us');
      expect(new URL(calledUrl).searchParams.get('Body')).toBe('hello');
      const signature = request.headers['x-twilio-signature'] as string;
      expect(twilio.validateRequest(account.authToken, signature, calledUrl, {})).toBe(true);
    });

    it('for every event of its filters, and for no other', async () => {
      const everything = [
        'onMessageAdded',
        'onMessageUpdated',
        'onMessageRemoved',
        'onConversationUpdated',
        'onConversationStateUpdated',
        'onConversationRemoved',
        'onParticipantAdded',
        'onParticipantUpdated',
        'onParticipantRemoved',
      ];
      toUrl(everything);
      toUrl(['onParticipantRemoved']);

      const ada = domain.participants.add(conversation, { identity: 'ada' }, BY_SDK);
      domain.participants.update(conversation, ada, { attributes: '{"a":1}' }, BY_SDK);
      const message = say('hello', BY_SDK);
      domain.messages.update(conversation, message, { body: 'hi' }, BY_SDK);
      domain.messages.remove(conversation, message, BY_SDK);
      domain.conversations.update(conversation, { friendlyName: 'A.' }, BY_SDK);
      domain.conversations.update(conversation, { state: 'inactive' }, BY_TIMER);
      domain.deleteConversation(conversation, BY_SDK);
      await engine.settled();

      const types = received.map(({ form }) => form['EventType']);
      expect(types.filter((type) => type !== 'onParticipantRemoved').sort()).toEqual(
        everything.filter((type) => type !== 'onParticipantRemoved').sort(),
      );
      expect(types.filter((type) => type === 'onParticipantRemoved')).toHaveLength(2);
    });

    it('with the reason of a state change, including the clock', async () => {
      domain.conversations.update(conversation, { state: 'active', timerClosed: 'PT10M' }, BY_REST);
      toUrl(['onConversationStateUpdated']);

      clock.advance(600_000);
      await engine.settled();

      expect(received.map(({ form }) => form)).toMatchObject([
        { EventType: 'onConversationStateUpdated', StateFrom: 'active', StateTo: 'closed', Reason: 'TIMER' },
      ]);
    });

    it('when a message contains one of the keywords of a trigger', async () => {
      domain.webhooks.add(conversation, 'trigger', { url, triggers: ['agent', 'Human'] });

      say('hello', BY_SDK);
      say('I want a HUMAN', BY_SDK);
      await engine.settled();

      expect(received.map(({ form }) => form['Body'])).toEqual(['I want a HUMAN']);
    });

    it('in order, even if the first answer is late', async () => {
      toUrl(['onMessageAdded']);
      answer = () => undefined;
      const firstArrived = new Promise<void>((resolve) => (onReceived = resolve));

      say('one', BY_SDK);
      say('two', BY_SDK);
      await firstArrived;
      expect(received.map(({ form }) => form['Body'])).toEqual(['one']);
      answer = () => 200;
      clock.advance(5000);
      await engine.settled();

      expect(received.map(({ form }) => form['Body'])).toEqual(['one', 'two']);
      expect(deliveries.map(({ result }) => result.outcome)).toEqual(['timeout', 'delivered']);
    });

    it('and reports an error response', async () => {
      toUrl(['onMessageAdded']);
      answer = () => 503;

      say('hello', BY_SDK);
      await engine.settled();

      expect(deliveries.map(({ result }) => result)).toEqual([
        { outcome: 'failed', status: 503, reason: 'HTTP 503' },
      ]);
      expect(received).toHaveLength(1);
    });

    it('with the state at the time of the event, although it changed before the call', async () => {
      toUrl(['onMessageAdded']);

      const message = say('first text', BY_SDK);
      domain.messages.update(conversation, message, { body: 'second thoughts' }, BY_REST);
      await engine.settled();

      expect(received.map(({ form }) => form['Body'])).toEqual(['first text']);
    });

    it.each([
      ['https://example.com/hook'],
      ['http://127.0.0.1.example.com/'],
      ['http://localhost@example.com/'],
      ['http://10.0.0.1/'],
      ['ftp://127.0.0.1/'],
      ['nonsense'],
    ])('but never one outside this machine: %s', async (foreignUrl) => {
      toUrl(['onMessageAdded'], { url: foreignUrl });

      say('hello', BY_SDK);
      await engine.settled();

      expect(deliveries.map(({ result }) => result.outcome)).toEqual(['refused']);
    });
  });
});
