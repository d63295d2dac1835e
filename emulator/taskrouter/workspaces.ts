/** Workspaces, with the Activities, TaskChannels and TaskQueues that belong to each. */
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid } from '../core/sids';
import { Collection } from './collection';
import type { Activity, QueueOrder, TaskChannel, TaskQueue, Workspace } from './model';

/** Guess: Flex's standard Activities; the API documents only that a Workspace starts with some. */
const DEFAULT_ACTIVITIES = [
  { friendlyName: 'Offline', available: false },
  { friendlyName: 'Available', available: true },
  { friendlyName: 'Unavailable', available: false },
  { friendlyName: 'Break', available: false },
];
/** Source: openapi taskrouter_v1 (TaskChannel of a Task: `default` if not given) */
export const DEFAULT_TASK_CHANNEL = 'default';
const EVERY_WORKER = '1==1';

export class Workspaces {
  private readonly bySid = new Map<string, Workspace>();
  readonly activities = new Collection<Activity>();
  readonly taskChannels = new Collection<TaskChannel>();
  readonly taskQueues = new Collection<TaskQueue>();

  constructor(private readonly clock: Clock) {}

  create(friendlyName: string, sid = createSid('WS')): Workspace {
    const workspace: Workspace = {
      sid,
      friendlyName,
      eventCallbackUrl: '',
      eventsFilter: null,
      multiTaskEnabled: true,
      prioritizeQueueOrder: 'FIFO',
      defaultActivitySid: '',
      timeoutActivitySid: '',
      ...this.now(),
    };
    this.bySid.set(sid, workspace);
    const activities = DEFAULT_ACTIVITIES.map((one) =>
      this.createActivity(sid, one.friendlyName, one.available),
    );
    workspace.defaultActivitySid = workspace.timeoutActivitySid = activities[0]!.sid;
    this.createTaskChannel(sid, 'Default', DEFAULT_TASK_CHANNEL);
    return workspace;
  }

  find(sid: string): Workspace | undefined {
    return this.bySid.get(sid);
  }

  list(): Workspace[] {
    return [...this.bySid.values()];
  }

  delete(workspace: Workspace): void {
    this.bySid.delete(workspace.sid);
  }

  createActivity(workspaceSid: string, friendlyName: string, available: boolean): Activity {
    const sid = createSid('WA');
    return this.activities.add({ sid, workspaceSid, friendlyName, available, ...this.now() });
  }

  /** 20001 unless it belongs to this Workspace. */
  checkActivity<Sid extends string | undefined>(workspaceSid: string, sid: Sid): Sid {
    if (sid !== undefined && !this.activities.find(workspaceSid, sid)) {
      throw invalidParameter(`Activity ${sid} does not exist in this Workspace`);
    }
    return sid;
  }

  createTaskChannel(
    workspaceSid: string,
    friendlyName: string,
    uniqueName: string,
    sid = createSid('TC'),
  ): TaskChannel {
    // Source: openapi taskrouter_v1 (UniqueName)
    if (this.findTaskChannel(workspaceSid, uniqueName)) {
      throw invalidParameter(`TaskChannel ${uniqueName} exists already`);
    }
    return this.taskChannels.add({
      sid,
      workspaceSid,
      friendlyName,
      uniqueName,
      channelOptimizedRouting: false,
      ...this.now(),
    });
  }

  /** By SID or unique name. */
  findTaskChannel(workspaceSid: string, sidOrUniqueName: string): TaskChannel | undefined {
    return this.taskChannels
      .list(workspaceSid)
      .find((channel) => channel.sid === sidOrUniqueName || channel.uniqueName === sidOrUniqueName);
  }

  createTaskQueue(
    workspaceSid: string,
    wanted: {
      friendlyName: string;
      targetWorkers?: string | undefined;
      maxReservedWorkers?: number | undefined;
      taskOrder?: QueueOrder | undefined;
      reservationActivitySid?: string | undefined;
      assignmentActivitySid?: string | undefined;
    },
    sid = createSid('WQ'),
  ): TaskQueue {
    return this.taskQueues.add({
      sid,
      workspaceSid,
      friendlyName: wanted.friendlyName,
      targetWorkers: wanted.targetWorkers ?? EVERY_WORKER,
      maxReservedWorkers: wanted.maxReservedWorkers ?? 1,
      taskOrder: wanted.taskOrder ?? 'FIFO',
      reservationActivitySid: wanted.reservationActivitySid ?? null,
      assignmentActivitySid: wanted.assignmentActivitySid ?? null,
      ...this.now(),
    });
  }

  private now(): { dateCreated: Date; dateUpdated: Date } {
    const now = this.clock.date();
    return { dateCreated: now, dateUpdated: now };
  }
}
