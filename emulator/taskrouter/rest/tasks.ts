/** /v1/Workspaces/{WS}/Tasks. Source: openapi taskrouter_v1 */
import type { FastifyInstance } from 'fastify';
import { invalidParameter } from '../../core/errors';
import type { Form } from '../../core/form';
import { queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import { parseAttributes } from '../attributes';
import { parseExpression } from '../expression';
import type { Task, TaskStatus } from '../model';
import {
  MAX_PAGE_SIZE,
  resourceUrl,
  workspaceOf,
  workspaceSidOf,
  workspaceUrl,
  type TaskRouterApi,
} from './paths';

export function taskRoutes(app: FastifyInstance, api: TaskRouterApi): void {
  const { domain } = api;

  serveResources<Task>(app, {
    path: '/:workspaceSid/Tasks',
    sid: 'taskSid',
    key: 'tasks',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => {
      const query = queryOf(request);
      return domain.tasks
        .list(workspaceOf(request, api).sid)
        .filter(taskFilter(query, api))
        .sort(taskOrder(query.string('Ordering')));
    },
    find: (sid, request) => domain.tasks.find(workspaceSidOf(request), sid),
    create: (form, request) =>
      domain.createTask(workspaceOf(request, api).sid, {
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
      }),
    update: (task, form) => updateTask(api, task, form),
    remove: (task) => domain.deleteTask(task),
    toJson: (task) => taskJson(task, api),
    versionOf: ({ version }) => version,
  });
}

export function updateTask({ domain }: TaskRouterApi, task: Task, form: Form): void {
  const channelName = form.string('TaskChannel');
  const channel =
    channelName === undefined ? undefined : domain.workspaces.findTaskChannel(task.workspaceSid, channelName);
  if (channelName !== undefined && !channel)
    throw invalidParameter(`TaskChannel ${channelName} does not exist`);
  const change = {
    attributes: form.string('Attributes'),
    priority: form.integer('Priority'),
    taskChannelSid: channel?.sid,
    virtualStartTime: form.date('VirtualStartTime'),
  };
  const status = form.string('AssignmentStatus') as TaskStatus | undefined;
  // All or nothing: check the status before the attributes change.
  if (status !== undefined) domain.checkTaskStatus(task, status);
  if (Object.values(change).some((value) => value !== undefined)) domain.tasks.update(task, change);
  if (status !== undefined) domain.setTaskStatus(task, status, form.string('Reason'));
}

function taskFilter(query: Form, { domain }: TaskRouterApi): (task: Task) => boolean {
  const { workspaces, workflows } = domain;
  // twilio-node repeats the key; a comma-separated list is what the documentation shows for filters.
  const statuses = query.list('AssignmentStatus').flatMap((value) => value.split(','));
  const expression = query.string('EvaluateTaskAttributes');
  const evaluate = expression === undefined ? () => true : parseExpression(expression);
  return (task) =>
    query.admits('Priority', String(task.priority)) &&
    query.admits('WorkflowSid', task.workflowSid) &&
    query.admits('WorkflowName', workflows.get(task.workflowSid)?.friendlyName) &&
    query.admits('TaskQueueSid', task.taskQueueSid) &&
    query.admits('TaskQueueName', workspaces.taskQueues.get(task.taskQueueSid)?.friendlyName) &&
    query.admits('RoutingTarget', task.routingTarget) &&
    query.admits('HasAddons', 'false') &&
    (statuses.length === 0 || statuses.includes(task.assignmentStatus)) &&
    evaluate(parseAttributes(task.attributes));
}

/** `DateCreated:asc`, `Priority:desc,DateCreated:asc`, … Source: openapi taskrouter_v1 (Ordering) */
function taskOrder(ordering: string | undefined): (a: Task, b: Task) => number {
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

function taskJson(task: Task, { domain, accountSid }: TaskRouterApi): object {
  const { workspaces, workflows } = domain;
  const url = resourceUrl(task, 'Tasks');
  const base = workspaceUrl(task.workspaceSid);
  return {
    sid: task.sid,
    account_sid: accountSid,
    workspace_sid: task.workspaceSid,
    age: Math.floor((domain.now().getTime() - task.dateCreated.getTime()) / 1000),
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
