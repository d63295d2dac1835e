/** `routing` of Interactions and Invites: the Task in Flex's own spelling. Source: openapi flex_v1 (example) */
import type { Invite } from '../model';
import type { FlexApi } from './paths';

/** Before there is a Task, what the caller gave. Source: openapi flex_v1 (example of FetchInteraction) */
export function routingJson(invite: Invite | undefined, { domain, accountSid }: FlexApi): object | null {
  if (!invite) return null;
  const { taskrouter } = domain;
  const task = invite.taskSid === null ? undefined : taskrouter.tasks.get(invite.taskSid);
  if (!task) return { properties: invite.routing.given };
  const age = unixSeconds(taskrouter.now()) - unixSeconds(task.dateCreated);
  return {
    reservation: null,
    properties: {
      sid: task.sid,
      account_sid: accountSid,
      workspace_sid: task.workspaceSid,
      date_created: unixSeconds(task.dateCreated),
      date_updated: unixSeconds(task.dateUpdated),
      task_queue_entered_date: task.taskQueueEnteredDate && unixSeconds(task.taskQueueEnteredDate),
      workflow_sid: task.workflowSid,
      workflow_name: taskrouter.workflows.get(task.workflowSid)?.friendlyName ?? null,
      queue_sid: task.taskQueueSid,
      queue_name: taskrouter.workspaces.taskQueues.get(task.taskQueueSid)?.friendlyName ?? null,
      task_channel_sid: task.taskChannelSid,
      task_channel_unique_name:
        taskrouter.workspaces.taskChannels.get(task.taskChannelSid)?.uniqueName ?? null,
      assignment_status: task.assignmentStatus,
      assignmentCounter: taskrouter.reservations.ofTask(task).length,
      attributes: task.attributes,
      priority: task.priority,
      routing_target: task.routingTarget,
      reason: task.reason ?? '',
      age,
      age_in_queue: age,
      timeout: task.timeoutSeconds,
      addons: '{}',
    },
  };
}

function unixSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
