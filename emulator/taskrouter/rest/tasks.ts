/** /v1/Workspaces/{WS}/Tasks */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalidParameter } from '../../core/errors';
import type { Form } from '../../core/form';
import { formOf, found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import { parseAttributes } from '../attributes';
import { parseExpression } from '../expression';
import type { Task, TaskStatus } from '../model';
import type { TaskRouter } from '../domain';
import { resourceUrl, workspaceUrl } from './addresses';
import { checkIfMatch, MAX_PAGE_SIZE, setETag, workspaceOf } from './paths';

const LIST = '/v1/Workspaces/:workspaceSid/Tasks';

export function taskOf(taskRouter: TaskRouter, request: FastifyRequest): Task {
  return found(taskRouter.tasks.find(param(request, 'workspaceSid'), param(request, 'taskSid')), request);
}

export function taskRoutes(app: FastifyInstance, taskRouter: TaskRouter): void {
  const { tasks } = taskRouter;
  const toJson = (task: Task): object => taskJson(task, taskRouter);

  app.get(LIST, (request) => {
    const page = pageOf(request, MAX_PAGE_SIZE);
    const all = tasks
      .list(workspaceOf(taskRouter, request).sid)
      .filter(taskFilter(page.query, taskRouter))
      .sort(taskOrder(page.query.get('Ordering')));
    return toPage('tasks', all, toJson, page);
  });

  app.post(LIST, (request, reply) => {
    const workspace = workspaceOf(taskRouter, request);
    const form = formOf(request);
    const task = taskRouter.createTask(workspace.sid, {
      attributes: form.string('Attributes'),
      workflowSid: form.string('WorkflowSid'),
      taskQueueSid: form.string('TaskQueueSid'),
      taskChannel: form.string('TaskChannel'),
      priority: form.integer('Priority'),
      timeoutSeconds: form.integer('Timeout'),
      routingTarget: form.string('RoutingTarget'),
      // Source: openapi taskrouter_v1 (IgnoreCapacity: true, 1 or yes)
      ignoreCapacity: ['true', '1', 'yes'].includes(form.string('IgnoreCapacity') ?? ''),
      virtualStartTime: form.date('VirtualStartTime'),
    });
    setETag(reply.code(201), task);
    return toJson(task);
  });

  app.get(`${LIST}/:taskSid`, (request, reply) => {
    const task = taskOf(taskRouter, request);
    setETag(reply, task);
    return toJson(task);
  });

  app.post(`${LIST}/:taskSid`, (request, reply) => {
    const task = taskOf(taskRouter, request);
    checkIfMatch(request, task);
    updateTask(taskRouter, task, formOf(request));
    setETag(reply, task);
    return toJson(task);
  });

  app.delete(`${LIST}/:taskSid`, (request, reply) => {
    const task = taskOf(taskRouter, request);
    checkIfMatch(request, task);
    taskRouter.deleteTask(task);
    return reply.code(204).send();
  });
}

function updateTask(taskRouter: TaskRouter, task: Task, form: Form): void {
  const channelName = form.string('TaskChannel');
  const channel =
    channelName === undefined
      ? undefined
      : taskRouter.workspaces.findTaskChannel(task.workspaceSid, channelName);
  if (channelName !== undefined && !channel)
    throw invalidParameter(`TaskChannel ${channelName} does not exist`);
  const change = {
    attributes: form.string('Attributes'),
    priority: form.integer('Priority'),
    taskChannelSid: channel?.sid,
    virtualStartTime: form.date('VirtualStartTime'),
  };
  const status = form.string('AssignmentStatus') as TaskStatus | undefined;
  // Both or nothing: the status is refused before the attributes have changed.
  if (status !== undefined) taskRouter.checkTaskStatus(task, status);
  if (Object.values(change).some((value) => value !== undefined)) taskRouter.tasks.update(task, change);
  if (status !== undefined) taskRouter.setTaskStatus(task, status, form.string('Reason'));
}

function taskFilter(query: URLSearchParams, { workspaces, workflows }: TaskRouter): (task: Task) => boolean {
  const is = (key: string, value: string | null | undefined): boolean =>
    query.get(key) === null || query.get(key) === value;
  // twilio-node repeats the key; a comma-separated list is what the documentation shows for filters.
  const statuses = query.getAll('AssignmentStatus').flatMap((value) => value.split(','));
  const expression = query.get('EvaluateTaskAttributes');
  const evaluate = expression === null ? () => true : parseExpression(expression);
  return (task) =>
    is('Priority', String(task.priority)) &&
    is('WorkflowSid', task.workflowSid) &&
    is('WorkflowName', workflows.get(task.workflowSid)?.friendlyName) &&
    is('TaskQueueSid', task.taskQueueSid) &&
    is('TaskQueueName', workspaces.taskQueues.get(task.taskQueueSid)?.friendlyName) &&
    is('RoutingTarget', task.routingTarget) &&
    is('HasAddons', 'false') &&
    (statuses.length === 0 || statuses.includes(task.assignmentStatus)) &&
    evaluate(parseAttributes(task.attributes));
}

/** `DateCreated:asc`, `Priority:desc,DateCreated:asc`, … Source: openapi taskrouter_v1 (Ordering) */
function taskOrder(ordering: string | null): (a: Task, b: Task) => number {
  const values: Record<string, (task: Task) => number> = {
    DateCreated: (task) => task.dateCreated.getTime(),
    Priority: (task) => task.priority,
    VirtualStartTime: (task) => task.virtualStartTime.getTime(),
  };
  const steps = (ordering ?? 'DateCreated:asc').split(',').map((step) => {
    const [name = '', direction = 'asc'] = step.split(':');
    const value = values[name];
    if (!value || !['asc', 'desc'].includes(direction))
      throw invalidParameter(`Invalid Ordering ${ordering}`);
    const sign = direction === 'asc' ? 1 : -1;
    return (a: Task, b: Task): number => sign * (value(a) - value(b));
  });
  return (a, b) => steps.reduce((result, step) => result || step(a, b), 0);
}

function taskJson(task: Task, taskRouter: TaskRouter): object {
  const { account, workspaces, workflows } = taskRouter;
  const url = resourceUrl(task, 'Tasks');
  const base = workspaceUrl(task.workspaceSid);
  return {
    sid: task.sid,
    account_sid: account.accountSid,
    workspace_sid: task.workspaceSid,
    age: Math.floor((taskRouter.now().getTime() - task.dateCreated.getTime()) / 1000),
    assignment_status: task.assignmentStatus,
    attributes: task.attributes,
    addons: '{}',
    date_created: isoSeconds(task.dateCreated),
    date_updated: isoSeconds(task.dateUpdated),
    task_queue_entered_date: task.taskQueueEnteredDate && isoSeconds(task.taskQueueEnteredDate),
    virtual_start_time: isoSeconds(task.virtualStartTime),
    priority: task.priority,
    reason: task.reason,
    task_queue_sid: task.taskQueueSid,
    task_queue_friendly_name: workspaces.taskQueues.get(task.taskQueueSid)?.friendlyName ?? null,
    task_channel_sid: task.taskChannelSid,
    task_channel_unique_name: workspaces.taskChannels.get(task.taskChannelSid)?.uniqueName ?? null,
    timeout: task.timeoutSeconds,
    workflow_sid: task.workflowSid,
    workflow_friendly_name: workflows.get(task.workflowSid)?.friendlyName ?? null,
    routing_target: task.routingTarget,
    ignore_capacity: task.ignoreCapacity,
    url,
    links: {
      task_queue: `${base}/TaskQueues/${task.taskQueueSid}`,
      workflow: `${base}/Workflows/${task.workflowSid}`,
      workspace: base,
      reservations: `${url}/Reservations`,
    },
  };
}
