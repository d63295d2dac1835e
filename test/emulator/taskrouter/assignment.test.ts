import { twilioClient, useEmulator } from '../../support/emulator';

describe('TaskRouter', () => {
  const emulator = useEmulator();
  const client = () => twilioClient(emulator());
  const workspace = () => client().taskrouter.v1.workspaces(emulator().account.workspaceSid);
  const aTask = (params: object = {}) => workspace().tasks.create({ taskChannel: 'chat', ...params });
  const statusOf = async (taskSid: string) => (await workspace().tasks(taskSid).fetch()).assignmentStatus;
  const reservationsOf = (taskSid: string) => workspace().tasks(taskSid).reservations.list();
  const answer = async (taskSid: string, reservationStatus: 'accepted' | 'rejected') => {
    const pending = (await reservationsOf(taskSid)).find((one) => one.reservationStatus === 'pending')!;
    return workspace().tasks(taskSid).reservations(pending.sid).update({ reservationStatus });
  };
  const activity = async (friendlyName: string) =>
    (await workspace().activities.list({ friendlyName }))[0]!.sid;
  const aWorker = async (friendlyName: string) => {
    const worker = await workspace().workers.create({
      friendlyName,
      activitySid: await activity('Available'),
    });
    return worker;
  };
  const advanceSeconds = (seconds: number) => emulator().world.clock.advance(seconds * 1000);

  it('offers a new Task to the available Worker at once', async () => {
    const task = await aTask({ attributes: '{"topic":"refund"}' });

    const [reservation] = await reservationsOf(task.sid);
    expect(await statusOf(task.sid)).toBe('reserved');
    expect(reservation).toMatchObject({
      reservationStatus: 'pending',
      workerSid: emulator().account.workers[0].sid,
      workerName: 'grace@example.com',
    });
  });

  it('offers a rejected Task to the next Worker before it offers it to the first one again', async () => {
    const ada = await aWorker('ada');
    const task = await aTask();

    await answer(task.sid, 'rejected');
    const second = (await reservationsOf(task.sid))[1]!;
    await answer(task.sid, 'rejected');

    expect(second).toMatchObject({ reservationStatus: 'pending', workerSid: ada.sid });
    expect(await statusOf(task.sid)).toBe('pending');
    advanceSeconds(1);
    expect(await reservationsOf(task.sid)).toHaveLength(3);
    expect(await statusOf(task.sid)).toBe('reserved');
  });

  it('withdraws a Reservation when it times out, and offers the Task again', async () => {
    const task = await aTask();

    advanceSeconds(119);
    expect((await reservationsOf(task.sid))[0]!.reservationStatus).toBe('pending');
    advanceSeconds(1);
    expect((await reservationsOf(task.sid))[0]!.reservationStatus).toBe('timeout');
    expect(await statusOf(task.sid)).toBe('pending');
    advanceSeconds(1);
    expect((await reservationsOf(task.sid)).map((one) => one.reservationStatus)).toEqual([
      'timeout',
      'pending',
    ]);
  });

  it('moves a Worker whose Reservation times out to the timeout Activity', async () => {
    await workspace().update({ timeoutActivitySid: await activity('Offline') });
    const task = await aTask();

    advanceSeconds(121);

    const worker = await workspace().workers(emulator().account.workers[0].sid).fetch();
    expect(worker).toMatchObject({ activityName: 'Offline', available: false });
    expect(await statusOf(task.sid)).toBe('pending');
    await worker.update({ activitySid: await activity('Available') });
    expect(await statusOf(task.sid)).toBe('pending');
    advanceSeconds(1);
    expect(await statusOf(task.sid)).toBe('reserved');
  });

  it('cancels a Task that no Worker accepts within its Timeout, and its Reservation', async () => {
    const task = await aTask({ timeout: 60 });

    advanceSeconds(60);

    expect(await workspace().tasks(task.sid).fetch()).toMatchObject({
      assignmentStatus: 'canceled',
      reason: 'Task TTL Exceeded',
    });
    expect((await reservationsOf(task.sid))[0]!.reservationStatus).toBe('canceled');
  });

  it('lets an accepted Task outlive its Timeout', async () => {
    const task = await aTask({ timeout: 60 });
    await answer(task.sid, 'accepted');

    advanceSeconds(3600);

    expect(await statusOf(task.sid)).toBe('assigned');
  });

  it("gives a Worker no more Tasks than the channel's capacity, and the rest by priority", async () => {
    const first = await Promise.all([aTask(), aTask(), aTask()]);
    const low = await aTask({ priority: 1 });
    const high = await aTask({ priority: 5 });
    expect([await statusOf(low.sid), await statusOf(high.sid)]).toEqual(['pending', 'pending']);

    await answer(first[0]!.sid, 'accepted');
    await workspace().tasks(first[0]!.sid).update({ assignmentStatus: 'completed' });

    expect([await statusOf(low.sid), await statusOf(high.sid)]).toEqual(['pending', 'reserved']);
    const [chat] = (
      await workspace().workers(emulator().account.workers[0].sid).workerChannels.list()
    ).filter((channel) => channel.taskChannelUniqueName === 'chat');
    expect(chat).toMatchObject({ configuredCapacity: 3, assignedTasks: 3, availableCapacityPercentage: 0 });
    await workspace()
      .workers(emulator().account.workers[0].sid)
      .workerChannels(chat!.sid)
      .update({ capacity: 4 });
    expect(await statusOf(low.sid)).toBe('reserved');
  });

  it('routes by the Workflow: the first matching filter, else the default', async () => {
    const sales = await workspace().taskQueues.create({
      friendlyName: 'Sales',
      targetWorkers: 'team == "sales"',
    });
    const other = emulator().account.taskQueueSid;
    const workflow = await workspace().workflows.create({
      friendlyName: 'By topic',
      configuration: JSON.stringify({
        task_routing: {
          filters: [{ expression: 'topic == "buy"', targets: [{ queue: sales.sid, priority: 7 }] }],
          default_filter: { queue: other },
        },
      }),
    });

    const buying = await aTask({ workflowSid: workflow.sid, attributes: '{"topic":"buy"}' });
    const asking = await aTask({ workflowSid: workflow.sid, attributes: '{"topic":"ask"}' });

    expect(buying).toMatchObject({ taskQueueSid: sales.sid, priority: 7, assignmentStatus: 'pending' });
    expect(asking).toMatchObject({ taskQueueSid: other, assignmentStatus: 'reserved' });
    await workspace().workers(emulator().account.workers[0].sid).update({ attributes: '{"team":"sales"}' });
    expect(await statusOf(buying.sid)).toBe('reserved');
  });

  it('cancels a Task that matches no filter', async () => {
    const workflow = await workspace().workflows.create({
      friendlyName: 'Nobody',
      configuration: '{"task_routing":{"filters":[]}}',
    });

    expect(await aTask({ workflowSid: workflow.sid })).toMatchObject({ assignmentStatus: 'canceled' });
  });

  it('offers nothing to an unavailable Worker, until they are available', async () => {
    const worker = workspace().workers(emulator().account.workers[0].sid);
    await worker.update({ activitySid: await activity('Unavailable') });
    const task = await aTask();
    expect(await statusOf(task.sid)).toBe('pending');

    await worker.update({ activitySid: await activity('Available') });

    expect(await statusOf(task.sid)).toBe('reserved');
  });

  it('wraps up and completes by the Reservation, as the Worker sees it', async () => {
    const task = await aTask();
    await answer(task.sid, 'accepted');
    const { reservations } = workspace().workers(emulator().account.workers[0].sid);
    const [mine] = await reservations.list({ reservationStatus: 'accepted' });

    await reservations(mine!.sid).update({ reservationStatus: 'wrapping' });
    expect(await statusOf(task.sid)).toBe('wrapping');
    await reservations(mine!.sid).update({ reservationStatus: 'completed' });
    expect(await statusOf(task.sid)).toBe('completed');
  });

  it('deletes a completed Task after ten minutes', async () => {
    const task = await aTask();
    await answer(task.sid, 'accepted');
    await workspace().tasks(task.sid).update({ assignmentStatus: 'completed' });

    advanceSeconds(10 * 60);

    await expect(workspace().tasks(task.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it.each([
    ['completed', 'reserved'],
    ['wrapping', 'reserved'],
    ['assigned', 'reserved'],
    ['pending', 'reserved'],
    ['nonsense', 'reserved'],
  ])('rejects making a Task %s while it is %s', async (assignmentStatus, current) => {
    const task = await aTask();

    const update = workspace()
      .tasks(task.sid)
      .update({ assignmentStatus: assignmentStatus as 'completed', attributes: '{"changed":true}' });

    await expect(update).rejects.toMatchObject({ status: 400, code: 20001 });
    expect(await workspace().tasks(task.sid).fetch()).toMatchObject({
      assignmentStatus: current,
      attributes: '{}',
    });
  });

  it('rejects canceling an assigned Task and accepting a Reservation twice', async () => {
    const task = await aTask();
    const { sid } = await answer(task.sid, 'accepted');

    const cancel = workspace().tasks(task.sid).update({ assignmentStatus: 'canceled', reason: 'no' });
    const accept = workspace().tasks(task.sid).reservations(sid).update({ reservationStatus: 'accepted' });

    await expect(cancel).rejects.toMatchObject({ status: 400 });
    await expect(accept).rejects.toMatchObject({ status: 400 });
    expect(await statusOf(task.sid)).toBe('assigned');
  });

  it('answers 412 to a write with an outdated version', async () => {
    const task = await aTask();
    await workspace().tasks(task.sid).update({ attributes: '{"first":true}' });

    const late = workspace().tasks(task.sid).update({ attributes: '{"late":true}', ifMatch: '"0"' });

    await expect(late).rejects.toMatchObject({ status: 412 });
    expect((await workspace().tasks(task.sid).fetch()).attributes).toBe('{"first":true}');
  });

  it('finds Tasks by status and by their attributes', async () => {
    const mine = await aTask({ attributes: '{"conversationSid":"CH1"}' });
    await aTask({ attributes: '{"conversationSid":"CH2"}' });
    await answer(mine.sid, 'accepted');
    const sids = async (params: object) => (await workspace().tasks.list(params)).map((task) => task.sid);

    expect(await sids({ evaluateTaskAttributes: "conversationSid = 'CH1'" })).toEqual([mine.sid]);
    expect(await sids({ evaluateTaskAttributes: 'conversationSid IN ["CH1"] AND 1==1' })).toEqual([mine.sid]);
    expect(await sids({ assignmentStatus: ['assigned', 'wrapping'] })).toEqual([mine.sid]);
    expect(await sids({ assignmentStatus: ['pending'] })).toEqual([]);
    expect(await sids({ ordering: 'DateCreated:asc' })).toHaveLength(2);
    await expect(sids({ evaluateTaskAttributes: 'conversationSid =' })).rejects.toMatchObject({
      code: 20001,
    });
  });

  it('deletes a Task and cancels its Reservation', async () => {
    const task = await aTask();
    const statuses: string[] = [];
    emulator().world.taskrouter.events.onAny((_name, { eventType }) => eventType && statuses.push(eventType));

    await workspace().tasks(task.sid).remove();

    await expect(workspace().tasks(task.sid).fetch()).rejects.toMatchObject({ status: 404 });
    expect(statuses).toEqual(['task.deleted', 'reservation.canceled', 'worker.capacity.update']);
  });

  it('rejects attributes that are not a JSON object, unknown channels and unknown Workflows', async () => {
    for (const params of [
      { attributes: 'nonsense' },
      { attributes: '[]' },
      { taskChannel: 'pigeon' },
      { workflowSid: `WW${'f'.repeat(32)}` },
      { timeout: 1_209_601 },
    ]) {
      await expect(aTask(params)).rejects.toMatchObject({ status: 400, code: 20001 });
    }
    expect(await workspace().tasks.list()).toEqual([]);
  });

  it('rejects a timeout Activity of another Workspace', async () => {
    const other = await client().taskrouter.v1.workspaces.create({ friendlyName: 'Other' });

    const update = workspace().update({ timeoutActivitySid: other.defaultActivitySid });

    await expect(update).rejects.toMatchObject({ status: 400 });
  });
});
