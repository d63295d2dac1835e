/** /v1/Workspaces/{WS}/TaskQueues and .../Workflows */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalidParameter } from '../../core/errors';
import { refuseUnbuilt, type Form } from '../../core/form';
import { formOf, found, pageOf, param, queryOf } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import { isMember } from '../assignment';
import { parseAttributes } from '../attributes';
import { parseExpression } from '../expression';
import { QUEUE_ORDERS, type TaskQueue, type Workflow } from '../model';
import type { TaskRouter } from '../domain';
import type { WorkflowChange } from '../workflows';
import { resourceUrl, workspaceUrl } from './addresses';
import { MAX_PAGE_SIZE, workspaceOf } from './paths';

export function taskQueueRoutes(app: FastifyInstance, taskRouter: TaskRouter): void {
  const { workspaces, workers } = taskRouter;
  const list = '/v1/Workspaces/:workspaceSid/TaskQueues';
  const toJson = (queue: TaskQueue): object => taskQueueJson(queue, taskRouter);
  const find = (request: FastifyRequest): TaskQueue =>
    found(workspaces.taskQueues.find(param(request, 'workspaceSid'), param(request, 'sid')), request);
  const activitiesOf = (workspaceSid: string, form: Form) => ({
    reservationActivitySid: workspaces.checkActivity(workspaceSid, form.string('ReservationActivitySid')),
    assignmentActivitySid: workspaces.checkActivity(workspaceSid, form.string('AssignmentActivitySid')),
  });

  app.get(list, (request) => {
    refuseUnbuilt(queryOf(request), 'EvaluateWorkerAttributes', 'Ordering');
    const page = pageOf(request, MAX_PAGE_SIZE);
    const [name, workerSid] = [page.query.get('FriendlyName'), page.query.get('WorkerSid')];
    const worker = workerSid === null ? undefined : workers.get(workerSid);
    const all = workspaces.taskQueues
      .list(workspaceOf(taskRouter, request).sid)
      .filter((queue) => name === null || queue.friendlyName === name)
      .filter((queue) => !worker || isMember(queue, parseAttributes(worker.attributes)));
    return toPage('task_queues', all, toJson, page);
  });

  app.post(list, (request, reply) => {
    const workspace = workspaceOf(taskRouter, request);
    const form = formOf(request);
    const queue = workspaces.createTaskQueue(workspace.sid, {
      friendlyName: form.required('FriendlyName'),
      targetWorkers: checkExpression(form.string('TargetWorkers')),
      maxReservedWorkers: checkReservedWorkers(form.integer('MaxReservedWorkers')),
      taskOrder: form.oneOf('TaskOrder', QUEUE_ORDERS),
      ...activitiesOf(workspace.sid, form),
    });
    reply.code(201);
    return toJson(queue);
  });

  app.get(`${list}/:sid`, (request) => toJson(find(request)));

  app.post(`${list}/:sid`, (request) => {
    const queue = find(request);
    const form = formOf(request);
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
      dateUpdated: taskRouter.now(),
    });
    taskRouter.assignment.offerPending(queue.workspaceSid);
    return toJson(queue);
  });

  app.delete(`${list}/:sid`, (request, reply) => {
    workspaces.taskQueues.delete(find(request));
    return reply.code(204).send();
  });
}

function checkExpression(expression: string | undefined): string | undefined {
  if (expression !== undefined) parseExpression(expression);
  return expression;
}

/** Source: openapi taskrouter_v1 (MaxReservedWorkers) */
const MAX_RESERVED_WORKERS = 50;

function checkReservedWorkers(count: number | undefined): number | undefined {
  if (count !== undefined && (count < 1 || count > MAX_RESERVED_WORKERS)) {
    throw invalidParameter(`MaxReservedWorkers must be 1 to ${MAX_RESERVED_WORKERS}`);
  }
  return count;
}

function taskQueueJson(queue: TaskQueue, { account, workspaces }: TaskRouter): object {
  const url = resourceUrl(queue, 'TaskQueues');
  const base = workspaceUrl(queue.workspaceSid);
  const activityUrl = (sid: string | null): string | null => (sid ? `${base}/Activities/${sid}` : null);
  return {
    sid: queue.sid,
    account_sid: account.accountSid,
    workspace_sid: queue.workspaceSid,
    friendly_name: queue.friendlyName,
    target_workers: queue.targetWorkers,
    task_order: queue.taskOrder,
    max_reserved_workers: queue.maxReservedWorkers,
    assignment_activity_sid: queue.assignmentActivitySid,
    assignment_activity_name: workspaces.activities.get(queue.assignmentActivitySid)?.friendlyName ?? null,
    reservation_activity_sid: queue.reservationActivitySid,
    reservation_activity_name: workspaces.activities.get(queue.reservationActivitySid)?.friendlyName ?? null,
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

export function workflowRoutes(app: FastifyInstance, taskRouter: TaskRouter): void {
  const { workflows } = taskRouter;
  const list = '/v1/Workspaces/:workspaceSid/Workflows';
  const find = (request: FastifyRequest): Workflow =>
    found(workflows.find(param(request, 'workspaceSid'), param(request, 'sid')), request);

  const toJson = (workflow: Workflow): object => {
    const url = resourceUrl(workflow, 'Workflows');
    return {
      sid: workflow.sid,
      account_sid: taskRouter.account.accountSid,
      workspace_sid: workflow.workspaceSid,
      friendly_name: workflow.friendlyName,
      configuration: workflow.configuration,
      document_content_type: 'application/json',
      assignment_callback_url: workflow.assignmentCallbackUrl,
      fallback_assignment_callback_url: workflow.fallbackAssignmentCallbackUrl,
      task_reservation_timeout: workflow.taskReservationTimeoutSeconds,
      date_created: isoSeconds(workflow.dateCreated),
      date_updated: isoSeconds(workflow.dateUpdated),
      url,
      links: {
        statistics: `${url}/Statistics`,
        real_time_statistics: `${url}/RealTimeStatistics`,
        cumulative_statistics: `${url}/CumulativeStatistics`,
      },
    };
  };
  const changeOf = (form: Form): WorkflowChange => ({
    friendlyName: form.string('FriendlyName'),
    configuration: form.string('Configuration'),
    assignmentCallbackUrl: form.string('AssignmentCallbackUrl'),
    fallbackAssignmentCallbackUrl: form.string('FallbackAssignmentCallbackUrl'),
    taskReservationTimeoutSeconds: form.integer('TaskReservationTimeout'),
  });

  app.get(list, (request) => {
    const page = pageOf(request, MAX_PAGE_SIZE);
    const name = page.query.get('FriendlyName');
    const all = workflows
      .list(workspaceOf(taskRouter, request).sid)
      .filter((workflow) => name === null || workflow.friendlyName === name);
    return toPage('workflows', all, toJson, page);
  });

  app.post(list, (request, reply) => {
    const workspace = workspaceOf(taskRouter, request);
    const form = formOf(request);
    form.required('FriendlyName');
    form.required('Configuration');
    reply.code(201);
    return toJson(workflows.create(workspace.sid, changeOf(form)));
  });

  app.get(`${list}/:sid`, (request) => toJson(find(request)));

  app.post(`${list}/:sid`, (request) => {
    const form = formOf(request);
    if (form.boolean('ReEvaluateTasks')) refuseUnbuilt(form, 'ReEvaluateTasks');
    return toJson(workflows.update(find(request), changeOf(form)));
  });

  app.delete(`${list}/:sid`, (request, reply) => {
    workflows.delete(find(request));
    return reply.code(204).send();
  });
}
