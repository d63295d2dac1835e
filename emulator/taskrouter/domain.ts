/** TaskRouter as a whole: what Workers, Flex and the REST API do to Tasks and Reservations, kept in step. */
import { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import type { Surroundings } from '../core/product';
import { Assignment } from './assignment';
import { EventCallbacks } from './event-callbacks';
import type { TaskRouterEvents } from './events';
import type { Reservation, ReservationStatus, Task, TaskStatus, Worker } from './model';
import { Reservations } from './reservations';
import { History } from './statistics/history';
import { Tasks } from './tasks';
import { Workers, type WorkerChange } from './workers';
import { findRoute, type TaskRequest } from './task-request';
import { Workflows } from './workflows';
import { DEFAULT_TASK_CHANNEL, Workspaces } from './workspaces';

export class TaskRouter {
  readonly events = new Bus<TaskRouterEvents>();
  readonly workspaces: Workspaces;
  readonly workflows: Workflows;
  readonly workers: Workers;
  readonly tasks: Tasks;
  readonly reservations: Reservations;
  readonly assignment: Assignment;
  readonly eventCallbacks: EventCallbacks;
  readonly history: History;
  private readonly clock: Clock;

  constructor(surroundings: Pick<Surroundings, 'account' | 'clock' | 'emulatorUrl'>) {
    const { clock } = surroundings;
    this.clock = clock;
    this.history = new History(clock, this.events);
    this.workspaces = new Workspaces(clock);
    this.workflows = new Workflows(clock);
    this.workers = new Workers(clock, this.events, this.workspaces);
    this.tasks = new Tasks(clock, this.events);
    this.reservations = new Reservations(clock, this.events, ({ workerSid }, { taskChannelSid }) => {
      const worker = this.workers.get(workerSid);
      const taskChannel = this.workspaces.taskChannels.get(taskChannelSid);
      if (worker && taskChannel) this.workers.capacityChanged(worker, taskChannel);
    });
    this.assignment = new Assignment(
      clock,
      this.workspaces,
      this.workflows,
      this.workers,
      this.tasks,
      this.reservations,
      (reservation) => this.expireReservation(reservation),
    );
    this.eventCallbacks = new EventCallbacks(surroundings, this.events, this.workspaces, this.workflows);
  }

  resume(): void {
    this.tasks.resume((task) => this.expireTask(task));
    this.assignment.resume();
  }

  now(): Date {
    return this.clock.date();
  }

  createTask(workspaceSid: string, request: TaskRequest): Task {
    const taskChannel = this.workspaces.findTaskChannel(
      workspaceSid,
      request.taskChannel ?? DEFAULT_TASK_CHANNEL,
    );
    if (!taskChannel) throw invalidParameter(`TaskChannel ${request.taskChannel} does not exist`);
    const attributes = request.attributes ?? '{}';
    const { workflowSid, route } = findRoute(this, workspaceSid, request, attributes);
    const task = this.tasks.create({
      ...request,
      workspaceSid,
      attributes,
      taskChannelSid: taskChannel.sid,
      workflowSid,
      route,
    });
    this.tasks.startTimeout(task, () => this.expireTask(task));
    // Guess: the text of the reason.
    if (!route && !task.routingTarget) this.cancelTask(task, 'Task did not match any workflow filter');
    this.assignment.offer(task);
    return task;
  }

  /** Source: openapi taskrouter_v1 (Timeout: the reason's text) */
  private expireTask(task: Task): void {
    this.cancelTask(task, 'Task TTL Exceeded');
  }

  cancelTask(task: Task, reason: string): void {
    this.tasks.checkMove(task, 'canceled');
    this.endReservation(task, 'canceled', () => this.tasks.move(task, 'canceled', reason));
  }

  completeTask(task: Task, reason?: string): void {
    this.tasks.checkMove(task, 'completed');
    this.endReservation(task, 'completed', () => this.tasks.move(task, 'completed', reason));
  }

  wrapUpTask(task: Task, reason?: string): void {
    this.tasks.checkMove(task, 'wrapping');
    this.endReservation(task, 'wrapping', () => this.tasks.move(task, 'wrapping', reason));
  }

  deleteTask(task: Task): void {
    this.endReservation(task, 'canceled', () => this.tasks.remove(task));
  }

  /** What a client may ask of a Task. Guess: the other statuses come from Reservations only. */
  checkTaskStatus(task: Task, to: TaskStatus): void {
    if (to !== 'canceled' && to !== 'completed' && to !== 'wrapping') {
      throw invalidParameter(`AssignmentStatus ${to} cannot be set`);
    }
    this.tasks.checkMove(task, to);
  }

  setTaskStatus(task: Task, to: TaskStatus, reason: string | undefined): void {
    this.checkTaskStatus(task, to);
    if (to === 'canceled') this.cancelTask(task, reason ?? '');
    else if (to === 'completed') this.completeTask(task, reason);
    else this.wrapUpTask(task, reason);
  }

  /** What a client may ask of a Reservation. `activitySid`: where the Worker goes who rejects. */
  setReservationStatus(reservation: Reservation, to: ReservationStatus, activitySid?: string): void {
    const task = this.tasks.get(reservation.taskSid);
    if (!task) throw invalidParameter(`Task ${reservation.taskSid} is gone`);
    this.reservations.checkMove(reservation, to);
    if (to === 'accepted') this.follow(reservation, to, task, 'assigned');
    else if (to === 'rejected') this.handBack(reservation, 'rejected', task, activitySid);
    else if (to === 'wrapping') this.wrapUpTask(task);
    else if (to === 'completed') this.completeTask(task);
    else throw invalidParameter(`ReservationStatus ${to} cannot be set`);
  }

  updateWorker(
    worker: Worker,
    change: WorkerChange & { rejectPendingReservations?: boolean | undefined },
  ): Worker {
    this.workers.update(worker, change);
    if (change.rejectPendingReservations) {
      for (const reservation of this.reservations.ofWorker(worker)) {
        if (reservation.reservationStatus === 'pending') this.setReservationStatus(reservation, 'rejected');
      }
    }
    this.assignment.offerPending(worker.workspaceSid);
    return worker;
  }

  private expireReservation(reservation: Reservation): void {
    const task = this.tasks.get(reservation.taskSid);
    const workspace = this.workspaces.find(reservation.workspaceSid);
    // Source: openapi taskrouter_v1 (TimeoutActivitySid)
    if (task) this.handBack(reservation, 'timeout', task, workspace?.timeoutActivitySid);
  }

  private handBack(
    reservation: Reservation,
    status: 'rejected' | 'timeout',
    task: Task,
    activitySid: string | undefined,
  ): void {
    this.assignment.refuse(task, reservation.workerSid);
    const worker = this.workers.get(reservation.workerSid);
    if (worker && activitySid) this.workers.update(worker, { activitySid });
    this.follow(reservation, status, task, 'pending');
    this.assignment.offerPending(task.workspaceSid);
  }

  private follow(
    reservation: Reservation,
    status: ReservationStatus,
    task: Task,
    taskStatus: TaskStatus,
  ): void {
    this.tasks.checkMove(task, taskStatus);
    this.reservations.move(reservation, status);
    this.tasks.move(task, taskStatus);
    this.reservations.announce(reservation, task);
  }

  /** Moves the Task's Reservation with it, then offers the Worker the next waiting Task. */
  private endReservation(task: Task, status: ReservationStatus, moveTask: () => void): void {
    const reservation = this.reservations.holding(task);
    if (reservation) this.reservations.move(reservation, status);
    moveTask();
    if (reservation) this.reservations.announce(reservation, task);
    if (status !== 'wrapping') this.assignment.forget(task);
    this.assignment.offerPending(task.workspaceSid);
  }
}
