/** /v1/Workspaces/{WS}/Workers and .../Workers/{WK}/Channels */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuseUnbuilt } from '../../core/form';
import { formOf, found, pageOf, param, queryOf } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import { isMember } from '../assignment';
import { parseAttributes } from '../attributes';
import { parseExpression } from '../expression';
import type { Worker, WorkerChannel } from '../model';
import type { TaskRouter } from '../domain';
import { resourceUrl, workspaceUrl } from './addresses';
import { checkIfMatch, MAX_PAGE_SIZE, setETag, workspaceOf } from './paths';

const LIST = '/v1/Workspaces/:workspaceSid/Workers';

export function workerOf(taskRouter: TaskRouter, request: FastifyRequest): Worker {
  return found(taskRouter.workers.find(param(request, 'workspaceSid'), param(request, 'workerSid')), request);
}

export function workerRoutes(app: FastifyInstance, taskRouter: TaskRouter): void {
  const { workers } = taskRouter;
  const toJson = (worker: Worker): object => workerJson(worker, taskRouter);

  app.get(LIST, (request) => {
    refuseUnbuilt(queryOf(request), 'Ordering');
    const page = pageOf(request, MAX_PAGE_SIZE);
    const all = workers
      .list(workspaceOf(taskRouter, request).sid)
      .filter((worker) => matches(worker, page.query, taskRouter));
    return toPage('workers', all, toJson, page);
  });

  app.post(LIST, (request, reply) => {
    const workspace = workspaceOf(taskRouter, request);
    const form = formOf(request);
    const worker = workers.create(workspace.sid, form.required('FriendlyName'), {
      activitySid: form.string('ActivitySid'),
      attributes: form.string('Attributes'),
    });
    taskRouter.assignment.offerPending(workspace.sid);
    setETag(reply.code(201), worker);
    return toJson(worker);
  });

  app.get(`${LIST}/:workerSid`, (request, reply) => {
    const worker = workerOf(taskRouter, request);
    setETag(reply, worker);
    return toJson(worker);
  });

  app.post(`${LIST}/:workerSid`, (request, reply) => {
    const worker = workerOf(taskRouter, request);
    checkIfMatch(request, worker);
    const form = formOf(request);
    taskRouter.updateWorker(worker, {
      friendlyName: form.string('FriendlyName'),
      activitySid: form.string('ActivitySid'),
      attributes: form.string('Attributes'),
      rejectPendingReservations: form.boolean('RejectPendingReservations'),
    });
    setETag(reply, worker);
    return toJson(worker);
  });

  app.delete(`${LIST}/:workerSid`, (request, reply) => {
    const worker = workerOf(taskRouter, request);
    checkIfMatch(request, worker);
    workers.delete(worker);
    return reply.code(204).send();
  });
}

export function workerChannelRoutes(app: FastifyInstance, taskRouter: TaskRouter): void {
  const { workers } = taskRouter;
  const list = `${LIST}/:workerSid/Channels`;
  const toJson = (channel: WorkerChannel): object => workerChannelJson(channel, taskRouter);
  const find = (request: FastifyRequest): WorkerChannel => {
    const wanted = param(request, 'sid');
    const channel = workers.channelsOf(workerOf(taskRouter, request)).find(
      (one) =>
        one.sid === wanted ||
        one.taskChannelSid === wanted ||
        // By the TaskChannel's unique name too. Source: openapi taskrouter_v1 (FetchWorkerChannel)
        taskRouter.workspaces.taskChannels.get(one.taskChannelSid)?.uniqueName === wanted,
    );
    return found(channel, request);
  };

  app.get(list, (request) =>
    toPage(
      'channels',
      workers.channelsOf(workerOf(taskRouter, request)),
      toJson,
      pageOf(request, MAX_PAGE_SIZE),
    ),
  );
  app.get(`${list}/:sid`, (request) => toJson(find(request)));
  app.post(`${list}/:sid`, (request) => {
    const form = formOf(request);
    const change = { capacity: form.integer('Capacity'), available: form.boolean('Available') };
    const channel = workers.updateChannel(find(request), change);
    taskRouter.assignment.offerPending(channel.workspaceSid);
    return toJson(channel);
  });
}

function matches(worker: Worker, query: URLSearchParams, { workers, workspaces }: TaskRouter): boolean {
  const activity = workspaces.activities.get(worker.activitySid);
  const is = (key: string, value: string | undefined): boolean =>
    query.get(key) === null || query.get(key) === value;
  const attributes = parseAttributes(worker.attributes);
  const expression = query.get('TargetWorkersExpression');
  const wantedQueue = query.get('TaskQueueSid') ?? query.get('TaskQueueName');
  const queue = workspaces.taskQueues
    .list(worker.workspaceSid)
    .find((one) => one.sid === wantedQueue || one.friendlyName === wantedQueue);
  return (
    is('ActivityName', activity?.friendlyName) &&
    is('ActivitySid', worker.activitySid) &&
    is('FriendlyName', worker.friendlyName) &&
    // Any other text than a true one means unavailable. Source: openapi taskrouter_v1 (Available)
    (query.get('Available') === null ||
      ['1', 'true', 'yes'].includes(query.get('Available')!) === workers.isAvailable(worker)) &&
    (expression === null || parseExpression(expression)(attributes)) &&
    (wantedQueue === null || (queue !== undefined && isMember(queue, attributes)))
  );
}

function workerJson(worker: Worker, { account, workers, workspaces }: TaskRouter): object {
  const url = resourceUrl(worker, 'Workers');
  const base = workspaceUrl(worker.workspaceSid);
  return {
    sid: worker.sid,
    account_sid: account.accountSid,
    workspace_sid: worker.workspaceSid,
    friendly_name: worker.friendlyName,
    activity_name: workspaces.activities.get(worker.activitySid)?.friendlyName ?? null,
    activity_sid: worker.activitySid,
    attributes: worker.attributes,
    available: workers.isAvailable(worker),
    date_created: isoSeconds(worker.dateCreated),
    date_status_changed: isoSeconds(worker.dateStatusChanged),
    date_updated: isoSeconds(worker.dateUpdated),
    url,
    links: {
      channels: `${url}/Channels`,
      activity: `${base}/Activities/${worker.activitySid}`,
      workspace: base,
      statistics: `${base}/Workers/Statistics`,
      real_time_statistics: `${base}/Workers/RealTimeStatistics`,
      cumulative_statistics: `${base}/Workers/CumulativeStatistics`,
      worker_statistics: `${url}/Statistics`,
      worker_channels: `${url}/Channels`,
      reservations: `${url}/Reservations`,
    },
  };
}

function workerChannelJson(channel: WorkerChannel, taskRouter: TaskRouter): object {
  const { account, workers, workspaces, assignment } = taskRouter;
  const assigned = assignment.assignedTasks(workers.get(channel.workerSid)!, channel.taskChannelSid);
  const free = Math.max(0, channel.configuredCapacity - assigned);
  return {
    sid: channel.sid,
    account_sid: account.accountSid,
    workspace_sid: channel.workspaceSid,
    worker_sid: channel.workerSid,
    task_channel_sid: channel.taskChannelSid,
    task_channel_unique_name: workspaces.taskChannels.get(channel.taskChannelSid)?.uniqueName ?? null,
    configured_capacity: channel.configuredCapacity,
    assigned_tasks: assigned,
    available: channel.available,
    available_capacity_percentage:
      channel.configuredCapacity === 0 ? 0 : Math.round((100 * free) / channel.configuredCapacity),
    date_created: isoSeconds(channel.dateCreated),
    date_updated: isoSeconds(channel.dateUpdated),
    url: `${resourceUrl({ ...channel, sid: channel.workerSid }, 'Workers')}/Channels/${channel.sid}`,
  };
}
