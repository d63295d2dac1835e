/** Reservations: a Task held for one Worker, and the Worker's answer. */
import type { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid } from '../core/sids';
import { Collection } from './collection';
import type { TaskRouterEvents, TaskRouterEventType } from './events';
import type { Reservation, ReservationStatus, Task, Worker } from './model';

/** Guess: the possible transitions; the documentation shows the usual ones only. */
const NEXT: Record<ReservationStatus, readonly ReservationStatus[]> = {
  pending: ['accepted', 'rejected', 'timeout', 'canceled', 'rescinded'],
  accepted: ['wrapping', 'completed', 'canceled'],
  wrapping: ['completed', 'canceled'],
  rejected: [],
  timeout: [],
  canceled: [],
  rescinded: [],
  completed: [],
};

const EVENT_TYPES: Record<ReservationStatus, TaskRouterEventType> = {
  pending: 'reservation.created',
  accepted: 'reservation.accepted',
  rejected: 'reservation.rejected',
  timeout: 'reservation.timeout',
  canceled: 'reservation.canceled',
  rescinded: 'reservation.rescinded',
  wrapping: 'reservation.wrapup',
  completed: 'reservation.completed',
};

/** These hold a place of the Worker's capacity. Guess: wrapping does too. */
const HOLDING: readonly ReservationStatus[] = ['pending', 'accepted', 'wrapping'];

export class Reservations extends Collection<Reservation> {
  constructor(
    private readonly clock: Clock,
    private readonly events: Bus<TaskRouterEvents>,
    /** The Worker's capacity is updated after all listeners of the Reservation's own event have run. */
    private readonly announced: (reservation: Reservation, task: Task) => void,
  ) {
    super();
  }

  create(task: Task, worker: Worker): Reservation {
    const now = this.clock.date();
    return this.add({
      sid: createSid('WR'),
      workspaceSid: task.workspaceSid,
      taskSid: task.sid,
      workerSid: worker.sid,
      workerName: worker.friendlyName,
      reservationStatus: 'pending',
      dateCreated: now,
      dateUpdated: now,
      version: 0,
    });
  }

  ofTask(task: Task): Reservation[] {
    return this.list(task.workspaceSid).filter((reservation) => reservation.taskSid === task.sid);
  }

  ofWorker(worker: Worker): Reservation[] {
    return this.list(worker.workspaceSid).filter((reservation) => reservation.workerSid === worker.sid);
  }

  /** The Task's current Reservation, if any. */
  holding(task: Task): Reservation | undefined {
    return this.ofTask(task).find((reservation) => HOLDING.includes(reservation.reservationStatus));
  }

  isHolding(reservation: Reservation): boolean {
    return HOLDING.includes(reservation.reservationStatus);
  }

  checkMove(reservation: Reservation, to: ReservationStatus): void {
    if (!NEXT[reservation.reservationStatus].includes(to)) {
      throw invalidParameter(
        `Reservation ${reservation.sid} cannot become ${to} while it is ${reservation.reservationStatus}`,
      );
    }
  }

  /** Silent: the caller announces it once the Task has followed. */
  move(reservation: Reservation, to: ReservationStatus): void {
    this.checkMove(reservation, to);
    reservation.reservationStatus = to;
    reservation.dateUpdated = this.clock.date();
    reservation.version += 1;
  }

  announce(reservation: Reservation, task: Task): void {
    const eventType = EVENT_TYPES[reservation.reservationStatus];
    const name = reservation.reservationStatus === 'pending' ? 'reservationCreated' : 'reservationUpdated';
    this.events.emit(name, { task, reservation, eventType });
    this.announced(reservation, task);
  }
}
