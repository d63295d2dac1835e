/** What happened to Tasks, Reservations and Workers, kept after the Tasks are deleted: cumulative statistics count it. */
import type { Bus } from '../../core/bus';
import type { Clock } from '../../core/clock';
import type { TaskRouterEvents, TaskRouterEventType } from '../events';
import { KEPT_STATISTICS_MS } from '../limits';
import type { Task } from '../model';

/** The names of the counters in the answers. */
export type Counter =
  | 'tasks_created'
  | 'tasks_canceled'
  | 'tasks_completed'
  | 'tasks_deleted'
  | 'tasks_timed_out_in_workflow'
  | 'reservations_created'
  | 'reservations_accepted'
  | 'reservations_rejected'
  | 'reservations_timed_out'
  | 'reservations_canceled'
  | 'reservations_rescinded';

const COUNTERS: Partial<Record<TaskRouterEventType, Counter>> = {
  'task.created': 'tasks_created',
  'task.canceled': 'tasks_canceled',
  'task.completed': 'tasks_completed',
  // Guess: a Task that TaskRouter deletes itself some time after its end does not count.
  'task.deleted': 'tasks_deleted',
  'reservation.created': 'reservations_created',
  'reservation.accepted': 'reservations_accepted',
  'reservation.rejected': 'reservations_rejected',
  'reservation.timeout': 'reservations_timed_out',
  'reservation.canceled': 'reservations_canceled',
  'reservation.rescinded': 'reservations_rescinded',
};

export interface Fact extends Pick<Task, 'workspaceSid' | 'taskQueueSid' | 'workflowSid' | 'taskChannelSid'> {
  atMs: number;
  counter: Counter;
  /** Since the Task was created. */
  ageSeconds: number;
  /** Since it entered its TaskQueue. */
  inQueueSeconds: number;
}

/** A Worker's time in one Activity that is over. */
export interface Stay {
  workspaceSid: string;
  workerSid: string;
  activitySid: string;
  fromMs: number;
  toMs: number;
}

export class History {
  readonly facts: Fact[] = [];
  readonly stays: Stay[] = [];

  constructor(
    private readonly clock: Clock,
    events: Bus<TaskRouterEvents>,
  ) {
    for (const name of ['taskCreated', 'taskUpdated', 'taskDeleted', 'reservationCreated'] as const) {
      events.on(name, ({ task, eventType }) => this.count(task, eventType));
    }
    events.on('reservationUpdated', ({ task, eventType }) => this.count(task, eventType));
    events.on('workerUpdated', ({ worker: { sid: workerSid, workspaceSid }, left }) => {
      if (!left) return;
      this.forgetOld();
      const { activitySid, since } = left;
      this.stays.push({
        workspaceSid,
        workerSid,
        activitySid,
        fromMs: since.getTime(),
        toMs: this.clock.now(),
      });
    });
  }

  private count(task: Task, eventType: TaskRouterEventType | null): void {
    const counter = eventType && COUNTERS[eventType];
    if (!counter) return;
    this.forgetOld();
    this.add(task, counter);
    // Source: openapi taskrouter_v1 (Timeout: the reason's text)
    if (counter === 'tasks_canceled' && task.reason === 'Task TTL Exceeded') {
      this.add(task, 'tasks_timed_out_in_workflow');
    }
  }

  private add(task: Task, counter: Counter): void {
    const atMs = this.clock.now();
    const secondsSince = (date: Date): number => Math.floor((atMs - date.getTime()) / 1000);
    const { workspaceSid, taskQueueSid, workflowSid, taskChannelSid } = task;
    this.facts.push({
      workspaceSid,
      taskQueueSid,
      workflowSid,
      taskChannelSid,
      atMs,
      counter,
      ageSeconds: secondsSince(task.dateCreated),
      inQueueSeconds: secondsSince(task.taskQueueEnteredDate ?? task.dateCreated),
    });
  }

  private forgetOld(): void {
    const firstMs = this.clock.now() - KEPT_STATISTICS_MS;
    while (this.facts[0] && this.facts[0].atMs < firstMs) this.facts.shift();
    while (this.stays[0] && this.stays[0].toMs < firstMs) this.stays.shift();
  }
}
