/** The Task of steps 7 and 8, and its end. */
import type { Clock } from '../../core/clock';
import type { Task } from '../../taskrouter/model';
import type { TaskRouter } from '../../taskrouter/domain';
import type { StepId } from './steps';
import type { TimelineFact } from './entry';
import type { Timeline } from './timeline';

export function followTaskRouter(timeline: Timeline, taskRouter: TaskRouter, clock: Clock): void {
  const add = (task: Task, step: StepId, fact: Pick<TimelineFact, 'title' | 'summary' | 'detail'>): void => {
    const conversationSid = conversationSidOf(task);
    if (!conversationSid) return;
    timeline.add({
      step: timeline.has(conversationSid, '8') ? 'after' : step,
      conversationSid,
      kind: 'event',
      product: 'TaskRouter',
      at: clock.now(),
      ...fact,
    });
  };
  for (const name of ['taskCreated', 'taskUpdated', 'taskDeleted'] as const) {
    taskRouter.events.onFirst(name, ({ task, eventType }) => {
      // Intermediate states between two published events; the Reservation's own event has the same information.
      if (eventType === null) return;
      add(task, '7', { title: eventType, summary: `Task ${task.assignmentStatus}`, detail: toPlain(task) });
    });
  }
  taskRouter.events.onFirst('reservationCreated', ({ task, reservation, eventType }) =>
    add(task, '7', {
      title: eventType ?? 'reservation.created',
      summary: `offered to ${reservation.workerName}`,
      detail: { ...reservation, task: toPlain(task) },
    }),
  );
  taskRouter.events.onFirst('reservationUpdated', ({ task, reservation, eventType }) =>
    add(task, reservation.reservationStatus === 'accepted' ? '8' : '7', {
      title: eventType ?? `reservation ${reservation.reservationStatus}`,
      summary: `${reservation.reservationStatus}, ${reservation.workerName}`,
      detail: { ...reservation, task: toPlain(task) },
    }),
  );
}

/** Tasks of a Conversation name it in their attributes. Source: docs https://www.twilio.com/docs/flex/developer/conversations/interactions-api#task-attributes */
export function conversationSidOf(task: Task): string | undefined {
  const { conversationSid } = JSON.parse(task.attributes) as { conversationSid?: string };
  return conversationSid;
}

function toPlain(task: Task): object {
  return { ...task, attributes: JSON.parse(task.attributes) as unknown };
}
