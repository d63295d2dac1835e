/** Events from Twilio: it calls /task-events and /conversation-events, signed, over HTTP. */
import { createHmac } from 'node:crypto';
import { twilioClient } from '../support/emulator';
import { PROTECTED_PATHS } from '../support/functions';
import { failureOf, useFunctions } from '../support/functions-world';

const SORRY = 'No agent is available at the moment.';
const HOUR_MS = 3_600_000;

const world = useFunctions({ UNANSWERED_MESSAGE: SORRY });

const taskrouter = () => world.emulator.world.taskrouter;
const messagesOf = (conversationSid: string) =>
  world.conversations.messages
    .ofConversation(conversationSid)
    .map(({ author, body }) => `${author}: ${body}`);
const settle = async () => {
  const { webhooks, taskrouter: router } = world.emulator.world;
  await webhooks.settled();
  await router.eventCallbacks.settled();
};

/** The URLs that `provision` registers. */
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

/** A chat whose first message has reached Flex. */
const aChatInFlex = async () => {
  const chat = await world.aChat({ message: 'hello', messageId: 'm-1' });
  await settle();
  const [task] = taskrouter().tasks.list(world.env['TASKROUTER_WORKSPACE_SID']!);
  return { ...chat, task: task! };
};
const accept = (task: { sid: string }) => {
  const reservation = taskrouter().reservations.holding(taskrouter().tasks.get(task.sid)!)!;
  taskrouter().setReservationStatus(reservation, 'accepted');
};

/** A signed call as from Twilio, made by the test. */
const sendEvent = (
  path: string,
  params: Record<string, string>,
  { authToken = world.env['AUTH_TOKEN']! } = {},
) => {
  const url = world.functions.url + path;
  const signed = Object.keys(params)
    .sort()
    .reduce((text, key) => text + key + params[key], url);
  const signature = createHmac('sha1', authToken).update(signed).digest('base64');
  return postForm(path, params, { 'x-twilio-signature': signature });
};
const postForm = async (path: string, params: Record<string, string>, headers: Record<string, string>) => {
  const response = await fetch(world.functions.url + path, {
    method: 'POST',
    body: new URLSearchParams(params),
    headers,
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as object };
};

describe('without an agent', () => {
  beforeEach(registerUrls);

  it('the visitor gets a message and the Conversation is closed, at the end of the Task', async () => {
    const { conversationSid, task } = await aChatInFlex();

    world.emulator.world.clock.advance((task.timeoutSeconds + 1) * 1000);
    await settle();

    expect(task.assignmentStatus).toBe('canceled');
    expect(messagesOf(conversationSid).at(-1)).toBe(`system: ${SORRY}`);
    expect(world.conversation(conversationSid).state).toBe('closed');
  });

  it('the Conversation can stay open, for another try', async () => {
    world.env['UNANSWERED_CLOSES'] = 'false';
    const { token, conversationSid, task } = await aChatInFlex();

    taskrouter().cancelTask(task, 'by a supervisor');
    await settle();
    expect(world.conversation(conversationSid).state).toBe('active');
    // The channel first: a reply to the message must be able to reach an agent.
    const written = world.emulator.journal.entries.filter(({ method }) => method === 'POST');
    const [last, beforeLast] = written.map(({ path }) => path.split('/').at(-1)).reverse();
    expect(last).toBe('Messages');
    expect(beforeLast).toMatch(/^UO/);
    await world.post('/send-message', { token, conversationSid, body: 'still there?' });
    await settle();

    const live = taskrouter()
      .tasks.list(world.env['TASKROUTER_WORKSPACE_SID']!)
      .filter(({ assignmentStatus }) => assignmentStatus !== 'canceled');
    expect(live.map(({ attributes }) => JSON.parse(attributes).conversationSid)).toEqual([conversationSid]);
  });

  it('no message is sent if none is configured', async () => {
    delete world.env['UNANSWERED_MESSAGE'];
    const { conversationSid, task } = await aChatInFlex();
    const before = messagesOf(conversationSid);

    taskrouter().cancelTask(task, 'by a supervisor');
    await settle();

    expect(messagesOf(conversationSid)).toEqual(before);
    expect(world.conversation(conversationSid).state).toBe('closed');
  });

  it('the visitor gets one message, for any number of events of either type', async () => {
    world.env['UNANSWERED_CLOSES'] = 'false';
    const { conversationSid, task } = await aChatInFlex();
    taskrouter().cancelTask(task, 'by a supervisor');
    await settle();
    const event = { TaskSid: task.sid, TaskAttributes: task.attributes };

    const answers = [
      await sendEvent('/task-events', { ...event, EventType: 'workflow.timeout' }),
      ...(await Promise.all([
        sendEvent('/task-events', { ...event, EventType: 'task.canceled' }),
        sendEvent('/task-events', { ...event, EventType: 'task.canceled' }),
      ])),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(messagesOf(conversationSid).filter((line) => line.includes(SORRY))).toHaveLength(1);
  });

  it("the system's message does not start the Flow again", async () => {
    world.env['UNANSWERED_CLOSES'] = 'false';
    const { task } = await aChatInFlex();

    world.takeCalls();
    taskrouter().cancelTask(task, 'by a supervisor');
    await settle();

    const { entries } = world.emulator.world.journal;
    const said = entries.find(({ method, path }) => method === 'POST' && path.endsWith('/Messages'))!;
    expect(said.form).toMatchObject({ Author: 'system', Body: SORRY });
    expect(said.headers).not.toHaveProperty('x-twilio-webhook-enabled');
  });

  it('an unanswered transfer does not end the chat with the present agent', async () => {
    const { conversationSid, task } = await aChatInFlex();
    accept(task);
    const transfer = taskrouter().createTask(task.workspaceSid, { attributes: task.attributes });

    taskrouter().cancelTask(transfer, 'no agent accepted');
    await settle();

    expect(world.conversation(conversationSid).state).toBe('active');
    expect(messagesOf(conversationSid).filter((line) => line.includes(SORRY))).toEqual([]);
  });

  it('a visitor who has ended the chat gets no message', async () => {
    const { token, conversationSid, task } = await aChatInFlex();

    await world.post('/end-chat', { token, conversationSid });
    await settle();

    expect(task.assignmentStatus).toBe('canceled');
    expect(messagesOf(conversationSid).filter((line) => line.includes(SORRY))).toEqual([]);
  });

  it('a Task of another channel is ignored', async () => {
    const call = taskrouter().createTask(world.env['TASKROUTER_WORKSPACE_SID']!, {
      attributes: '{"type":"call"}',
    });
    world.takeCalls();

    taskrouter().cancelTask(call, 'hung up');
    await settle();

    expect(world.takeCalls()).toEqual([]);
  });
});

describe('when an agent has finished', () => {
  beforeEach(registerUrls);

  it('nothing is left open', async () => {
    const { conversationSid, task } = await aChatInFlex();
    accept(task);

    taskrouter().completeTask(task);
    await settle();

    expect(world.conversation(conversationSid).state).toBe('closed');
    expect(messagesOf(conversationSid).filter((line) => line.includes(SORRY))).toEqual([]);
  });

  it('a Conversation that Flex left open is closed', async () => {
    const { conversationSid, task } = await aChatInFlex();
    const { flex } = world.emulator.world;
    const other = await world.aChat();
    const { flexInteractionChannelSid } = JSON.parse(task.attributes) as Record<string, string>;
    flex.agents.closeChannel(flex.interactions.channel(flexInteractionChannelSid!)!, true);
    const attributes = JSON.stringify({
      ...(JSON.parse(task.attributes) as object),
      conversationSid: other.conversationSid,
    });

    await sendEvent('/task-events', {
      EventType: 'task.completed',
      TaskSid: task.sid,
      TaskAttributes: attributes,
    });

    expect(world.conversation(other.conversationSid).state).toBe('closed');
    expect(conversationSid).not.toBe(other.conversationSid);
  });

  it('a parked Conversation stays open', async () => {
    const { conversationSid, task } = await aChatInFlex();
    accept(task);
    const { flex } = world.emulator.world;

    flex.agents.closeParticipant(flex.interactions.participantOfTask(task.sid)!);
    await settle();

    expect(task.assignmentStatus).toBe('completed');
    expect(world.conversation(conversationSid).state).toBe('active');
  });
});

describe('timers', () => {
  beforeEach(registerUrls);

  it('turn a quiet Conversation inactive and then close it', async () => {
    const chat = await world.aChat();
    const { clock } = world.emulator.world;

    clock.advance(HOUR_MS + 1000);
    expect(world.conversation(chat.conversationSid).state).toBe('inactive');
    clock.advance(24 * HOUR_MS);

    expect(world.conversation(chat.conversationSid).state).toBe('closed');
  });

  it('end the Task of a closed Conversation', async () => {
    const { conversationSid, task } = await aChatInFlex();
    accept(task);

    // The emulator's Flex ends the Task by itself; Twilio's behaviour is not documented, so the test sends the event.
    const answer = await sendEvent('/conversation-events', {
      EventType: 'onConversationStateUpdated',
      ConversationSid: conversationSid,
      StateFrom: 'inactive',
      StateTo: 'closed',
      Reason: 'TIMER',
    });

    expect(answer.status).toBe(200);
    expect(task.assignmentStatus).toBe('wrapping');
  });

  it("reach /conversation-events as Twilio's events", async () => {
    const { conversationSid, task } = await aChatInFlex();
    accept(task);
    world.takeLog();

    world.emulator.world.clock.advance(26 * HOUR_MS);
    await settle();

    expect(world.conversation(conversationSid).state).toBe('closed');
    const logged = world.takeLog().filter(({ function: path }) => path === '/conversation-events');
    expect(logged.map(({ status, state, reason }) => ({ status, state, reason }))).toEqual([
      { status: 200, state: 'inactive', reason: 'TIMER' },
      { status: 200, state: 'closed', reason: 'TIMER' },
    ]);
  });
});

describe('a customer who writes by SMS, to the same Flex,', () => {
  const anSmsChat = () => {
    const service = world.env['CONVERSATIONS_SERVICE_SID']!;
    const { sid } = world.conversations.conversations.create(service, {}, { source: 'EVENT' });
    const task = taskrouter().createTask(world.env['TASKROUTER_WORKSPACE_SID']!, {
      attributes: JSON.stringify({ channelType: 'sms', conversationSid: sid }),
    });
    return { conversationSid: sid, task, inspect: `GET /v1/Services/${service}/Conversations/${sid}` };
  };

  it.each(['task.canceled', 'workflow.timeout', 'task.completed'])(
    'gets no message and continues at %s',
    async (eventType) => {
      const { conversationSid, task, inspect } = anSmsChat();
      const event = { EventType: eventType, TaskSid: task.sid };
      const attributes = {
        ...(JSON.parse(task.attributes) as object),
        flexInteractionSid: `KD${'0'.repeat(32)}`,
        flexInteractionChannelSid: `UO${'0'.repeat(32)}`,
      };

      await sendEvent('/task-events', { ...event, TaskAttributes: JSON.stringify(attributes) });

      expect(world.takeCalls()).toEqual([inspect]);
      expect(messagesOf(conversationSid)).toEqual([]);
      expect(world.conversation(conversationSid).state).toBe('active');
    },
  );

  it('keeps the Task when the Conversation is closed', async () => {
    const { conversationSid, inspect } = anSmsChat();

    await sendEvent('/conversation-events', {
      EventType: 'onConversationStateUpdated',
      ConversationSid: conversationSid,
      StateTo: 'closed',
    });

    expect(world.takeCalls()).toEqual([inspect]);
  });
});

describe.each(PROTECTED_PATHS)('%s', (path) => {
  it.each([
    ['no signature', {}],
    ["another program's signature", { 'x-twilio-signature': 'bm90IHR3aWxpbw==' }],
  ])('rejects %s, and makes no call to Twilio', async (_name, headers) => {
    const answer = await postForm(path, { EventType: 'task.canceled' }, headers);

    expect(failureOf(answer)).toBe('403 invalid_signature');
    expect(world.takeCalls()).toEqual([]);
  });

  it('rejects a signature of another key', async () => {
    const answer = await sendEvent(path, { EventType: 'x' }, { authToken: 'f'.repeat(32) });

    expect(failureOf(answer)).toBe('403 invalid_signature');
  });

  it('rejects a parameter that was added to a signed call', async () => {
    const url = world.functions.url + path;
    const signature = createHmac('sha1', world.env['AUTH_TOKEN']!)
      .update(`${url}EventTypex`)
      .digest('base64');

    const answer = await postForm(
      path,
      { EventType: 'x', ConversationSid: 'y' },
      { 'x-twilio-signature': signature },
    );

    expect(failureOf(answer)).toBe('403 invalid_signature');
  });

  it('accepts unknown events, and ignores them', async () => {
    const answer = await sendEvent(path, { EventType: 'worker.activity.update', Ünknown: 'ja' });

    expect(answer).toMatchObject({ status: 200, body: {} });
    expect(world.takeCalls()).toEqual([]);
  });
});
