/** /v1/Workspaces/{WS}/Workers. Source: openapi taskrouter_v1 */
import type { FastifyInstance } from 'fastify';
import { refuseUnbuilt, type Form } from '../../core/form';
import { queryOf } from '../../core/http-api';
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
      const query = queryOf(request);
      refuseUnbuilt(query, 'Ordering');
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

export function matchesWorker(worker: Worker, query: Form, { domain }: TaskRouterApi): boolean {
  const { workers, workspaces } = domain;
  const activity = workspaces.activities.get(worker.activitySid);
  const attributes = parseAttributes(worker.attributes);
  const expression = query.string('TargetWorkersExpression');
  const available = query.string('Available');
  const wantedQueue = query.string('TaskQueueSid') ?? query.string('TaskQueueName');
  const queue = workspaces.taskQueues
    .list(worker.workspaceSid)
    .find((one) => one.sid === wantedQueue || one.friendlyName === wantedQueue);
  return (
    query.admits('ActivityName', activity?.friendlyName) &&
    query.admits('ActivitySid', worker.activitySid) &&
    query.admits('FriendlyName', worker.friendlyName) &&
    // Any text other than true means unavailable. Source: openapi taskrouter_v1 (Available)
    (available === undefined || ['1', 'true', 'yes'].includes(available) === workers.isAvailable(worker)) &&
    (expression === undefined || parseExpression(expression)(attributes)) &&
    (wantedQueue === undefined || (queue !== undefined && isMember(queue, attributes)))
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
