/** Real-time and cumulative statistics, as twilio-node reads them. */
import { twilioClient, useEmulator } from '../../support/emulator';

/** An age of this many seconds, on a machine that is slow. */
const about = (seconds: number) => ({
  asymmetricMatch: (value: unknown) => typeof value === 'number' && value >= seconds && value < seconds + 10,
});

describe('statistics', () => {
  const emulator = useEmulator();
  const workspace = () => {
    const { account } = emulator();
    return twilioClient(emulator()).taskrouter.v1.workspaces(account.workspaceSid);
  };
  const queue = () => workspace().taskQueues(emulator().account.taskQueueSid);
  const workflow = () => workspace().workflows(emulator().account.workflowSid);
  const aTask = (params: object = {}) =>
    workspace().tasks.create({ taskChannel: 'chat', workflowSid: emulator().account.workflowSid, ...params });
  const answer = async (taskSid: string, reservationStatus: 'accepted' | 'rejected') => {
    const { reservations } = workspace().tasks(taskSid);
    const pending = (await reservations.list()).find((one) => one.reservationStatus === 'pending')!;
    await reservations(pending.sid).update({ reservationStatus });
  };
  const moveGrace = async (friendlyName: string) => {
    const [activity] = await workspace().activities.list({ friendlyName });
    await workspace().workers(emulator().account.workers[0].sid).update({ activitySid: activity!.sid });
  };
  const advance = (seconds: number) => emulator().world.clock.advance(seconds * 1000);

  it('count the Tasks that wait, and the Workers that could take them', async () => {
    const first = await aTask();
    await moveGrace('Offline');
    advance(90);
    await answer(first.sid, 'rejected');
    await moveGrace('Available');
    await aTask({ priority: 5 });

    const now = await queue().realTimeStatistics().fetch();

    expect(now).toMatchObject({
      taskQueueSid: emulator().account.taskQueueSid,
      totalTasks: 2,
      tasksByStatus: { reserved: 1, pending: 1, assigned: 0, wrapping: 0 },
      tasksByPriority: { 0: 1, 5: 1 },
      longestTaskWaitingAge: about(90),
      longestTaskWaitingSid: first.sid,
      longestRelativeTaskAgeInQueue: about(90),
      longestRelativeTaskSidInQueue: first.sid,
      totalAvailableWorkers: 1,
      totalEligibleWorkers: emulator().account.workers.length,
    });
  });

  it('see a Worker leave, and a Task accepted', async () => {
    const task = await aTask();
    await answer(task.sid, 'accepted');
    await moveGrace('Offline');

    expect(await queue().realTimeStatistics().fetch()).toMatchObject({
      totalAvailableWorkers: 0,
      tasksByStatus: { reserved: 0, pending: 0, assigned: 1, wrapping: 0 },
      longestTaskWaitingAge: 0,
      longestTaskWaitingSid: null,
    });
    const workers = await workspace().workers.realTimeStatistics().fetch();
    const { length } = emulator().account.workers;
    expect(workers.totalWorkers).toBe(length);
    expect(workers.activityStatistics).toContainEqual(
      expect.objectContaining({ friendly_name: 'Offline', workers: length }),
    );
  });

  it('are of the Workspace, a TaskQueue, a Workflow and a TaskChannel', async () => {
    const other = await workspace().taskQueues.create({ friendlyName: 'Letters', targetWorkers: '1==2' });
    const routing = { task_routing: { default_filter: { queue: other.sid } } };
    const toOther = await workspace().workflows.create({
      friendlyName: 'Letters',
      configuration: JSON.stringify(routing),
    });
    await aTask();
    await aTask({ workflowSid: toOther.sid, taskChannel: 'default' });
    const totals = async (params: { taskChannel?: string } = {}) => [
      (await workspace().realTimeStatistics().fetch(params)).totalTasks,
      (await queue().realTimeStatistics().fetch(params)).totalTasks,
      (await workspace().taskQueues(other.sid).realTimeStatistics().fetch(params)).totalTasks,
      (await workflow().realTimeStatistics().fetch(params)).totalTasks,
    ];

    expect(await totals()).toEqual([2, 1, 1, 1]);
    expect(await totals({ taskChannel: 'default' })).toEqual([1, 0, 1, 0]);
    expect(await totals({ taskChannel: 'voice' })).toEqual([0, 0, 0, 0]);
  });

  it('add up what happened, also of Tasks that are deleted by now', async () => {
    const accepted = await aTask();
    advance(20);
    await answer(accepted.sid, 'accepted');
    await workspace().tasks(accepted.sid).update({ assignmentStatus: 'completed' });
    await moveGrace('Offline');
    await aTask({ timeout: 60 });
    advance(60);
    advance(700);

    const all = await workspace().cumulativeStatistics().fetch({ splitByWaitTime: '30' });

    expect(await workspace().tasks.list()).toEqual([]);
    expect(all).toMatchObject({
      tasksCreated: 2,
      tasksCompleted: 1,
      tasksCanceled: 1,
      tasksTimedOutInWorkflow: 1,
      tasksDeleted: 0,
      reservationsCreated: 1,
      reservationsAccepted: 1,
      reservationsRejected: 0,
      avgTaskAcceptanceTime: about(20),
      waitDurationUntilAccepted: { avg: about(20), min: about(20), max: about(20), total: about(20) },
      waitDurationUntilCanceled: { avg: about(60), min: about(60), max: about(60), total: about(60) },
      splitByWaitTime: {
        30: {
          above: { tasks_canceled: 1, reservations_accepted: 0 },
          below: { tasks_canceled: 0, reservations_accepted: 1 },
        },
      },
    });
    const inQueue = await queue().cumulativeStatistics().fetch();
    expect(inQueue).toMatchObject({
      tasksEntered: 2,
      waitDurationInQueueUntilAccepted: expect.objectContaining({ avg: about(20) }),
    });
    expect(await workflow().cumulativeStatistics().fetch()).toMatchObject({ tasksEntered: 2 });
  });

  it('count rejected and expired Reservations', async () => {
    const task = await aTask();
    await answer(task.sid, 'rejected');
    advance(1);
    advance(120);
    expect(await workspace().workers.cumulativeStatistics().fetch()).toMatchObject({
      reservationsCreated: 2,
      reservationsRejected: 1,
      reservationsTimedOut: 1,
    });
  });

  it('have an interval: 15 minutes unless the caller names another', async () => {
    const before = emulator().world.clock.date();
    await aTask();
    advance(16 * 60);
    const created = async (params: object = {}) =>
      (await workspace().cumulativeStatistics().fetch(params)).tasksCreated;

    expect(await created()).toBe(0);
    expect(await created({ minutes: 17 })).toBe(1);
    expect(await created({ startDate: new Date(before.getTime() - 1000) })).toBe(1);
    expect(await created({ endDate: new Date(before.getTime() + 60_000), minutes: 5 })).toBe(1);
    await expect(created({ startDate: new Date(Date.now() + 86_400_000) })).rejects.toMatchObject({
      status: 400,
    });
    await expect(created({ splitByWaitTime: 'soon' })).rejects.toMatchObject({ status: 400 });
  });

  it('add up the time in each Activity', async () => {
    advance(60);
    await moveGrace('Offline');
    advance(30);

    const { activityDurations } = await workspace().workers.cumulativeStatistics().fetch();

    expect(activityDurations).toContainEqual(
      expect.objectContaining({ friendly_name: 'Available', total: about(60) }),
    );
  });

  it('do not exist for what does not exist', async () => {
    const unknown = workspace().taskQueues(`WQ${'f'.repeat(32)}`);
    await expect(unknown.realTimeStatistics().fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(unknown.cumulativeStatistics().fetch()).rejects.toMatchObject({ status: 404 });
  });

  it('survive a snapshot', async () => {
    await aTask();
    const snapshot = await emulator().snapshot();
    await emulator().reset();
    expect((await workspace().cumulativeStatistics().fetch()).tasksCreated).toBe(0);
    await emulator().restore(snapshot);
    expect((await workspace().cumulativeStatistics().fetch()).tasksCreated).toBe(1);
  });
});
