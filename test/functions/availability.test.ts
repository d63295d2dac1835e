/** What a visitor can know before the first message, and while it waits. */
import { failureOf, useFunctions, type StartedChat } from '../support/functions-world';

const world = useFunctions({ AVAILABILITY_SECONDS: '0' });
const availability = async () => (await world.post('/availability', {})).body;
const taskRouter = () => world.emulator.world.taskrouter;
const grace = () => taskRouter().workers.get(world.emulator.account.workers[0].sid)!;
const advance = (seconds: number) => world.emulator.world.clock.advance(seconds * 1000);
const STATISTICS = /\/TaskQueues\/WQ\w+\/RealTimeStatistics$/;

function move(activityName: string): void {
  const { activities } = taskRouter().workspaces;
  const activity = activities.all().find(({ friendlyName }) => friendlyName === activityName)!;
  taskRouter().updateWorker(grace(), { activitySid: activity.sid });
}

/** The chat's Task waits. */
async function aWaitingChat(): Promise<StartedChat> {
  const chat = await world.aChat({ message: 'hello', messageId: 'm-1' });
  await world.emulator.world.webhooks.settled();
  return chat;
}

describe('POST /availability', () => {
  it('is one call to Twilio, without a token', async () => {
    expect(await availability()).toEqual({
      isOpen: true,
      agentsAvailable: true,
      waitMinutes: 0,
      leaveMessage: true,
    });
    expect(world.takeCalls()).toEqual([expect.stringMatching(STATISTICS)]);
  });

  it('is no call while an answer is kept', async () => {
    await availability();
    world.takeCalls();
    world.env['AVAILABILITY_SECONDS'] = '300';
    move('Offline');

    const answers = await Promise.all([availability(), availability(), availability()]);

    expect(answers.map(({ agentsAvailable }) => agentsAvailable)).toEqual([true, true, true]);
    expect(world.takeCalls()).toEqual([]);
  });

  it('says that no agent is there', async () => {
    move('Offline');
    expect(await availability()).toEqual({ isOpen: true, agentsAvailable: false, leaveMessage: true });
  });

  it.each([
    [20, 1],
    [61, 2],
    [9 * 60, 10],
    [16 * 60, 30],
    [50 * 60, 60],
  ])('after %i seconds of the longest wait, %i minutes are to be expected', async (seconds, minutes) => {
    move('Offline');
    await aWaitingChat();
    advance(seconds);
    move('Available');

    expect(await availability()).toMatchObject({ agentsAvailable: true, waitMinutes: minutes });
  });

  it('takes no left message for a waiting visitor', async () => {
    const { token } = await world.aVisitor();
    move('Offline');
    const letter = { friendlyName: 'Ada', contact: 'ada@example.com', message: 'hello', messageId: 'm-1' };
    await world.post('/leave-message', { token, ...letter });
    advance(600);
    move('Available');

    expect(await availability()).toMatchObject({ waitMinutes: 0 });
  });

  it('knows the next opening, and calls nothing outside the hours', async () => {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    world.env['OPERATING_HOURS'] = 'Mo-Su 09:00-17:00';
    world.env['OPERATING_HOLIDAYS'] = [day(-1), day(0), day(1)].join(',');
    world.takeCalls();

    expect(await availability()).toEqual({
      isOpen: false,
      opensAt: `${day(2)}T09:00:00Z`,
      leaveMessage: true,
    });
    expect(world.takeCalls()).toEqual([]);
  });

  it('knows only the hours without a TaskQueue', async () => {
    delete world.env['TASKROUTER_TASK_QUEUE_SID'];
    delete world.env['LEAVE_MESSAGE_TO'];
    expect(await availability()).toEqual({ isOpen: true, leaveMessage: false });
    expect(world.takeCalls()).toEqual([]);
  });

  it.each([
    ['refuses', { kind: 'status', status: 403 }],
    ['fails', { kind: 'status', status: 503 }],
    ['hangs', { kind: 'hang' }],
    ['cuts the connection', { kind: 'resetBefore' }],
  ] as const)('knows only the hours while Twilio %s, after one call', async (_what, fault) => {
    world.takeCalls();
    world.emulator.faults.add(fault);
    const beganMs = performance.now();

    expect(await availability()).toEqual({ isOpen: true, leaveMessage: true });
    expect(performance.now() - beganMs).toBeLessThan(3000);
    expect(world.takeCalls()).toHaveLength(1);
  });

  it('is for the pages of the site', async () => {
    world.env['ALLOWED_ORIGINS'] = 'https://shop.example';
    const from = (origin: string) => world.post('/availability', {}, { origin });

    const { status, headers } = await from('https://shop.example');
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, 'https://shop.example']);
    world.takeCalls();
    expect(failureOf(await from('https://evil.example'))).toBe('403 origin_not_allowed');
    const withoutOrigin = await fetch(`${world.functions.url}/availability`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(withoutOrigin.status).toBe(403);
    expect(world.takeCalls()).toEqual([]);
  });
});

describe('POST /queue-position', () => {
  const position = async ({ token }: { token: string }) =>
    (await world.post('/queue-position', { token })).body['position'];

  it('counts the visitors who came before', async () => {
    move('Offline');
    const [first, second] = [await aWaitingChat(), await aWaitingChat()];
    world.takeCalls();

    expect([await position(first), await position(second)]).toEqual([1, 2]);
    expect(world.takeCalls()).toHaveLength(2);
    expect(await position(await world.aVisitor())).toBeUndefined();
  });

  it('is one list for all', async () => {
    move('Offline');
    const [first, second] = [await aWaitingChat(), await aWaitingChat()];
    await position(first);
    world.takeCalls();
    world.env['AVAILABILITY_SECONDS'] = '300';

    expect(await Promise.all([position(first), position(second)])).toEqual([1, 2]);
    expect(world.takeCalls()).toEqual([]);
  });

  it('moves up when an agent accepts', async () => {
    move('Offline');
    const [first, second] = [await aWaitingChat(), await aWaitingChat()];
    move('Available');
    const { tasks, reservations } = taskRouter();
    const task = tasks.all().find(({ attributes }) => attributes.includes(first.conversationSid))!;
    taskRouter().setReservationStatus(reservations.holding(task)!, 'accepted');

    expect([await position(first), await position(second)]).toEqual([undefined, 1]);
  });

  it('is unknown while Twilio fails', async () => {
    const chat = await aWaitingChat();
    world.emulator.faults.add({ kind: 'status', status: 500 });
    expect(await position(chat)).toBeUndefined();
  });
});
