/**
 * TaskRouter's resources as the event bridge shows them. Dates are Unix seconds, and every field is there: the SDK throws
 * without it. Source: sdk twilio-taskrouter (descriptors)
 */
import type { TaskRouterApi } from '../rest/paths';
import type { Activity, Reservation, Task, TaskQueue, Worker, WorkerChannel } from '../model';

export function activityJson(activity: Activity, { accountSid }: TaskRouterApi): object {
  return {
    ...common(activity, accountSid),
    friendly_name: activity.friendlyName,
    available: activity.available,
  };
}

export function workerJson(worker: Worker, { domain, accountSid }: TaskRouterApi): object {
  const { workers, workspaces } = domain;
  return {
    ...common(worker, accountSid),
    friendly_name: worker.friendlyName,
    activity_sid: worker.activitySid,
    activity_name: workspaces.activities.get(worker.activitySid)?.friendlyName ?? null,
    available: workers.isAvailable(worker),
    attributes: worker.attributes,
    date_status_changed: unixSeconds(worker.dateStatusChanged),
    version: worker.version,
  };
}

export function workerChannelJson(channel: WorkerChannel, { domain, accountSid }: TaskRouterApi): object {
  const { workspaces, reservations, assignment } = domain;
  const { assignedTasks, availablePercentage } = assignment.occupancyOf(channel);
  const lastReserved = reservations
    .list(channel.workspaceSid)
    .findLast(({ workerSid }) => workerSid === channel.workerSid);
  return {
    ...common(channel, accountSid),
    worker_sid: channel.workerSid,
    task_channel_sid: channel.taskChannelSid,
    task_channel_unique_name: workspaces.taskChannels.get(channel.taskChannelSid)?.uniqueName ?? null,
    assigned_tasks: assignedTasks,
    configured_capacity: channel.configuredCapacity,
    available: channel.available,
    available_capacity_percentage: availablePercentage,
    // The one date in milliseconds
    last_reserved_time: (lastReserved ?? channel).dateCreated.getTime(),
  };
}

export function taskJson(task: Task, { domain, accountSid }: TaskRouterApi): object {
  const { workspaces, workflows } = domain;
  return {
    ...common(task, accountSid),
    addons: '{}',
    age: unixSeconds(domain.now()) - unixSeconds(task.dateCreated),
    attributes: task.attributes,
    priority: task.priority,
    reason: task.reason,
    queue_name: workspaces.taskQueues.get(task.taskQueueSid)?.friendlyName ?? null,
    queue_sid: task.taskQueueSid,
    routing_target: task.routingTarget,
    assignment_status: task.assignmentStatus,
    task_channel_unique_name: workspaces.taskChannels.get(task.taskChannelSid)?.uniqueName ?? null,
    task_channel_sid: task.taskChannelSid,
    timeout: task.timeoutSeconds,
    workflow_name: workflows.get(task.workflowSid)?.friendlyName ?? null,
    workflow_sid: task.workflowSid,
    version: task.version,
    virtual_start_time: unixSeconds(task.virtualStartTime),
    task_queue_entered_date: task.taskQueueEnteredDate && unixSeconds(task.taskQueueEnteredDate),
  };
}

/** Without a transfer, its fields are omitted: the SDK reads null as a transfer. */
export function reservationJson(reservation: Reservation, api: TaskRouterApi): object {
  const { tasks, assignment } = api.domain;
  const task = tasks.get(reservation.taskSid);
  return {
    ...common(reservation, api.accountSid),
    worker_sid: reservation.workerSid,
    task_sid: reservation.taskSid,
    reservation_status: reservation.reservationStatus,
    reservation_timeout: task ? assignment.reservationTimeoutSeconds(task) : null,
    version: reservation.version,
    task: task ? taskJson(task, api) : null,
  };
}

export function taskQueueJson(queue: TaskQueue, { domain, accountSid }: TaskRouterApi): object {
  const { activities } = domain.workspaces;
  return {
    ...common(queue, accountSid),
    friendly_name: queue.friendlyName,
    reservation_activity_name: activities.get(queue.reservationActivitySid)?.friendlyName ?? null,
    assignment_activity_name: activities.get(queue.assignmentActivitySid)?.friendlyName ?? null,
    reservation_activity_sid: queue.reservationActivitySid,
    assignment_activity_sid: queue.assignmentActivitySid,
    target_workers: queue.targetWorkers,
    max_reserved_workers: queue.maxReservedWorkers,
    task_order: queue.taskOrder,
    lifo_queue: queue.taskOrder === 'LIFO',
  };
}

function common(
  resource: { sid: string; workspaceSid: string; dateCreated: Date; dateUpdated: Date },
  accountSid: string,
): object {
  return {
    sid: resource.sid,
    account_sid: accountSid,
    workspace_sid: resource.workspaceSid,
    date_created: unixSeconds(resource.dateCreated),
    date_updated: unixSeconds(resource.dateUpdated),
  };
}

function unixSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
