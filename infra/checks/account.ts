/** Compares `.env` with the account: the Service, the Workspace and its Workers, and the API key. */
import { orMissing, connect } from '../account/twilio';
import { ok, problem, warning, type AccountSubject, type Finding } from './finding';

export async function checkService({ client, env, flex }: AccountSubject): Promise<Finding[]> {
  const sid = env['CONVERSATIONS_SERVICE_SID'];
  if (!sid) return [];
  const remedy = `Set CONVERSATIONS_SERVICE_SID to ${flex.conversationsServiceSid} (npm run provision does it).`;
  const service = await client.conversations.v1.services(sid).fetch().catch(orMissing);
  if (!service)
    return [problem('service', `The Conversations Service ${sid} is not in this account.`, remedy)];
  if (sid !== flex.conversationsServiceSid) {
    return [
      problem(
        'service',
        `${sid} (${service.friendlyName}) is not Flex's Conversations Service: chats would reach no agent.`,
        remedy,
      ),
    ];
  }
  const { defaultChatServiceSid } = await client.conversations.v1.configuration().fetch();
  if (defaultChatServiceSid !== sid) {
    const inConsole =
      'Twilio Console, Conversations, Manage, Defaults: choose it as Default Conversation Service.';
    return [
      problem(
        'service',
        `The account's default Conversations Service is ${defaultChatServiceSid}, not Flex's.`,
        inConsole,
      ),
    ];
  }
  return [ok('service', `${service.friendlyName} is Flex's and the account's default.`)];
}

export async function checkWorkspace({ client, env, flex }: AccountSubject): Promise<Finding[]> {
  const sid = env['TASKROUTER_WORKSPACE_SID'];
  if (!sid) return [];
  const remedy = `Set TASKROUTER_WORKSPACE_SID to ${flex.workspaceSid} (npm run provision does it).`;
  const workspace = await client.taskrouter.v1.workspaces(sid).fetch().catch(orMissing);
  if (!workspace) return [problem('workspace', `The Workspace ${sid} is not in this account.`, remedy)];
  if (sid !== flex.workspaceSid) return [problem('workspace', `${sid} is not Flex's Workspace.`, remedy)];
  const workers = await client.taskrouter.v1.workspaces(sid).workers.list({ limit: 1 });
  if (workers.length === 0) {
    const invite = 'Invite an agent in Flex, or log in to https://flex.twilio.com once yourself.';
    return [warning('workspace', 'The Workspace has no Worker: chats would stay unanswered.', invite)];
  }
  return [ok('workspace', `${workspace.friendlyName} is Flex's and has Workers.`)];
}

/** If the secret opens the REST API, Twilio also accepts what the key signs. */
export async function checkApiKey({ client, env, environment }: AccountSubject): Promise<Finding[]> {
  const { TWILIO_API_KEY_SID: sid, TWILIO_API_KEY_SECRET: secret } = env;
  if (!sid || !secret) return [];
  const rotateKey = 'npm run provision -- --rotate-key creates a new one; then npm run deploy.';
  const accountSid = client.accountSid;
  const listed = (await client.iam.v1.getApiKeys.list({ accountSid })).find((key) => key.sid === sid);
  if (!listed) return [problem('api-key', `The API key ${sid} is not in this account.`, rotateKey)];
  if (!listed.flags.includes('signing')) {
    return [
      problem(
        'api-key',
        `The API key ${sid} cannot sign Access Tokens.`,
        `Restricted keys cannot sign them. ${rotateKey}`,
      ),
    ];
  }
  try {
    const byKey = connect(sid, secret, accountSid, environment);
    await byKey.conversations.v1.configuration().fetch();
  } catch (error) {
    if ((error as { status?: number }).status !== 401) throw error;
    return [problem('api-key', `TWILIO_API_KEY_SECRET is not the secret of ${sid}.`, rotateKey)];
  }
  return [ok('api-key', `The API key ${sid} works and can sign Access Tokens.`)];
}
