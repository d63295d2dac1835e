/** What Flex has made in the account, found and never changed: its Conversations Service, its Workspace, where Tasks go. */
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
  if (!chatServiceInstanceSid || !taskrouterWorkspaceSid) throw noFlex('Its Flex is not set up completely.');

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
      'Make one: Twilio Console, TaskRouter, Workspaces, Flex Task Assignment, Task Channels.',
    );
  }
  const wanted =
    workflow ?? taskrouterTargetWorkflowSid ?? (workflows.length === 1 ? workflows[0]!.sid : undefined);
  if (!workflows.some(({ sid }) => sid === wanted)) {
    const choice = workflows.map(({ sid, friendlyName }) => `${sid} (${friendlyName})`).join(', ');
    throw new Remedy(
      wanted
        ? `${wanted} is not a Workflow of Flex's Workspace.`
        : 'Flex has several Workflows and names none of them.',
      `Choose one: npm run provision -- --workflow WW…; there are ${choice || 'none'}.`,
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
    `This account has no Flex to send chats to. ${what}`,
    'Set Flex up first: https://www.twilio.com/console/flex',
  );
}
