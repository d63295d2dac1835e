/** /v1/Workspaces/{WS}/TaskQueues. Source: openapi taskrouter_v1 */
import type { FastifyInstance } from 'fastify';
import { invalidParameter } from '../../core/errors';
import { refuseUnbuilt, type Form } from '../../core/form';
import { queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import { isMember } from '../assignment';
import { parseAttributes } from '../attributes';
import { parseExpression } from '../expression';
import { MAX_RESERVED_WORKERS } from '../limits';
import { QUEUE_ORDERS, type TaskQueue } from '../model';
import {
  MAX_PAGE_SIZE,
  resourceUrl,
  workspaceOf,
  workspaceSidOf,
  workspaceUrl,
  type TaskRouterApi,
} from './paths';

export function taskQueueRoutes(app: FastifyInstance, api: TaskRouterApi): void {
  const { domain } = api;
  const { workspaces, workers } = domain;
  const activitiesOf = (workspaceSid: string, form: Form) => ({
    reservationActivitySid: workspaces.checkActivity(workspaceSid, form.string('ReservationActivitySid')),
    assignmentActivitySid: workspaces.checkActivity(workspaceSid, form.string('AssignmentActivitySid')),
  });

  serveResources<TaskQueue>(app, {
    path: '/:workspaceSid/TaskQueues',
    sid: 'sid',
    key: 'task_queues',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => {
      const query = queryOf(request);
      refuseUnbuilt(query, 'EvaluateWorkerAttributes', 'Ordering');
      const workerSid = query.string('WorkerSid');
      const worker = workerSid === undefined ? undefined : workers.get(workerSid);
      return workspaces.taskQueues
        .list(workspaceOf(request, api).sid)
        .filter((queue) => query.admits('FriendlyName', queue.friendlyName))
        .filter((queue) => !worker || isMember(queue, parseAttributes(worker.attributes)));
    },
    find: (sid, request) => workspaces.taskQueues.find(workspaceSidOf(request), sid),
    create: (form, request) => {
      const { sid } = workspaceOf(request, api);
      return workspaces.createTaskQueue(sid, {
        friendlyName: form.required('FriendlyName'),
        targetWorkers: checkExpression(form.string('TargetWorkers')),
        maxReservedWorkers: checkReservedWorkers(form.integer('MaxReservedWorkers')),
        taskOrder: form.oneOf('TaskOrder', QUEUE_ORDERS),
        ...activitiesOf(sid, form),
      });
    },
    update: (queue, form) => {
      const targetWorkers = checkExpression(form.string('TargetWorkers')) ?? queue.targetWorkers;
      const taskOrder = form.oneOf('TaskOrder', QUEUE_ORDERS) ?? queue.taskOrder;
      const maxReservedWorkers = checkReservedWorkers(form.integer('MaxReservedWorkers'));
      const { reservationActivitySid, assignmentActivitySid } = activitiesOf(queue.workspaceSid, form);
      Object.assign(queue, {
        targetWorkers,
        taskOrder,
        friendlyName: form.string('FriendlyName') ?? queue.friendlyName,
        maxReservedWorkers: maxReservedWorkers ?? queue.maxReservedWorkers,
        reservationActivitySid: reservationActivitySid ?? queue.reservationActivitySid,
        assignmentActivitySid: assignmentActivitySid ?? queue.assignmentActivitySid,
        dateUpdated: domain.now(),
      });
      domain.assignment.offerPending(queue.workspaceSid);
    },
    remove: (queue) => workspaces.taskQueues.delete(queue),
    toJson: (queue) => taskQueueJson(queue, api),
  });
}

function checkExpression(expression: string | undefined): string | undefined {
  if (expression !== undefined) parseExpression(expression);
  return expression;
}

function checkReservedWorkers(count: number | undefined): number | undefined {
  if (count !== undefined && (count < 1 || count > MAX_RESERVED_WORKERS)) {
    throw invalidParameter(`MaxReservedWorkers must be 1 to ${MAX_RESERVED_WORKERS}`);
  }
  return count;
}

function taskQueueJson(queue: TaskQueue, { domain, accountSid }: TaskRouterApi): object {
  const { activities } = domain.workspaces;
  const url = resourceUrl(queue, 'TaskQueues');
  const base = workspaceUrl(queue.workspaceSid);
  const activityUrl = (sid: string | null): string | null => (sid ? `${base}/Activities/${sid}` : null);
  return {
    sid: queue.sid,
    account_sid: accountSid,
    workspace_sid: queue.workspaceSid,
    friendly_name: queue.friendlyName,
    target_workers: queue.targetWorkers,
    task_order: queue.taskOrder,
    max_reserved_workers: queue.maxReservedWorkers,
    assignment_activity_sid: queue.assignmentActivitySid,
    assignment_activity_name: activities.get(queue.assignmentActivitySid)?.friendlyName ?? null,
    reservation_activity_sid: queue.reservationActivitySid,
    reservation_activity_name: activities.get(queue.reservationActivitySid)?.friendlyName ?? null,
    date_created: isoSeconds(queue.dateCreated),
    date_updated: isoSeconds(queue.dateUpdated),
    url,
    links: {
      assignment_activity: activityUrl(queue.assignmentActivitySid),
      reservation_activity: activityUrl(queue.reservationActivitySid),
      workspace: base,
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
      list_statistics: `${base}/TaskQueues/Statistics`,
      bulk_real_time_statistics: `${base}/TaskQueues/RealTimeStatistics`,
    },
  };
}
