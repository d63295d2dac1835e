/** Reservations and Tasks that are over, with their reason. TaskRouter forgets them after minutes; users of the desk look later. */
import type { Clock } from '../../core/clock';
import type { Flex } from '../../flex/domain';
import { parseAttributes } from '../../taskrouter/attributes';
import type { ReservationStatus, Task } from '../../taskrouter/model';
import { nameOfTarget } from '../agents/roster';

export interface FinishedTask {
  /** Increases with each. */
  id: number;
  taskSid: string;
  /** Null for a Task that ended without a Worker. */
  workerSid: string | null;
  status: ReservationStatus;
  reason: string | null;
  attributes: Record<string, unknown>;
  /** ISO 8601. */
  at: string;
}

const OVER: readonly ReservationStatus[] = ['completed', 'canceled', 'rejected', 'timeout', 'rescinded'];
const MAX_KEPT = 200;

export class FinishedTasks {
  private readonly kept: FinishedTask[] = [];
  private lastId = 0;

  constructor(
    private readonly flex: Flex,
    private readonly clock: Clock,
  ) {
    const { events, reservations } = flex.taskrouter;
    events.on('reservationUpdated', ({ task, reservation: { reservationStatus: status, workerSid } }) => {
      if (OVER.includes(status)) this.keep(task, status, workerSid);
    });
    // The Reservation of a Task that is canceled has an event of its own.
    events.on('taskUpdated', ({ task, eventType }) => {
      if (eventType !== 'task.canceled') return;
      const ofWorker = reservations.ofTask(task).some(({ reservationStatus: is }) => is === 'canceled');
      if (!ofWorker) this.keep(task, 'canceled', null);
    });
  }

  /** Those of the Worker and those that no Worker had, newest first. */
  seenBy(workerSid: string): FinishedTask[] {
    return this.kept.filter((one) => one.workerSid === null || one.workerSid === workerSid).reverse();
  }

  private keep(task: Task, status: ReservationStatus, workerSid: string | null): void {
    const { sid: taskSid, attributes } = task;
    this.kept.push({
      id: ++this.lastId,
      taskSid,
      workerSid,
      status,
      reason: this.reasonOf(task, status),
      attributes: parseAttributes(attributes),
      at: this.clock.date().toISOString(),
    });
    if (this.kept.length > MAX_KEPT) this.kept.shift();
  }

  /** The Task's own. A Reservation that the Worker has not taken has none; a transfer names its target. */
  private reasonOf({ sid, reason }: Task, status: ReservationStatus): string | null {
    if (status !== 'completed' && status !== 'canceled') return null;
    const { interactions, transfers, taskrouter } = this.flex;
    const participant = interactions.participantOfTask(sid);
    const transfer =
      participant &&
      transfers
        .ofChannel(participant.channelSid)
        .find(({ from, status: is }) => from === participant.sid && is === 'completed');
    return transfer ? `Transferred to ${nameOfTarget(taskrouter, transfer.to)}` : reason;
  }
}
