/** What happens in TaskRouter. Flex and the timeline listen. */
import type { Reservation, Task, Worker, WorkerChannel } from './model';

/** TaskRouter's own names. Source: docs https://www.twilio.com/docs/taskrouter/api/event/reference */
export type TaskRouterEventType =
  | 'task.created'
  | 'task.updated'
  | 'task.canceled'
  | 'task.wrapup'
  | 'task.completed'
  | 'task.deleted'
  | 'task.system-deleted'
  | 'reservation.created'
  | 'reservation.accepted'
  | 'reservation.rejected'
  | 'reservation.timeout'
  | 'reservation.canceled'
  | 'reservation.rescinded'
  | 'reservation.wrapup'
  | 'reservation.completed'
  | 'worker.activity.update'
  | 'worker.attributes.update'
  | 'worker.capacity.update'
  | 'worker.channel.availability.update';

export interface TaskEvent {
  task: Task;
  /** Null where TaskRouter publishes no event of its own: a Task becoming reserved, assigned or pending again. */
  eventType: TaskRouterEventType | null;
}

export interface TaskRouterEvents {
  taskCreated: TaskEvent;
  taskUpdated: TaskEvent;
  taskDeleted: TaskEvent;
  reservationCreated: TaskEvent & { reservation: Reservation };
  reservationUpdated: TaskEvent & { reservation: Reservation };
  /** The capacity of a Worker on one TaskChannel: what is configured, or how much of it is taken. */
  workerChannelUpdated: { channel: WorkerChannel; eventType: TaskRouterEventType };
  /** `left`: the Activity in which the Worker was before, if it changed. */
  workerUpdated: {
    worker: Worker;
    eventType: TaskRouterEventType | null;
    left?: { activitySid: string; since: Date };
  };
}
