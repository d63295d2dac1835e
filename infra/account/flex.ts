/**
 * Flex's resources in the account, read and never changed: its Conversations Service, its Workspace, and the Workflow
 * for Tasks.
 */
import type { Twilio } from 'twilio';
import { Remedy } from '../terminal';
import { explain, isNotFound } from './twilio';

export interface Flex {
  conversationsServiceSid: string;
  workspaceSid: string;
  workflowSid: string;
  taskChannelSid: string;
}

/** The TaskChannel of chats. Source: docs https://www.twilio.com/docs/taskrouter/api/task-channel (default channels) */
const CHAT_CHANNEL = 'chat';

export async function findFlex(client: Twilio, workflow?: string): Promise<Flex> {
  const { chatServiceInstanceSid, taskrouterWorkspaceSid, taskrouterTargetWorkflowSid } =
    await client.flexApi.v1
      .configuration()
      .fetch()
      .catch((error: unknown) => {
        if (isNotFound(error)) throw noFlex('It has no Flex configuration.');
        throw explain(error, 'reading the Flex configuration');
      });
  if (!chatServiceInstanceSid || !taskrouterWorkspaceSid) throw noFlex('Its Flex setup is incomplete.');

  const workspace = client.taskrouter.v1.workspaces(taskrouterWorkspaceSid);
  const [channels, workflows] = await Promise.all([
    workspace.taskChannels.list(),
    workspace.workflows.list(),
  ]).catch((error: unknown) => {
    throw explain(error, 'reading the Flex Workspace');
  });
  const channel = channels.find(({ uniqueName }) => uniqueName === CHAT_CHANNEL);
  if (!channel) {
    throw new Remedy(
      `The Workspace ${taskrouterWorkspaceSid} has no TaskChannel "${CHAT_CHANNEL}".`,
      'Create it: Twilio Console, TaskRouter, Workspaces, Flex Task Assignment, Task Channels.',
    );
  }
  const wanted =
    workflow ?? taskrouterTargetWorkflowSid ?? (workflows.length === 1 ? workflows[0]!.sid : undefined);
  if (!workflows.some(({ sid }) => sid === wanted)) {
    const choice = workflows.map(({ sid, friendlyName }) => `${sid} (${friendlyName})`).join(', ');
    throw new Remedy(
      wanted
        ? `${wanted} is not a Workflow of the Flex Workspace.`
        : 'Flex has several Workflows, and none is chosen.',
      `Choose one with npm run provision -- --workflow WW…; available: ${choice || 'none'}.`,
    );
  }
  return {
    conversationsServiceSid: chatServiceInstanceSid,
    workspaceSid: taskrouterWorkspaceSid,
    workflowSid: wanted!,
    taskChannelSid: channel.sid,
  };
}

function noFlex(what: string): Remedy {
  return new Remedy(
    `This account has no usable Flex. ${what}`,
    'Set up Flex first: https://www.twilio.com/console/flex',
  );
}
