/** The Sync subscriptions behind every event: created, renewed, rejected, replayed in parts, and never delivered twice. */
import { once } from 'node:events';
import type { Message } from '@twilio/conversations';
import WebSocket from 'ws';
import { SYSTEM } from '../../../../emulator/conversations/model';
import { decodeFrame, encodeFrame } from '../../../../emulator/realtime/twilsock/frames';
import { bodies, collect, next, nextMessage, numbered } from '../events';
import { ChatWorld, SDK_PACKAGES } from '../sdk';

describe.each(SDK_PACKAGES)('the subscriptions of the SDK %s', (_version, sdkPackage) => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterEach(() => chat.stop());

  async function aReadyClient() {
    const conversation = chat.aConversation(['ada', 'bob']);
    const client = await chat.connect('ada');
    const view = await chat.joined(client, conversation);
    return { conversation, client, view };
  }

  const subscribing = () =>
    next<{ path: string }>(
      chat.realtime.events,
      'requestHandled',
      ({ path }) => path === '/v4/Subscriptions',
    );

  it('deliver a removal once, however often the client reconnects', async () => {
    const { conversation, client } = await aReadyClient();
    const known = nextMessage(client, 'two');
    const records = ['one', 'two'].map((body) => chat.say(conversation, 'bob', body));
    await known;
    const removals = collect<Message, number>(client, 'messageRemoved', ({ index }) => index);
    const comeBack = async (): Promise<void> => {
      const again = subscribing();
      chat.realtime.drop('ada');
      await again;
    };
    const remove = async (index: number): Promise<void> => {
      const reported = next(client, 'messageRemoved');
      chat.domain.messages.remove(conversation, records[index]!, SYSTEM);
      await reported;
    };

    await remove(0);
    await comeBack();
    chat.realtime.drop('ada');
    await remove(1);
    await comeBack();
    const last = nextMessage(client, 'last');
    chat.say(conversation, 'bob', 'last');
    await last;

    expect(removals).toEqual([0, 1]);
  });

  it('continue an interrupted replay until the client has every event, in order', async () => {
    const { conversation, client } = await aReadyClient();
    chat.realtime.settings.replayChunk = 5;
    const received = collect<{ body: string }, string>(client, 'messageAdded', ({ body }) => body);
    const missed = numbered(12);
    const last = nextMessage(client, missed.at(-1)!);

    chat.realtime.drop('ada');
    for (const body of missed) chat.say(conversation, 'bob', body);
    await last;

    expect(received).toEqual(missed);
  });

  it('are renewed when they expire, and continue', async () => {
    chat.realtime.settings.subscriptionTtlSeconds = 0.5;
    const { conversation, client } = await aReadyClient();

    await subscribing();
    const later = nextMessage(client, 'still following');
    chat.say(conversation, 'bob', 'still following');
    await later;
  });

  it('are requested again if they were not confirmed', async () => {
    Object.assign(chat.realtime.settings, { dropEstablished: 100, estimatedDeliveryMs: 100 });
    const { conversation, client } = await aReadyClient();
    chat.realtime.settings.dropEstablished = 0;

    const arrived = nextMessage(client, 'hello');
    chat.say(conversation, 'bob', 'hello');

    await arrived;
  });

  it('that are rejected leave the client without messages, but connected', async () => {
    chat.realtime.settings.failSubscriptions = { objectType: 'list', status: 403 };
    chat.realtime.settings.holdSendsMs = 50;
    const conversation = chat.aConversation(['ada', 'bob']);
    const client = await chat.connect('ada');
    const received = collect(client, 'messageAdded', () => 'added');
    const view = await client.getConversationBySid(conversation.sid);
    const renamed = next(client, 'conversationUpdated');

    await view.sendMessage('hello');
    await renamed;

    expect(received).toEqual([]);
    expect(bodies(await view.getMessages())).toEqual(['hello']);
  });

  it('that fail with 404 remove the Conversation from the client', async () => {
    chat.realtime.settings.failSubscriptions = { objectType: 'document', status: 404 };
    const conversation = chat.aConversation(['ada']);
    const client = chat.newClient(chat.token('ada'));

    const removed = await next<{ sid: string }>(client, 'conversationRemoved');

    expect(removed.sid).toBe(conversation.sid);
  });

  it('wait for a slow network, as does every answer', async () => {
    const { view } = await aReadyClient();
    chat.realtime.settings.latencyMs = 200;
    const started = performance.now();

    await view.getMessagesCount();

    // Timers may fire a millisecond early.
    expect(performance.now() - started).toBeGreaterThanOrEqual(199);
  });
});

// Without the SDK, which hides a second removal of an object that it no longer has.
describe('a replay on the wire', () => {
  let chat: ChatWorld;
  let socket: WebSocket;

  beforeEach(async () => {
    chat = await ChatWorld.start('@twilio/conversations');
    socket = new WebSocket(`${chat.emulator.url.replace('http', 'ws')}/v3/wsconnect`);
    await once(socket, 'open');
    const ready = once(socket, 'message');
    socket.send(encodeFrame({ id: 'TM0', method: 'init', token: chat.token('ada') }));
    await ready;
  });
  afterEach(async () => {
    socket.terminate();
    await chat.stop();
  });

  /** The types of the events that this subscription delivers, in order, up to its confirmation. */
  async function replayAfter(objectSid: string, lastEventId: number): Promise<string[]> {
    const types: string[] = [];
    const established = new Promise<void>((resolve) =>
      socket.on('message', (data: Buffer) => {
        const { header, payload } = decodeFrame(data);
        if (header.method !== 'notification') return;
        types.push((JSON.parse(payload.toString()) as { event_type: string }).event_type);
        if (types.at(-1) === 'subscription_established') resolve();
      }),
    );
    const http_request = { host: 'cds.us1.twilio.com', path: '/v4/Subscriptions', method: 'POST' };
    const request = { object_sid: objectSid, object_type: 'list', last_event_id: lastEventId };
    const body = { action: 'establish', correlation_id: 1, requests: [request] };
    socket.send(encodeFrame({ id: 'TM1', method: 'message', http_request }, body));
    await established;
    return types;
  }

  it.each([
    ['once if it was missed', 1, ['list_item_removed', 'subscription_established']],
    ['not again if it was the last delivered event', 0, ['subscription_established']],
  ])('delivers a removal %s', async (_case, missed, types) => {
    const conversation = chat.aConversation(['ada']);
    chat.domain.messages.remove(conversation, chat.say(conversation, 'ada', 'gone'), SYSTEM);
    const { sid, lastEventId } = chat.realtime.projection.messagesOf(conversation);

    expect(await replayAfter(sid, lastEventId - missed)).toEqual(types);
  });
});
