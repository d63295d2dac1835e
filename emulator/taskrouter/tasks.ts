/** Tasks: their states from pending to completed or canceled. Source: docs https://www.twilio.com/docs/taskrouter/lifecycle-task-state */
import type { Bus } from '../core/bus';
import type { Clock, Timer } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid } from '../core/sids';
import { checkAttributes } from './attributes';
import { Collection } from './collection';
import type { TaskRouterEvents, TaskRouterEventType } from './events';
import { DEFAULT_TASK_TIMEOUT_SECONDS, KEPT_AFTER_COMPLETION_MS, MAX_TASK_TIMEOUT_SECONDS } from './limits';
import type { Task, TaskStatus } from './model';
import type { Route } from './workflows';

const NEXT: Record<TaskStatus, readonly TaskStatus[]> = {
  pending: ['reserved', 'canceled'],
  reserved: ['assigned', 'pending', 'canceled'],
  assigned: ['wrapping', 'completed'],
  wrapping: ['completed'],
  completed: [],
  canceled: [],
};

const EVENT_TYPES: Partial<Record<TaskStatus, TaskRouterEventType>> = {
  wrapping: 'task.wrapup',
  completed: 'task.completed',
  canceled: 'task.canceled',
};

interface NewTask {
  workspaceSid: string;
  attributes: string;
  taskChannelSid: string;
  workflowSid: string | null;
  route: Route | undefined;
  priority?: number | undefined;
  timeoutSeconds?: number | undefined;
  routingTarget?: string | undefined;
  ignoreCapacity?: boolean | undefined;
  virtualStartTime?: Date | undefined;
}

interface TaskChange {
  attributes?: string | undefined;
  priority?: number | undefined;
  taskChannelSid?: string | undefined;
  virtualStartTime?: Date | undefined;
}

export class Tasks extends Collection<Task> {
  private readonly timers = new Map<string, Timer>();
  /** When finished Tasks are deleted. */
  private readonly forgottenAt = new Map<string, Date>();

  constructor(
    private readonly clock: Clock,
    private readonly events: Bus<TaskRouterEvents>,
  ) {
    super();
  }

  create(wanted: NewTask): Task {
    const now = this.clock.date();
    const timeoutSeconds = checkTimeout(wanted.timeoutSeconds ?? DEFAULT_TASK_TIMEOUT_SECONDS);
    const task = this.add({
      sid: createSid('WT'),
      workspaceSid: wanted.workspaceSid,
      assignmentStatus: 'pending',
      attributes: checkAttributes(wanted.attributes),
      // A Workflow target's priority overrides the Task's own. Source: openapi taskrouter_v1 (Priority)
      priority: wanted.route?.priority ?? wanted.priority ?? 0,
      reason: null,
      workflowSid: wanted.workflowSid,
      taskQueueSid: wanted.route?.taskQueueSid ?? null,
      taskChannelSid: wanted.taskChannelSid,
      timeoutSeconds,
      routingTarget: wanted.routingTarget ?? null,
      ignoreCapacity: wanted.ignoreCapacity ?? false,
      taskQueueEnteredDate: wanted.route ? now : null,
      virtualStartTime: wanted.virtualStartTime ?? now,
      targetExpression: wanted.route?.targetExpression ?? null,
      dateCreated: now,
      dateUpdated: now,
      version: 0,
    });
    this.events.emit('taskCreated', { task, eventType: 'task.created' });
    return task;
  }

  update(task: Task, change: TaskChange): Task {
    const attributes = checkAttributes(change.attributes ?? task.attributes);
    task.attributes = attributes;
    task.priority = change.priority ?? task.priority;
    task.taskChannelSid = change.taskChannelSid ?? task.taskChannelSid;
    task.virtualStartTime = change.virtualStartTime ?? task.virtualStartTime;
    this.changed(task, 'task.updated');
    return task;
  }

  /** Runs `expire` unless the Task finds a Worker within its Timeout. */
  startTimeout(task: Task, expire: () => void): void {
    const end = new Date(task.dateCreated.getTime() + task.timeoutSeconds * 1000);
    const timer = this.clock.at(end, () => {
      if (task.assignmentStatus === 'pending' || task.assignmentStatus === 'reserved') expire();
    });
    this.timers.set(task.sid, timer);
  }

  /** Refuses transitions that TaskRouter does not know, before anything changes. */
  checkMove(task: Task, to: TaskStatus): void {
    if (!NEXT[task.assignmentStatus].includes(to)) {
      throw invalidParameter(`Task ${task.sid} cannot become ${to} while it is ${task.assignmentStatus}`);
    }
  }

  /** The caller has checked the transition and updates the Reservations. */
  move(task: Task, to: TaskStatus, reason?: string): void {
    this.checkMove(task, to);
    task.assignmentStatus = to;
    if (reason !== undefined) task.reason = reason;
    if (to === 'completed' || to === 'canceled') {
      this.forget(task, new Date(this.clock.now() + KEPT_AFTER_COMPLETION_MS));
    }
    this.changed(task, EVENT_TYPES[to] ?? null);
  }

  remove(task: Task, eventType: TaskRouterEventType = 'task.deleted'): void {
    this.timers.get(task.sid)?.cancel();
    this.timers.delete(task.sid);
    this.forgottenAt.delete(task.sid);
    this.delete(task);
    this.events.emit('taskDeleted', { task, eventType });
  }

  /** `expire` as for `startTimeout`. */
  resume(expire: (task: Task) => void): void {
    for (const task of this.all()) {
      const end = this.forgottenAt.get(task.sid);
      if (end) this.forget(task, end);
      else this.startTimeout(task, () => expire(task));
    }
  }

  private forget(task: Task, at: Date): void {
    this.timers.get(task.sid)?.cancel();
    this.forgottenAt.set(task.sid, at);
    this.timers.set(
      task.sid,
      this.clock.at(at, () => this.remove(task, 'task.system-deleted')),
    );
  }

  private changed(task: Task, eventType: TaskRouterEventType | null): void {
    task.dateUpdated = this.clock.date();
    task.version += 1;
    this.events.emit('taskUpdated', { task, eventType });
  }
}

export function checkTimeout(seconds: number): number {
  if (seconds < 1 || seconds > MAX_TASK_TIMEOUT_SECONDS) {
    throw invalidParameter(`Timeout must be 1 to ${MAX_TASK_TIMEOUT_SECONDS} seconds`);
  }
  return seconds;
}
