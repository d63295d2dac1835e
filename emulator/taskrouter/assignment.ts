/**
 * Who gets which Task: offers pending Tasks to available Workers, and offers again what was refused.
 * Differs: one Worker at a time, for any MaxReservedWorkers of the TaskQueue; no assignment callback is called.
 */
import type { Clock } from '../core/clock';
import { parseAttributes } from './attributes';
import { parseExpression } from './expression';
import { DEFAULT_RESERVATION_TIMEOUT_SECONDS } from './limits';
import type { Reservation, Task, TaskQueue, Worker, WorkerChannel } from './model';
import type { Reservations } from './reservations';
import type { Tasks } from './tasks';
import type { Workers } from './workers';
import type { Workflows } from './workflows';
import type { Workspaces } from './workspaces';

/** Guess: when every Worker has refused, TaskRouter offers the Task to them again; the delay is not documented. */
const ASK_AGAIN_AFTER_MS = 1000;

export class Assignment {
  /** Per Task, the Workers who rejected it or let it time out since the last round began. */
  private readonly refusedBy = new Map<string, Set<string>>();
  private readonly waitingToAskAgain = new Set<string>();

  constructor(
    private readonly clock: Clock,
    private readonly workspaces: Workspaces,
    private readonly workflows: Workflows,
    private readonly workers: Workers,
    private readonly tasks: Tasks,
    private readonly reservations: Reservations,
    private readonly expire: (reservation: Reservation) => void,
  ) {}

  /** Offers every Task that can be offered. Call it after every change that may have freed a Worker. */
  offerPending(workspaceSid: string): void {
    const pending = this.tasks.list(workspaceSid).filter((task) => task.assignmentStatus === 'pending');
    for (const task of pending.sort((a, b) => this.order(a, b))) {
      this.offer(task);
    }
  }

  /** Enough for a new Task, which frees no Worker for other Tasks. */
  offer(task: Task): void {
    // A listener may have changed the Task while an earlier one was offered.
    if (task.assignmentStatus !== 'pending') return;
    const worker = this.nextWorker(task);
    if (worker) this.reserve(task, worker);
  }

  refuse(task: Task, workerSid: string): void {
    const refusers = this.refusedBy.get(task.sid) ?? new Set();
    this.refusedBy.set(task.sid, refusers.add(workerSid));
  }

  forget(task: Task): void {
    this.refusedBy.delete(task.sid);
  }

  reservationTimeoutSeconds(task: Task): number {
    return (
      this.workflows.get(task.workflowSid)?.taskReservationTimeoutSeconds ??
      DEFAULT_RESERVATION_TIMEOUT_SECONDS
    );
  }

  private reserve(task: Task, worker: Worker): void {
    const reservation = this.reservations.create(task, worker);
    this.tasks.move(task, 'reserved');
    this.startTimeout(reservation, task);
    this.reservations.announce(reservation, task);
  }

  resume(): void {
    for (const reservation of this.reservations.all()) {
      const task = this.tasks.get(reservation.taskSid);
      if (task && reservation.reservationStatus === 'pending') this.startTimeout(reservation, task);
    }
    for (const taskSid of [...this.waitingToAskAgain]) {
      this.waitingToAskAgain.delete(taskSid);
      const task = this.tasks.get(taskSid);
      if (task) this.askAgainLater(task);
    }
  }

  private startTimeout(reservation: Reservation, task: Task): void {
    const timeoutMs = this.reservationTimeoutSeconds(task) * 1000;
    this.clock.at(new Date(reservation.dateCreated.getTime() + timeoutMs), () => {
      if (reservation.reservationStatus === 'pending') this.expire(reservation);
    });
  }

  private nextWorker(task: Task): Worker | undefined {
    const free = this.workers
      .list(task.workspaceSid)
      .filter((worker) => this.mayTake(task, worker) && this.hasRoom(task, worker))
      // Longest in their Activity first. Source: docs https://www.twilio.com/docs/taskrouter/how-it-works (longest idle)
      .sort((a, b) => a.dateStatusChanged.getTime() - b.dateStatusChanged.getTime());
    const refusers = this.refusedBy.get(task.sid);
    const next = free.find((worker) => !refusers?.has(worker.sid));
    if (!next && free.length > 0) this.askAgainLater(task);
    return next;
  }

  private askAgainLater(task: Task): void {
    if (this.waitingToAskAgain.has(task.sid)) return;
    this.waitingToAskAgain.add(task.sid);
    this.clock.after(ASK_AGAIN_AFTER_MS, () => {
      this.waitingToAskAgain.delete(task.sid);
      this.forget(task);
      this.offerPending(task.workspaceSid);
    });
  }

  private mayTake(task: Task, worker: Worker): boolean {
    if (task.routingTarget?.startsWith('WK')) return task.routingTarget === worker.sid;
    const queue = this.workspaces.taskQueues.get(task.taskQueueSid);
    if (!queue) return false;
    const attributes = parseAttributes(worker.attributes);
    if (!isMember(queue, attributes)) return false;
    return (
      task.targetExpression === null ||
      parseExpression(task.targetExpression)({
        ...attributes,
        worker: { ...attributes, sid: worker.sid, friendly_name: worker.friendlyName },
        task: parseAttributes(task.attributes),
      })
    );
  }

  private hasRoom(task: Task, worker: Worker): boolean {
    if (task.ignoreCapacity && task.routingTarget === worker.sid) return true;
    const taskChannel = this.workspaces.taskChannels.get(task.taskChannelSid);
    if (!taskChannel || !this.workers.isAvailable(worker)) return false;
    const channel = this.workers.channelOf(worker, taskChannel);
    return channel.available && this.assignedTasks(worker, taskChannel.sid) < channel.configuredCapacity;
  }

  /** The used capacity of a Worker on one TaskChannel. */
  occupancyOf({ workerSid, taskChannelSid, configuredCapacity: capacity }: WorkerChannel): {
    assignedTasks: number;
    availablePercentage: number;
  } {
    const worker = this.workers.get(workerSid);
    const assignedTasks = worker ? this.assignedTasks(worker, taskChannelSid) : 0;
    const free = Math.max(0, capacity - assignedTasks);
    return { assignedTasks, availablePercentage: capacity === 0 ? 0 : Math.round((100 * free) / capacity) };
  }

  private assignedTasks(worker: Worker, taskChannelSid: string): number {
    return this.reservations
      .ofWorker(worker)
      .filter(
        (reservation) =>
          this.reservations.isHolding(reservation) &&
          this.tasks.get(reservation.taskSid)?.taskChannelSid === taskChannelSid,
      ).length;
  }

  /** Higher priority first, then by the queue's order. */
  private order(a: Task, b: Task): number {
    const lifo = this.workspaces.taskQueues.get(a.taskQueueSid)?.taskOrder === 'LIFO';
    const age = a.virtualStartTime.getTime() - b.virtualStartTime.getTime();
    return b.priority - a.priority || (lifo ? -age : age);
  }
}

export function isMember(queue: TaskQueue, workerAttributes: Record<string, unknown>): boolean {
  return parseExpression(queue.targetWorkers)(workerAttributes);
}
