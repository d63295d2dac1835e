/** The Workspace that the embedded account starts with: one Workflow, one TaskQueue, one Worker on chat. */
import type { Account } from '../core/account';
import type { TaskRouter } from './domain';

/** How many chats the embedded Worker takes at a time. Guess: a Flex account's usual setting. */
const CHAT_CAPACITY = 3;

export function createEmbeddedWorkspace(taskRouter: TaskRouter, account: Account): void {
  const { workspaces, workflows, workers } = taskRouter;
  const workspace = workspaces.create('Flex Task Assignment', account.workspaceSid);
  const available = workspaces.activities
    .list(workspace.sid)
    .find((activity) => activity.friendlyName === 'Available')!;
  // A person who looks away for two minutes finds the Task offered again, not the agent offline.
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
  const worker = workers.create(
    workspace.sid,
    account.workerName,
    {
      activitySid: available.sid,
      attributes: JSON.stringify({ contact_uri: `client:${account.workerName}`, roles: ['agent'] }),
    },
    account.workerSid,
  );
  workers.updateChannel(workers.channelOf(worker, chat), { capacity: CHAT_CAPACITY });
}
