/**
 * Tells a Workspace's EventCallbackUrl what happens to its Tasks, in the form that TaskRouter posts.
 * Source: docs https://www.twilio.com/docs/taskrouter/api/event/reference
 */
import { Bus } from '../core/bus';
import type { Surroundings } from '../core/product';
import { createSid } from '../core/sids';
import { sendWebhook, type Payload, type WebhookOutcome } from '../core/webhook-request';
import type { TaskRouterEvents, TaskRouterEventType } from './events';
import type { Task, Workspace } from './model';
import type { Workflows } from './workflows';
import type { Workspaces } from './workspaces';

interface EventCallback {
  url: string;
  payload: Payload;
  result: WebhookOutcome;
}

const TOLD_EVENTS = [
  'taskCreated',
  'taskUpdated',
  'taskDeleted',
  'reservationCreated',
  'reservationUpdated',
] as const;

export class EventCallbacks {
  readonly events = new Bus<{ delivered: EventCallback }>();
  private readonly stopped = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly surroundings: Pick<Surroundings, 'account' | 'clock' | 'emulatorUrl'>,
    events: Bus<TaskRouterEvents>,
    private readonly workspaces: Workspaces,
    private readonly workflows: Workflows,
  ) {
    for (const name of TOLD_EVENTS) {
      events.on(name, ({ task, eventType }) => eventType && this.tell(task, eventType));
    }
  }

  /** Resolves when every callback so far has an outcome. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  stop(): void {
    this.stopped.abort();
  }

  /** The payload is of this moment; sending comes after whatever caused the event has been answered. */
  private tell(task: Task, eventType: TaskRouterEventType): void {
    const workspace = this.workspaces.find(task.workspaceSid);
    const url = workspace?.eventCallbackUrl;
    if (!workspace || !url || !isWanted(workspace, eventType) || this.stopped.signal.aborted) return;
    const payload = this.toPayload(workspace, task, eventType);
    const { account, clock, emulatorUrl } = this.surroundings;
    const delivery = new Promise((resolve) => setImmediate(resolve))
      .then(() =>
        sendWebhook({ url, method: 'POST' }, payload, {
          authToken: account.authToken,
          clock,
          emulatorUrl,
          stopped: this.stopped.signal,
        }),
      )
      .then((result) => this.events.emit('delivered', { url, payload, result }))
      .finally(() => this.running.delete(delivery));
    this.running.add(delivery);
  }

  /** Differs: of the fields that Reservations, Workers and TaskQueues have in events, only the Task's are sent. */
  private toPayload(workspace: Workspace, task: Task, eventType: string): Payload {
    const { workspaces, workflows } = this;
    const { account, clock } = this.surroundings;
    const now = clock.now();
    const fields: Record<string, string | number | null | undefined> = {
      // Guess: as the Events resource shows them.
      Sid: createSid('EV'),
      AccountSid: account.accountSid,
      EventType: eventType,
      EventDescription: `${eventType} ${task.sid}`,
      ResourceType: 'task',
      ResourceSid: task.sid,
      Timestamp: Math.floor(now / 1000),
      TimestampMs: now,
      WorkspaceSid: workspace.sid,
      WorkspaceName: workspace.friendlyName,
      TaskSid: task.sid,
      TaskAttributes: task.attributes,
      TaskAge: Math.floor((now - task.dateCreated.getTime()) / 1000),
      TaskPriority: task.priority,
      TaskAssignmentStatus: task.assignmentStatus,
      TaskCanceledReason: eventType === 'task.canceled' ? task.reason : null,
      TaskCompletedReason: eventType === 'task.completed' ? task.reason : null,
      WorkflowSid: task.workflowSid,
      WorkflowName: workflows.get(task.workflowSid)?.friendlyName,
      TaskQueueSid: task.taskQueueSid,
      TaskQueueName: workspaces.taskQueues.get(task.taskQueueSid)?.friendlyName,
      TaskChannelSid: task.taskChannelSid,
      TaskChannelUniqueName: workspaces.taskChannels.get(task.taskChannelSid)?.uniqueName,
    };
    return Object.fromEntries(
      Object.entries(fields).flatMap(([key, value]) =>
        value === null || value === undefined ? [] : [[key, String(value)]],
      ),
    );
  }
}

/** Source: openapi taskrouter_v1 (EventsFilter: a comma-separated list; all events if there is none) */
function isWanted({ eventsFilter }: Workspace, eventType: string): boolean {
  return !eventsFilter || eventsFilter.split(',').some((one) => one.trim() === eventType);
}
