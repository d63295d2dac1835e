import twilio from 'twilio';
import type { Emulator } from '../../../emulator/emulator';
import { startEmulator, twilioClient } from '../../support/emulator';
import { Receiver } from '../../support/receiver';

describe('the event callbacks of a Workspace', () => {
  let emulator: Emulator;
  let receiver: Receiver;
  const workspace = () => twilioClient(emulator).taskrouter.v1.workspaces(emulator.account.workspaceSid);
  const register = (eventsFilter?: string) =>
    workspace().update({ eventCallbackUrl: `${receiver.url}/events`, ...(eventsFilter && { eventsFilter }) });
  const typesOf = () => receiver.forms.map(({ EventType }) => EventType);

  beforeEach(async () => {
    emulator = await startEmulator();
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    await emulator.stop();
    await receiver.stop();
  });

  it('report a Task in a form that Twilio has signed', async () => {
    await register('task.canceled');
    const { sid } = await workspace().tasks.create({ attributes: '{"topic":"refund"}', timeout: 60 });

    emulator.world.clock.advance(61_000);
    await receiver.until(1);

    const [request] = receiver.received;
    const [form] = receiver.forms;
    expect(form).toMatchObject({
      EventType: 'task.canceled',
      TaskSid: sid,
      TaskAttributes: '{"topic":"refund"}',
      TaskAssignmentStatus: 'canceled',
      TaskCanceledReason: 'Task TTL Exceeded',
      WorkspaceSid: emulator.account.workspaceSid,
      AccountSid: emulator.account.accountSid,
    });
    const signature = request!.headers['x-twilio-signature'] as string;
    const { authToken } = emulator.account;
    expect(twilio.validateRequest(authToken, signature, `${receiver.url}/events`, form!)).toBe(true);
  });

  it('report no event that the filter excludes', async () => {
    await register('task.completed, task.canceled');
    await workspace().tasks.create({ timeout: 60 });

    emulator.world.clock.advance(61_000);
    await emulator.world.taskrouter.eventCallbacks.settled();

    expect(typesOf()).toEqual(['task.canceled']);
  });

  it('report every event without a filter', async () => {
    await register();
    await workspace().tasks.create({ timeout: 60 });
    await emulator.world.taskrouter.eventCallbacks.settled();

    emulator.world.clock.advance(61_000);
    await emulator.world.taskrouter.eventCallbacks.settled();

    expect(typesOf()).toEqual(
      expect.arrayContaining(['task.created', 'reservation.created', 'task.canceled']),
    );
  });

  it('block nothing if the receiver is unreachable', async () => {
    await register();
    await receiver.stop();

    await expect(workspace().tasks.create({})).resolves.toMatchObject({ assignmentStatus: 'reserved' });
    await emulator.world.taskrouter.eventCallbacks.settled();
  });
});
