/** The transcript of an ended chat, at the site's hook: a real server, which verifies it with a library. */
import { Webhook } from 'standardwebhooks';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { twilioClient } from '../support/emulator';
import { useFunctions, type StartedChat } from '../support/functions-world';
import { Receiver } from '../support/receiver';
import { userToken } from '../support/tokens';

const SECRET = 'the hook and the Functions share it';
const USER_SECRET = 'the host site shares this secret';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

interface Sent {
  type: string;
  data: {
    conversationSid: string;
    identity: string;
    messages: { author: string; body: string; name?: string }[];
    isComplete: boolean;
  };
}

describe('transcripts', () => {
  const world = useFunctions({
    USER_TOKEN_SECRET: USER_SECRET,
    SITE_HOOK_SECRET: SECRET,
    TRANSCRIPTS: 'true',
  });
  let site: Receiver;

  beforeEach(async () => {
    site = await Receiver.start();
    world.env['SITE_HOOK_URL'] = site.url;
    await registerUrls();
  });
  afterEach(() => site.stop());

  const registerUrls = async () => {
    const twilio = twilioClient(world.emulator);
    await twilio.taskrouter.v1.workspaces(world.env['TASKROUTER_WORKSPACE_SID']!).update({
      eventCallbackUrl: `${world.functions.url}/task-events`,
      eventsFilter: 'task.canceled,task.completed,workflow.timeout',
    });
    await twilio.conversations.v1
      .services(world.env['CONVERSATIONS_SERVICE_SID']!)
      .configuration.webhooks()
      .update({
        postWebhookUrl: `${world.functions.url}/conversation-events`,
        filters: ['onConversationStateUpdated'],
        method: 'POST',
      });
  };
  const settle = async () => {
    const { webhooks, taskrouter } = world.emulator.world;
    await webhooks.settled();
    await taskrouter.eventCallbacks.settled();
    await webhooks.settled();
  };
  const aChat = async (): Promise<StartedChat> => {
    const token = userToken(USER_SECRET, { claims: { name: 'Ada', preChat: { customer: '4711' } } });
    const params = { userToken: token, preChat: { topic: 'refund' }, message: 'my order is late' };
    const { body } = await world.post<StartedChat>('/start-chat', params);
    await settle();
    return body;
  };
  const end = async ({ token, conversationSid }: StartedChat) => {
    expect((await world.post('/end-chat', { token, conversationSid })).status).toBe(200);
    await settle();
  };
  /** A copy of the event, signed as by Twilio. */
  const tellClosed = async ({ conversationSid }: StartedChat) => {
    const url = `${world.functions.url}/conversation-events`;
    const params = {
      ConversationSid: conversationSid,
      EventType: 'onConversationStateUpdated',
      StateTo: 'closed',
    };
    const signed = getExpectedTwilioSignature(world.env['AUTH_TOKEN']!, url, params);
    const headers = { 'x-twilio-signature': signed };
    const { status } = await fetch(url, { method: 'POST', body: new URLSearchParams(params), headers });
    expect(status).toBe(200);
  };
  const pass = async (minutes: number) => {
    world.emulator.world.clock.advance(minutes * MINUTE_MS);
    await settle();
  };
  const idsOf = () => site.received.map(({ headers }) => headers['webhook-id']);
  const verified = (at: number): Sent =>
    new Webhook(Buffer.from(SECRET).toString('base64')).verify(
      site.received[at]!.body,
      site.received[at]!.headers as Record<string, string>,
    ) as Sent;

  it('are sent once, signed, made from Twilio’s data, when the visitor ends the chat', async () => {
    const chat = await aChat();
    await twilioClient(world.emulator)
      .conversations.v1.services(world.env['CONVERSATIONS_SERVICE_SID']!)
      .conversations(chat.conversationSid)
      .messages.create({ author: 'system', body: 'One moment please.' });

    await end(chat);
    await pass(60);

    expect(idsOf()).toEqual([`transcript-${chat.conversationSid}`]);
    expect(verified(0)).toMatchObject({
      type: 'chat.ended',
      data: {
        conversationSid: chat.conversationSid,
        identity: chat.identity,
        verified: { friendlyName: 'Ada', customer: '4711' },
        preChat: { topic: 'refund', customer: '4711' },
        messages: [
          { index: 0, author: 'visitor', name: 'Ada', body: 'my order is late', attachments: [] },
          { index: 1, author: 'system', body: 'One moment please.' },
        ],
        isComplete: true,
      },
    });
  });

  it('are sent once when an agent ends the chat, and when a timer does', async () => {
    const chat = await aChat();
    const { taskrouter } = world.emulator.world;
    const [task] = taskrouter.tasks.list(world.env['TASKROUTER_WORKSPACE_SID']!);
    taskrouter.setReservationStatus(taskrouter.reservations.holding(task!)!, 'accepted');
    taskrouter.completeTask(task!);
    await settle();
    await end(chat);
    const quiet = await world.aChat({ message: 'hello' });
    await settle();
    await pass(25 * 60);

    expect(new Set(idsOf())).toEqual(
      new Set([`transcript-${chat.conversationSid}`, `transcript-${quiet.conversationSid}`]),
    );
    expect(idsOf()).toHaveLength(2);
  });

  it('are sent again with the same id until the hook accepts them', async () => {
    site.answer = { status: 503 };
    const chat = await aChat();
    await end(chat);
    expect(site.received).toHaveLength(1);
    await pass(9);
    expect(site.received).toHaveLength(1);

    await pass(1);
    expect(site.received).toHaveLength(2);
    site.answer = { status: 204 };
    await pass(20);
    await pass(2 * 24 * 60);

    expect(idsOf()).toEqual(Array(3).fill(`transcript-${chat.conversationSid}`));
    expect(verified(2).data.messages.map(({ body }) => body)).toEqual(['my order is late']);
  });

  it('are given up a day later, and not earlier', async () => {
    site.answer = { status: 503 };
    await end(await aChat());
    const startMs = world.emulator.world.clock.now();
    const atMs: number[] = [];
    for (let minutes = 0; minutes < 3 * 24 * 60; minutes += 10) {
      const before = site.received.length;
      await pass(10);
      if (site.received.length > before) atMs.push(world.emulator.world.clock.now() - startMs);
    }

    expect(site.received).toHaveLength(9);
    expect(atMs.at(-1)).toBeGreaterThanOrEqual(DAY_MS);
    expect(atMs.at(-1)).toBeLessThan(DAY_MS + 30 * MINUTE_MS);
    expect(new Set(idsOf()).size).toBe(1);
  });

  it('are not repeated for a hook that rejects them', async () => {
    site.answer = { status: 400 };
    await end(await aChat());
    await pass(2 * 24 * 60);

    expect(site.received).toHaveLength(1);
  });

  it('are sent once by ten events at once', async () => {
    const chat = await aChat();
    await end(chat);
    site.received.length = 0;
    const other = await aChat();
    const { conversations } = world.conversations;
    conversations.setState(world.conversation(other.conversationSid), 'closed', { source: 'EVENT' });
    await Promise.all([settle(), ...Array.from({ length: 9 }, () => tellClosed(other))]);

    expect(idsOf()).toEqual([`transcript-${other.conversationSid}`]);
  });

  it('are sent by the next try, where a call dies before it sends', async () => {
    const chat = await aChat();
    world.emulator.faults.add({ kind: 'status', status: 503, method: 'GET', path: '/Messages$', times: 99 });
    await end(chat);
    world.emulator.faults.clear();
    expect(site.received).toEqual([]);

    await pass(10);

    expect(idsOf()).toEqual([`transcript-${chat.conversationSid}`]);
  });

  it('survive a lost answer of Twilio', async () => {
    const chat = await aChat();
    world.emulator.faults.add({ kind: 'resetAfter', path: '/Messages$', times: 1 });
    world.emulator.faults.add({ kind: 'resetAfter', method: 'POST', path: '/Conversations$', times: 1 });

    await end(chat);
    await pass(60);

    expect(idsOf()).toEqual([`transcript-${chat.conversationSid}`]);
  });

  it('stay where they are without the setting, and Twilio is asked nothing more', async () => {
    world.env['TRANSCRIPTS'] = 'false';
    await end(await aChat());
    await pass(60);

    expect(site.received).toEqual([]);
  });

  it('are not sent for Conversations of other channels, and not for records with a forged name', async () => {
    const { conversations } = world.conversations;
    const service = world.env['CONVERSATIONS_SERVICE_SID']!;
    const chat = await aChat();
    for (const uniqueName of ['sms-1', `transcript-${chat.conversationSid}-1-${'x'.repeat(22)}`]) {
      const one = conversations.create(service, { uniqueName }, { source: 'EVENT' });
      conversations.setState(one, 'closed', { source: 'TIMER' });
    }
    await settle();

    expect(site.received).toEqual([]);
  });
});
