/** /v1/Workspaces/{WS}/Workers. Source: openapi taskrouter_v1 */
import type { FastifyInstance } from 'fastify';
import { refuseUnbuilt } from '../../core/form';
import { pageOf, queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import { isMember } from '../assignment';
import { parseAttributes } from '../attributes';
import { parseExpression } from '../expression';
import type { Worker } from '../model';
import {
  MAX_PAGE_SIZE,
  resourceUrl,
  workspaceOf,
  workspaceSidOf,
  workspaceUrl,
  type TaskRouterApi,
} from './paths';

export function workerRoutes(app: FastifyInstance, api: TaskRouterApi): void {
  const { domain } = api;
  const { workers } = domain;

  serveResources<Worker>(app, {
    path: '/:workspaceSid/Workers',
    sid: 'workerSid',
    key: 'workers',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => {
      refuseUnbuilt(queryOf(request), 'Ordering');
      const { query } = pageOf(request, MAX_PAGE_SIZE);
      return workers
        .list(workspaceOf(request, api).sid)
        .filter((worker) => matchesWorker(worker, query, api));
    },
    find: (sid, request) => workers.find(workspaceSidOf(request), sid),
    create: (form, request) => {
      const workspace = workspaceOf(request, api);
      const worker = workers.create(workspace.sid, form.required('FriendlyName'), {
        activitySid: form.string('ActivitySid'),
        attributes: form.string('Attributes'),
      });
      domain.assignment.offerPending(workspace.sid);
      return worker;
    },
    update: (worker, form) => {
      domain.updateWorker(worker, {
        friendlyName: form.string('FriendlyName'),
        activitySid: form.string('ActivitySid'),
        attributes: form.string('Attributes'),
        rejectPendingReservations: form.boolean('RejectPendingReservations'),
      });
    },
    remove: (worker) => workers.delete(worker),
    toJson: (worker) => workerJson(worker, api),
    versionOf: ({ version }) => version,
  });
}

export function matchesWorker(worker: Worker, query: URLSearchParams, { domain }: TaskRouterApi): boolean {
  const { workers, workspaces } = domain;
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

function workerJson(worker: Worker, { domain, accountSid }: TaskRouterApi): object {
  const { workers, workspaces } = domain;
  const url = resourceUrl(worker, 'Workers');
  const base = workspaceUrl(worker.workspaceSid);
  return {
    sid: worker.sid,
    account_sid: accountSid,
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
