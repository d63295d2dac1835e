/** Compares the settings of /availability, /queue-position and /leave-message with Flex's Workspace. */
import { orMissing } from '../account/twilio';
import { ok, problem, type AccountSubject, type Finding } from './finding';

export async function checkTaskRouter({ client, env, flex }: AccountSubject): Promise<Finding[]> {
  const { taskQueues, workflows } = client.taskrouter.v1.workspaces(flex.workspaceSid);
  return [
    ...(await checkResource(
      'TASKROUTER_TASK_QUEUE_SID',
      env['TASKROUTER_TASK_QUEUE_SID'],
      (sid) => taskQueues(sid).fetch(),
      (name) => `/availability and /queue-position answer for the TaskQueue ${name}.`,
    )),
    ...(await checkResource(
      'LEAVE_MESSAGE_WORKFLOW_SID',
      env['LEAVE_MESSAGE_TO'] === 'task' ? env['LEAVE_MESSAGE_WORKFLOW_SID'] : undefined,
      (sid) => workflows(sid).fetch(),
      (name) => `/leave-message hands messages to the Workflow ${name}.`,
    )),
  ];
}

async function checkResource(
  setting: string,
  sid: string | undefined,
  fetch: (sid: string) => Promise<{ friendlyName: string }>,
  found: (name: string) => string,
): Promise<Finding[]> {
  if (!sid) return [];
  const resource = await fetch(sid).catch(orMissing);
  if (resource) return [ok('taskrouter', found(resource.friendlyName))];
  const remedy = `Set ${setting} to one of Flex's: Twilio Console, TaskRouter, Workspaces, "Flex Task Assignment".`;
  return [problem('taskrouter', `${setting}: ${sid} is not in Flex's Workspace.`, remedy)];
}
