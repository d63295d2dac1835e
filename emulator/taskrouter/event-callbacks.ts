/**
 * Posts the events of a Workspace's Tasks to its EventCallbackUrl, in TaskRouter's format.
 * Source: docs https://www.twilio.com/docs/taskrouter/api/event/reference
 */
import type { Bus } from '../core/bus';
import type { Surroundings } from '../core/product';
import { createSid } from '../core/sids';
import type { Payload } from '../core/webhook-request';
import { toPayload, WebhookSender } from '../core/webhook-sender';
import type { TaskRouterEvents, TaskRouterEventType } from './events';
import type { Task, Workspace } from './model';
import type { Workflows } from './workflows';
import type { Workspaces } from './workspaces';

const REPORTED_EVENTS = [
  'taskCreated',
  'taskUpdated',
  'taskDeleted',
  'reservationCreated',
  'reservationUpdated',
] as const;

export class EventCallbacks extends WebhookSender {
  constructor(
    private readonly around: Pick<Surroundings, 'account' | 'clock' | 'emulatorUrl'>,
    events: Bus<TaskRouterEvents>,
    private readonly workspaces: Workspaces,
    private readonly workflows: Workflows,
  ) {
    super(around);
    for (const name of REPORTED_EVENTS) {
      events.on(name, ({ task, eventType }) => eventType && this.notify(task, eventType));
    }
  }

  private notify(task: Task, eventType: TaskRouterEventType): void {
    const workspace = this.workspaces.find(task.workspaceSid);
    const url = workspace?.eventCallbackUrl;
    if (!workspace || !url || !isWanted(workspace, eventType)) return;
    this.send({ url, method: 'POST' }, this.payloadOf(workspace, task, eventType));
  }

  /** Differs: of the fields that Reservations, Workers and TaskQueues have in events, only the Task's are sent. */
  private payloadOf(workspace: Workspace, task: Task, eventType: string): Payload {
    const { workspaces, workflows } = this;
    const { account, clock } = this.around;
    const now = clock.now();
    return toPayload({
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
    });
  }
}

/** Source: openapi taskrouter_v1 (EventsFilter: a comma-separated list; all events if there is none) */
function isWanted({ eventsFilter }: Workspace, eventType: string): boolean {
  return !eventsFilter || eventsFilter.split(',').some((one) => one.trim() === eventType);
}
