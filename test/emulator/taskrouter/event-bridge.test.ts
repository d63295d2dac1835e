/** The agent's side with the unmodified twilio-taskrouter: the actions of an agent in Flex, through Twilio's own SDK. */
import { WebSocket } from 'ws';
import { Agents, moveTo, nextEvent, nextReservation } from '../../support/agent';
import { twilioClient, useEmulator } from '../../support/emulator';
import { accessToken } from '../../support/tokens';
import { aChat, identitiesIn, stateOf } from '../flex/support';

const GRACE = 'grace_40example_2Ecom';

describe('An agent with twilio-taskrouter', () => {
  const emulator = useEmulator();
  const agents = new Agents(emulator);
  const client = () => twilioClient(emulator());
  const workspace = () => client().taskrouter.v1.workspaces(emulator().account.workspaceSid);
  const aTask = (attributes: object = {}) =>
    workspace().tasks.create({ taskChannel: 'chat', attributes: JSON.stringify(attributes) });
  const advanceSeconds = (seconds: number) => emulator().world.clock.advance(seconds * 1000);
  const tunnel = (body: unknown) =>
    fetch(`${emulator().url}/event-bridge.twilio.com/v1/wschannels`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  afterEach(() => agents.disconnect());

  it('has the identity of the token, with Activities and the capacity of each channel', async () => {
    const agent = await agents.connect();

    expect(agent).toMatchObject({ name: 'grace@example.com', activity: { name: 'Available' } });
    expect(agent.attributes).toMatchObject({ full_name: 'Grace', contact_uri: `client:${GRACE}` });
    expect([...agent.activities.values()].map(({ name }) => name)).toEqual([
      'Offline',
      'Available',
      'Unavailable',
      'Break',
    ]);
    const rooms = [...agent.channels.values()].map((one) => [one.taskChannelUniqueName, one.capacity]);
    expect(rooms).toEqual([
      ['default', 1],
      ['chat', 3],
    ]);
  });

  it('accepts, joins the Conversation, wraps up and completes, and every step is an event', async () => {
    const agent = await agents.connect();
    const created = nextReservation(agent);
    const chat = await aChat(emulator(), client(), { friendlyName: 'Ada L.' });
    await chat.says('hello');
    const reservation = await created;
    const reported: string[] = [];
    for (const name of ['accepted', 'wrapup', 'completed'] as const) {
      reservation.on(name, () => reported.push(`reservation ${name}`));
    }
    for (const name of ['updated', 'wrapup', 'completed'] as const) {
      reservation.task.on(name, () => reported.push(`task ${name}`));
    }

    await reservation.accept();
    expect(await identitiesIn(client(), chat.conversationSid)).toEqual(['visitor-1', GRACE]);
    await reservation.task.setAttributes({ ...reservation.task.attributes, isVip: true });
    await reservation.task.wrapUp({ reason: 'has said goodbye' });
    const completed = nextEvent(reservation, 'completed');
    await reservation.task.complete('done');
    await completed;

    expect(reported).toEqual([
      'reservation accepted',
      'task updated',
      'task wrapup',
      'reservation wrapup',
      'task completed',
      'reservation completed',
    ]);
    expect(reservation.task).toMatchObject({ status: 'completed', reason: 'done' });
    expect(reservation.task.attributes).toMatchObject({ customerName: 'Ada L.', isVip: true });
    expect(await stateOf(client(), chat.conversationSid)).toBe('closed');
    expect(agent.reservations.size).toBe(0);
  });

  it('rejects, and the Task goes to the next agent', async () => {
    const { workers } = emulator().account;
    const [grace, linus] = [await agents.connect(), await agents.connect(workers[1])];
    await moveTo(linus, 'Available');
    const first = nextReservation(grace);
    const task = await aTask();
    const second = nextReservation(linus);

    const mine = await first;
    const rejected = nextEvent(mine, 'rejected');
    await mine.reject();
    await rejected;

    expect((await second).task.sid).toBe(task.sid);
    expect(grace.reservations.size).toBe(0);
  });

  it('loses a Reservation that is not answered in time, and is offered the Task again', async () => {
    const agent = await agents.connect();
    const created = nextReservation(agent);
    const task = await aTask();
    const reservation = await created;
    expect(reservation.timeout).toBe(120);
    const timedOut = nextEvent(reservation, 'timeout');
    const again = nextReservation(agent);

    advanceSeconds(121);
    await timedOut;
    advanceSeconds(1);

    expect((await again).task.sid).toBe(task.sid);
  });

  it('gets an event for a Task that is canceled before it is accepted', async () => {
    const agent = await agents.connect();
    const created = nextReservation(agent);
    const task = await aTask();
    const reservation = await created;
    const canceled = nextEvent(reservation, 'canceled');

    await workspace().tasks(task.sid).update({ assignmentStatus: 'canceled', reason: 'gone' });

    await canceled;
    expect(agent.reservations.size).toBe(0);
  });

  it('reconnects after a broken connection, and gets the Reservation that was created in the meantime', async () => {
    const agent = await agents.connect();
    const disconnected = nextEvent(agent, 'disconnected');
    const ready = nextEvent(agent, 'ready');

    expect(emulator().world.eventBridge.drop(agent.sid)).toBe(1);
    await disconnected;
    const task = await aTask();
    await ready;

    expect([...agent.reservations.values()].map((one) => [one.task.sid, one.status])).toEqual([
      [task.sid, 'pending'],
    ]);
  });

  it('gets no more chats than its capacity, and sees its capacity', async () => {
    const agent = await agents.connect();
    const chatChannel = [...agent.channels.values()].find((one) => one.taskChannelUniqueName === 'chat')!;
    const rooms: number[] = [];
    chatChannel.on('capacityUpdated', (channel) => rooms.push(channel.availableCapacityPercentage));
    for (let count = 0; count < 3; count++) await aTask();
    const waiting = await aTask();
    expect((await workspace().tasks(waiting.sid).fetch()).assignmentStatus).toBe('pending');
    const reservations = [...agent.reservations.values()];
    expect(reservations).toHaveLength(3);
    expect(chatChannel).toMatchObject({ assignedTasks: 3, availableCapacityPercentage: 0 });

    const next = nextReservation(agent);
    await reservations[0]!.accept();
    await reservations[0]!.task.complete('done');

    expect((await next).task.sid).toBe(waiting.sid);
    // 3, 2, 1 places taken; one accepted; one freed, and taken again
    expect(rooms).toEqual([67, 33, 0, 0, 33, 0]);
  });

  it('gets events when its channels change', async () => {
    const agent = await agents.connect();
    const channel = [...agent.channels.values()].find((one) => one.taskChannelUniqueName === 'chat')!;
    const [larger, closed] = [
      nextEvent(channel, 'capacityUpdated'),
      nextEvent(channel, 'availabilityUpdated'),
    ];

    await workspace()
      .workers(agent.sid)
      .workerChannels(channel.sid)
      .update({ capacity: 5, available: false });
    await Promise.all([larger, closed]);

    expect(channel).toMatchObject({ capacity: 5, available: false });
  });

  it('moves to another Activity, rejects what is pending, and changes its attributes', async () => {
    const agent = await agents.connect();
    const created = nextReservation(agent);
    const task = await aTask();
    const reservation = await created;
    const rejected = nextEvent(reservation, 'rejected');
    const offline = [...agent.activities.values()].find(({ name }) => name === 'Offline')!;

    await offline.setAsCurrent({ rejectPendingReservations: true });
    await rejected;
    await agent.setAttributes({ full_name: 'Grace H.' });

    expect(agent).toMatchObject({ available: false, attributes: { full_name: 'Grace H.' } });
    expect((await workspace().tasks(task.sid).fetch()).assignmentStatus).toBe('pending');
  });

  it('sends versions on request, and an outdated version is rejected', async () => {
    const agent = await agents.connect(undefined, { enableVersionCheck: true });
    const created = nextReservation(agent);
    const task = await aTask();
    const reservation = await created;
    await reservation.accept();
    // Changed without an event for the agent.
    emulator().world.taskrouter.tasks.get(task.sid)!.version += 1;

    await expect(reservation.task.complete('done')).rejects.toThrow(/412/);
    await reservation.task.fetchLatestVersion();
    await reservation.task.complete('done');
    expect((await workspace().tasks(task.sid).fetch()).assignmentStatus).toBe('completed');
  });

  it('creates a Task for itself', async () => {
    const { workflowSid, taskQueueSid } = emulator().account;
    const agent = await agents.connect();
    const created = nextReservation(agent);

    const taskSid = await agent.createTask('+15550100', '+15550101', workflowSid, taskQueueSid, {
      attributes: { reason: 'callback' },
      taskChannelUniqueName: 'chat',
    });

    expect((await created).task).toMatchObject({
      sid: taskSid,
      attributes: { reason: 'callback', outbound_to: '+15550100' },
    });
  });

  it('lists Workers and TaskQueues, whole, by name, in pages and in order', async () => {
    for (let count = 0; count < 4; count++) {
      await workspace().taskQueues.create({ friendlyName: `Queue ${count}` });
    }
    const directory = agents.workspace();
    const names = async (params: object) =>
      [...(await directory.fetchWorkersInfo(params)).values()].map(({ name }) => name);

    expect(await names({})).toEqual(['grace@example.com', 'linus@example.com', 'hedy@example.com']);
    expect(await names({ ActivityName: 'Available' })).toEqual(['grace@example.com']);
    expect(await names({ TargetWorkersExpression: 'full_name == "Linus"' })).toEqual(['linus@example.com']);
    expect((await directory.fetchTaskQueues({ Ordering: 'DateUpdated:desc' })).size).toBe(5);
    const [page, next] = await pagesOfQueues();
    expect([page.contents.length, page.after_sid]).toEqual([2, page.contents[1]!.sid]);
    expect(next.contents[0]!.sid).not.toBe(page.contents[0]!.sid);
  });

  interface Page {
    contents: { sid: string }[];
    after_sid: string | null;
  }
  async function pagesOfQueues(): Promise<[Page, Page]> {
    const ask = async (params: object): Promise<Page> => {
      const url = `Workspaces/${emulator().account.workspaceSid}/TaskQueues`;
      const response = await tunnel({ url, method: 'GET', params, token: agents.token() });
      return ((await response.json()) as { payload: Page }).payload;
    };
    const first = await ask({ PageSize: 2 });
    return [first, await ask({ PageSize: 2, AfterSid: first.after_sid })];
  }

  it('replaces its other session on request', async () => {
    const first = await agents.connect();
    const left = nextEvent(first, 'disconnected');

    await agents.connect(undefined, { closeExistingSessions: true });

    await left;
  });

  it('is disconnected when its token has expired, and continues with a new one', async () => {
    const agent = await agents.connect();
    const disconnected = nextEvent(agent, 'disconnected');

    advanceSeconds(3601);
    await disconnected;
    const ready = nextEvent(agent, 'ready');
    agent.updateToken(agents.token());

    await ready;
  });

  it.each([
    [
      'no TaskRouter grant',
      (env: Record<string, string>) => accessToken(env),
      '20106 Invalid Access Token grants',
    ],
    ['another signature', (env: Record<string, string>) => accessToken(env, { secret: 'wrong' }), '20107'],
    ['no token', () => '', '20101'],
    [
      'a Worker that does not exist',
      (env: Record<string, string>) =>
        accessToken(env, {
          identity: 'x',
          grants: {
            task_router: {
              workspace_sid: emulator().account.workspaceSid,
              worker_sid: `WK${'0'.repeat(32)}`,
            },
          },
        }),
      '20106',
    ],
  ])('rejects %s, on the socket and in the tunnel, and continues', async (_case, makeToken, reason) => {
    const { account, url } = emulator();
    const token = makeToken({
      ACCOUNT_SID: account.accountSid,
      TWILIO_API_KEY_SID: account.apiKeySid,
      TWILIO_API_KEY_SECRET: account.apiKeySecret,
      CONVERSATIONS_SERVICE_SID: account.conversationsServiceSid,
    });

    const address = `${url.replace('http', 'ws')}/event-bridge.twilio.com/v1/wschannels?token=${token}`;
    const closed = await new Promise<[number, string]>((resolve) =>
      new WebSocket(address).on('close', (code, text) => resolve([code, String(text)])),
    );
    const response = await tunnel({ url: 'Workspaces/x/Activities', method: 'GET', params: {}, token });

    expect(closed).toEqual([1008, expect.stringContaining(reason)]);
    expect(response.status).toBe(401);
    expect(await agents.connect()).toMatchObject({ name: 'grace@example.com' });
  });

  it('reports clearly what it does not serve, and what is invalid', async () => {
    const { workspaceSid, workers } = emulator().account;
    const ask = async (request: object) => {
      const response = await tunnel({ method: 'POST', params: {}, token: agents.token(), ...request });
      return [response.status, ((await response.json()) as { message: string }).message];
    };
    const worker = `Workspaces/${workspaceSid}/Workers/${workers[0].sid}`;

    expect(await ask({ url: `${worker}/CustomerParticipant` })).toEqual([
      501,
      `The emulator does not serve POST ${worker}/CustomerParticipant`,
    ]);
    const task = await aTask();
    const [reservation] = await workspace().tasks(task.sid).reservations.list();
    const params = { Instruction: 'conference' };
    expect(await ask({ url: `${worker}/Reservations/${reservation!.sid}`, params })).toEqual([
      501,
      expect.stringContaining('Instruction'),
    ]);
    expect(await ask({ url: `Workspaces/WS${'0'.repeat(32)}/Workers`, method: 'GET' })).toEqual([
      404,
      expect.anything(),
    ]);
    for (const body of ['', '{', '[]', '{"url":1}', 'null']) expect((await tunnel(body)).status).toBe(400);
  });
});
