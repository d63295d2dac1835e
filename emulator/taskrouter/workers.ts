/** Workers, their Activities, and how many Tasks of each TaskChannel they take. */
import type { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid, sidFromName } from '../core/sids';
import { checkAttributes } from './attributes';
import { Collection } from './collection';
import type { TaskRouterEvents, TaskRouterEventType } from './events';
import { DEFAULT_CAPACITY } from './limits';
import type { TaskChannel, Worker, WorkerChannel } from './model';
import type { Workspaces } from './workspaces';

export interface WorkerChange {
  friendlyName?: string | undefined;
  activitySid?: string | undefined;
  attributes?: string | undefined;
}

export class Workers extends Collection<Worker> {
  readonly channels = new Collection<WorkerChannel>();

  constructor(
    private readonly clock: Clock,
    private readonly events: Bus<TaskRouterEvents>,
    private readonly workspaces: Workspaces,
  ) {
    super();
  }

  create(
    workspaceSid: string,
    friendlyName: string,
    wanted: Omit<WorkerChange, 'friendlyName'>,
    sid = createSid('WK'),
  ): Worker {
    // Guess: names are unique in a Workspace.
    if (this.list(workspaceSid).some((worker) => worker.friendlyName === friendlyName)) {
      throw invalidParameter(`A Worker named ${friendlyName} exists already`);
    }
    const now = this.clock.date();
    const activitySid = wanted.activitySid ?? this.workspaces.find(workspaceSid)!.defaultActivitySid;
    this.workspaces.checkActivity(workspaceSid, activitySid);
    return this.add({
      sid,
      workspaceSid,
      friendlyName,
      activitySid,
      attributes: checkAttributes(wanted.attributes ?? '{}'),
      dateStatusChanged: now,
      dateCreated: now,
      dateUpdated: now,
      version: 0,
    });
  }

  update(worker: Worker, change: WorkerChange): Worker {
    const attributes = change.attributes === undefined ? undefined : checkAttributes(change.attributes);
    this.workspaces.checkActivity(worker.workspaceSid, change.activitySid);
    const now = this.clock.date();
    const moved = change.activitySid !== undefined && change.activitySid !== worker.activitySid;
    const left = { activitySid: worker.activitySid, since: worker.dateStatusChanged };
    if (moved) Object.assign(worker, { activitySid: change.activitySid, dateStatusChanged: now });
    if (attributes !== undefined) worker.attributes = attributes;
    if (change.friendlyName !== undefined) worker.friendlyName = change.friendlyName;
    worker.dateUpdated = now;
    worker.version += 1;
    if (moved) this.events.emit('workerUpdated', { worker, eventType: 'worker.activity.update', left });
    if (attributes !== undefined) {
      this.events.emit('workerUpdated', { worker, eventType: 'worker.attributes.update' });
    }
    if (!moved && attributes === undefined) this.events.emit('workerUpdated', { worker, eventType: null });
    return worker;
  }

  isAvailable(worker: Worker): boolean {
    return this.workspaces.activities.get(worker.activitySid)?.available ?? false;
  }

  /** One per TaskChannel of the Workspace, created on first use. */
  channelsOf(worker: Worker): WorkerChannel[] {
    return this.workspaces.taskChannels
      .list(worker.workspaceSid)
      .map((taskChannel) => this.channelOf(worker, taskChannel));
  }

  channelOf(worker: Worker, taskChannel: TaskChannel): WorkerChannel {
    const existing = this.channels
      .list(worker.workspaceSid)
      .find((channel) => channel.workerSid === worker.sid && channel.taskChannelSid === taskChannel.sid);
    if (existing) return existing;
    // Dated as if created with Worker and TaskChannel, because reading must not change anything.
    const [, made] = [worker.dateCreated, taskChannel.dateCreated].sort((a, b) => a.getTime() - b.getTime());
    return this.channels.add({
      sid: sidFromName('WC', `${worker.sid}/${taskChannel.sid}`),
      workspaceSid: worker.workspaceSid,
      workerSid: worker.sid,
      taskChannelSid: taskChannel.sid,
      configuredCapacity: DEFAULT_CAPACITY,
      available: true,
      dateCreated: made!,
      dateUpdated: made!,
    });
  }

  updateChannel(
    channel: WorkerChannel,
    change: { capacity?: number | undefined; available?: boolean | undefined },
  ): WorkerChannel {
    if (change.capacity !== undefined && change.capacity < 0) {
      throw invalidParameter('Capacity must be 0 or more');
    }
    const { configuredCapacity, available } = channel;
    channel.configuredCapacity = change.capacity ?? configuredCapacity;
    channel.available = change.available ?? available;
    if (channel.configuredCapacity !== configuredCapacity) this.announce(channel, 'worker.capacity.update');
    if (channel.available !== available) this.announce(channel, 'worker.channel.availability.update');
    return channel;
  }

  /** A Reservation has taken or freed a place. */
  capacityChanged(worker: Worker, taskChannel: TaskChannel): void {
    this.announce(this.channelOf(worker, taskChannel), 'worker.capacity.update');
  }

  /** The Worker's version counts it, too. Source: sdk twilio-taskrouter (WorkerEventHandler) */
  private announce(channel: WorkerChannel, eventType: TaskRouterEventType): void {
    channel.dateUpdated = this.clock.date();
    const worker = this.get(channel.workerSid);
    if (worker) worker.version += 1;
    this.events.emit('workerChannelUpdated', { channel, eventType });
  }
}
