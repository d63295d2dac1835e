import type twilio from 'twilio';
import { answer, theTask, theWorkspace } from '../flex/support';
import { RestCustomer } from '../../support/rest-customer';
import { twilioClient, useEmulator } from '../../support/emulator';
import { EventStream } from './event-stream';

interface Overview {
  now: string;
  activitySid: string;
  activities: { sid: string; name: string; available: boolean }[];
  agents: { login: string; name: string; activitySid: string; workerSid: string }[];
  queues: { name: string }[];
  tasks: Record<string, unknown>[];
  finished: Record<string, unknown>[];
  names: Record<string, string>;
}

describe("The desk's overview", () => {
  const emulator = useEmulator();
  let client: twilio.Twilio;

  beforeEach(() => {
    client = twilioClient(emulator());
  });

  async function overview(agent?: string): Promise<Overview> {
    const query = agent === undefined ? '' : `?agent=${agent}`;
    const response = await fetch(`${emulator().url}/emulator/desk/overview${query}`);
    expect(response.status).toBe(200);
    return (await response.json()) as Overview;
  }

  async function aWaitingTask(): Promise<string> {
    const ada = await RestCustomer.start(emulator(), client, 'Ada L.');
    await ada.says('hello');
    return (await theTask(emulator(), client)).task.sid;
  }

  it('names the agents, their state, and the targets of a transfer', async () => {
    const { activities, agents, queues, activitySid, now } = await overview('linus');

    const nameOf = (sid: string) => activities.find((one) => one.sid === sid)?.name;
    expect(agents.map((one) => [one.login, one.name, nameOf(one.activitySid)])).toEqual([
      ['grace', 'Grace', 'Available'],
      ['linus', 'Linus', 'Offline'],
      ['hedy', 'Hedy', 'Offline'],
    ]);
    expect(nameOf(activitySid)).toBe('Offline');
    expect(activities.map(({ name }) => name)).toEqual(['Offline', 'Available', 'Unavailable', 'Break']);
    expect(queues.map(({ name }) => name)).toEqual(['Everyone']);
    expect(Date.parse(now)).toBeLessThanOrEqual(emulator().world.clock.now());
  });

  it('rejects an agent who is not in the account', async () => {
    expect((await fetch(`${emulator().url}/emulator/desk/overview?agent=unknown`)).status).toBe(404);
    expect((await fetch(`${emulator().url}/emulator/desk/token?agent=unknown`)).status).toBe(404);
  });

  it("has each agent's own Tasks, and the names of people from their Users", async () => {
    const taskSid = await aWaitingTask();

    const { tasks, names } = await overview();

    expect(tasks).toMatchObject([
      {
        taskSid,
        reservationStatus: 'pending',
        queueName: 'Everyone',
        participantSid: null,
        transfer: null,
        attributes: { customerName: 'Ada L.' },
      },
    ]);
    expect(names).toEqual({ 'visitor-adal': 'Ada L.' });
    expect((await overview('linus')).tasks).toEqual([]);
    await answer(emulator(), client, taskSid, 'accepted');
    expect((await overview()).names).toEqual({ 'visitor-adal': 'Ada L.', grace_40example_2Ecom: 'Grace' });
  });

  it('keeps the outcome and reason of each Reservation, longer than TaskRouter keeps the Task', async () => {
    const taskSid = await aWaitingTask();
    await answer(emulator(), client, taskSid, 'rejected');
    emulator().world.clock.advance(60_000);
    emulator().world.clock.advance(120_000);
    await answer(emulator(), client, taskSid, 'accepted');
    await theWorkspace(emulator(), client)
      .tasks(taskSid)
      .update({ assignmentStatus: 'completed', reason: 'Resolved' });
    emulator().world.clock.advance(3_600_000);

    const { finished } = await overview();

    expect(emulator().world.taskrouter.tasks.get(taskSid)).toBeUndefined();
    expect(finished.map(({ status, reason }) => [status, reason])).toEqual([
      ['completed', 'Resolved'],
      ['timeout', null],
      ['rejected', null],
    ]);
    expect((await overview('linus')).finished).toEqual([]);
  });

  it('shows every agent a Task that ended without an agent, once', async () => {
    const { workspaces, workers } = emulator().world.taskrouter;
    const [grace] = emulator().account.workers;
    const offline = workspaces.activities
      .list(emulator().account.workspaceSid)
      .find(({ friendlyName }) => friendlyName === 'Offline')!;
    workers.update(workers.get(grace.sid)!, { activitySid: offline.sid });
    const taskSid = await aWaitingTask();
    await theWorkspace(emulator(), client)
      .tasks(taskSid)
      .update({ assignmentStatus: 'canceled', reason: 'customer left' });

    for (const agent of [undefined, 'hedy']) {
      expect((await overview(agent)).finished).toMatchObject([
        { taskSid, status: 'canceled', reason: 'customer left', workerSid: null },
      ]);
    }
  });

  it('shows a Task that is canceled while it is reserved only to its Worker', async () => {
    const taskSid = await aWaitingTask();
    await theWorkspace(emulator(), client)
      .tasks(taskSid)
      .update({ assignmentStatus: 'canceled', reason: 'customer left' });

    expect((await overview()).finished).toMatchObject([{ status: 'canceled', reason: 'customer left' }]);
    expect((await overview('hedy')).finished).toEqual([]);
  });

  it('follows a transfer until the next agent has the chat, and names that agent', async () => {
    const taskSid = await aWaitingTask();
    await answer(emulator(), client, taskSid, 'accepted');
    const [{ attributes, participantSid } = { attributes: {}, participantSid: null }] = (await overview())
      .tasks;
    const { flexInteractionSid, flexInteractionChannelSid } = attributes as Record<string, string>;
    const [, linus] = emulator().account.workers;
    const { accountSid, authToken } = emulator().account;
    await fetch(
      `${emulator().url}/flex-api.twilio.com/v1/Interactions/${flexInteractionSid}/Channels/${flexInteractionChannelSid}/Transfers`,
      {
        method: 'POST',
        headers: {
          Authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}`,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({ type: 'cold', to: linus.sid, from: participantSid }),
      },
    );
    expect((await overview()).tasks).toMatchObject([{ taskSid, transfer: { toName: 'Linus' } }]);

    const { workspaces, workers, reservations } = emulator().world.taskrouter;
    const { workspaceSid } = emulator().account;
    const available = workspaces.activities.list(workspaceSid).find((one) => one.available)!;
    emulator().world.taskrouter.updateWorker(workers.get(linus.sid)!, { activitySid: available.sid });
    const [offered] = reservations.ofWorker(workers.get(linus.sid)!);
    await answer(emulator(), client, offered!.taskSid, 'accepted');

    expect((await overview()).tasks).toEqual([]);
    expect((await overview()).finished).toMatchObject([
      { status: 'completed', reason: 'Transferred to Linus' },
    ]);
    expect((await overview('linus')).tasks).toMatchObject([{ reservationStatus: 'accepted' }]);
  });

  it('notifies open pages of changes', async () => {
    const stream = await EventStream.open(emulator().url);
    expect((await stream.next())!.event).toBe('world');
    const { workers, workspaces } = emulator().world.taskrouter;
    const [, linus] = emulator().account.workers;
    const [activity] = workspaces.activities
      .list(emulator().account.workspaceSid)
      .filter((one) => one.available);

    workers.update(workers.get(linus.sid)!, { activitySid: activity!.sid });

    expect((await stream.next())!.event).toBe('changed');
    stream.close();
  });
});
