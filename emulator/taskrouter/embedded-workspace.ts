/** The Workspace that the embedded account starts with: one Workflow, one TaskQueue, and its agents on chat. */
import type { Account } from '../core/account';
import type { TaskRouter } from './domain';

/** How many chats an embedded Worker takes at a time. Guess: a Flex account's usual setting. */
const CHAT_CAPACITY = 3;

export function createEmbeddedWorkspace(taskRouter: TaskRouter, account: Account): void {
  const { workspaces, workflows, workers } = taskRouter;
  const workspace = workspaces.create('Flex Task Assignment', account.workspaceSid);
  const available = workspaces.activities
    .list(workspace.sid)
    .find((activity) => activity.friendlyName === 'Available')!;
  // An agent who misses an offer for two minutes gets the Task offered again and does not go offline.
  workspace.timeoutActivitySid = available.sid;

  const queue = workspaces.createTaskQueue(workspace.sid, { friendlyName: 'Everyone' }, account.taskQueueSid);
  workflows.create(
    workspace.sid,
    {
      friendlyName: 'Assign to Anyone',
      configuration: JSON.stringify({
        task_routing: { filters: [], default_filter: { queue: queue.sid } },
      }),
    },
    account.workflowSid,
  );
  const chat = workspaces.createTaskChannel(
    workspace.sid,
    'Programmable Chat',
    'chat',
    account.taskChannelSid,
  );
  for (const [index, { sid, name, fullName, identity }] of account.workers.entries()) {
    const worker = workers.create(
      workspace.sid,
      name,
      {
        ...(index === 0 && { activitySid: available.sid }),
        // Source: docs https://www.twilio.com/docs/flex/developer/config/flex-user-attributes (contact_uri, full_name, email, roles)
        attributes: JSON.stringify({
          contact_uri: `client:${identity}`,
          full_name: fullName,
          email: name,
          roles: ['agent'],
        }),
      },
      sid,
    );
    workers.updateChannel(workers.channelOf(worker, chat), { capacity: CHAT_CAPACITY });
  }
}
