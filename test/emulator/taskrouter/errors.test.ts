import { twilioClient, useEmulator } from '../../support/emulator';

const emulator = useEmulator({ kept: true });

const workspace = () => twilioClient(emulator()).taskrouter.v1.workspaces(emulator().account.workspaceSid);
const unknown = (kind: string) => `${kind}${'0'.repeat(31)}f`;
const queue = (settings: object) => workspace().taskQueues.create({ friendlyName: 'Queue', ...settings });
const task = (settings: object) => workspace().tasks.create({ attributes: '{}', ...settings });
const workflow = (settings: object) =>
  workspace().workflows.create({
    friendlyName: 'Workflow',
    configuration: '{"task_routing":{}}',
    ...settings,
  });

it.each<[string, number, number, () => Promise<unknown>]>([
  ['an unknown Task', 404, 20404, () => workspace().tasks(unknown('WT')).fetch()],
  ['a Task of an unknown Workflow', 400, 20001, () => task({ workflowSid: unknown('WW') })],
  ['a Task on an unknown TaskChannel', 400, 20001, () => task({ taskChannel: 'telepathy' })],
  ['a Task whose attributes are not JSON', 400, 20001, () => task({ attributes: '{' })],
  ['a Task whose attributes are not an object', 400, 20001, () => task({ attributes: '[]' })],
  ['a Timeout of more than two weeks', 400, 20001, () => task({ timeout: 1_209_601 })],
  ['a TaskQueue that reserves no Worker', 400, 20001, () => queue({ maxReservedWorkers: 0 })],
  ['a TaskQueue that reserves 51 Workers', 400, 20001, () => queue({ maxReservedWorkers: 51 })],
  ['a TaskQueue with an invalid order', 400, 20001, () => queue({ taskOrder: 'RANDOM' })],
  ['a TaskQueue with an invalid expression', 400, 20001, () => queue({ targetWorkers: '((' })],
  ['a Workflow that is not JSON', 400, 20001, () => workflow({ configuration: '{' })],
  ...[
    '[]',
    '{"task_routing":{"filters":{}}}',
    '{"task_routing":{"filters":[null]}}',
    '{"task_routing":{"filters":[{"expression":5}]}}',
    '{"task_routing":{"filters":[{"expression":"(("}]}}',
    '{"task_routing":{"filters":[{"targets":[{"expression":"(("}]}]}}',
    '{"task_routing":{"default_filter":{"expression":"(("}}}',
  ].map((configuration): [string, number, number, () => Promise<unknown>] => [
    `a Workflow ${configuration}`,
    400,
    20001,
    () => workflow({ configuration }),
  ]),
  [
    'a TaskQueue with an unknown Activity',
    400,
    20001,
    () => queue({ reservationActivitySid: unknown('WA') }),
  ],
  [
    'a Reservation of an unknown status',
    400,
    20001,
    () =>
      workspace()
        .workers(emulator().account.workers[0].sid)
        .reservations.list({ reservationStatus: 'asleep' as never }),
  ],
  ['Workers in an order', 501, 20501, () => workspace().workers.list({ ordering: 'DateStatusChanged:asc' })],
  [
    'a Reservation that lasts more than a day',
    400,
    20001,
    () => workflow({ taskReservationTimeout: 86_401 }),
  ],
  [
    'a Worker whose name is taken',
    400,
    20001,
    () => workspace().workers.create({ friendlyName: emulator().account.workers[0].name }),
  ],
  ['a page of 1,001 Tasks', 400, 20001, () => workspace().tasks.page({ pageSize: 1001 })],
])('%s: %i, %i', async (_case, status, code, call) => {
  await expect(call()).rejects.toMatchObject({ status, code });
});

it('a rejected call changes nothing', async () => {
  const { sid } = await queue({ maxReservedWorkers: 50 });

  await expect(
    workspace().taskQueues(sid).update({ friendlyName: 'Renamed', maxReservedWorkers: 51 }),
  ).rejects.toMatchObject({ status: 400 });

  expect(await workspace().taskQueues(sid).fetch()).toMatchObject({
    friendlyName: 'Queue',
    maxReservedWorkers: 50,
  });
});
