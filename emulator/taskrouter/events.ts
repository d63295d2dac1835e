/** What happens in TaskRouter. Flex and the timeline listen. */
import type { Reservation, Task, Worker } from './model';

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
  | 'worker.activity.update';

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
  workerUpdated: { worker: Worker; eventType: TaskRouterEventType | null };
}
