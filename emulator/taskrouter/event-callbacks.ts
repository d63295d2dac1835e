/**
 * Tells a Workspace's EventCallbackUrl what happens to its Tasks, in the form that TaskRouter posts.
 * Source: docs https://www.twilio.com/docs/taskrouter/api/event/reference
 */
import type { Account } from '../core/account';
import type { Clock } from '../core/clock';
import { createSid } from '../core/sids';
import { sendWebhook, type WebhookOutcome } from '../conversations/webhooks/request';
import { Bus } from '../core/bus';
import type { TaskRouterEventType } from './events';
import type { Task, Workspace } from './model';
import type { TaskRouter } from './domain';

export interface EventCallback {
  url: string;
  payload: Record<string, string>;
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
    private readonly taskRouter: TaskRouter,
    private readonly account: Account,
    private readonly clock: Clock,
    private readonly emulatorUrl?: string,
  ) {
    const { events } = taskRouter;
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
    const workspace = this.taskRouter.workspaces.find(task.workspaceSid);
    const url = workspace?.eventCallbackUrl;
    if (!workspace || !url || !isWanted(workspace, eventType) || this.stopped.signal.aborted) return;
    const payload = this.toPayload(workspace, task, eventType);
    const delivery = new Promise((resolve) => setImmediate(resolve))
      .then(() =>
        sendWebhook({ url, method: 'POST' }, payload, {
          authToken: this.account.authToken,
          clock: this.clock,
          emulatorUrl: this.emulatorUrl,
          stopped: this.stopped.signal,
        }),
      )
      .then((result) => this.events.emit('delivered', { url, payload, result }))
      .finally(() => this.running.delete(delivery));
    this.running.add(delivery);
  }

  /** Differs: of the fields that Reservations, Workers and TaskQueues have in events, only the Task's are sent. */
  private toPayload(workspace: Workspace, task: Task, eventType: string): Record<string, string> {
    const { workspaces, workflows } = this.taskRouter;
    const now = this.clock.now();
    const fields: Record<string, string | number | null | undefined> = {
      // Guess: as the Events resource shows them.
      Sid: createSid('EV'),
      AccountSid: this.account.accountSid,
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
