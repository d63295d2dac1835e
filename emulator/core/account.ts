/** The embedded account: the constants of `.env.emulator`, which the Functions read as their settings too. */
import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { flexIdentity } from './flex-identity';
import { ACCOUNT_FILE } from './places';

/** Names of `.env.emulator` that only the emulator reads. */
export const EMULATOR_NAMES = /^TASKROUTER_(TASK_CHANNEL_SID|WORKER(_\d+)?_(SID|NAME|FULL_NAME))$/;

export interface Account {
  accountSid: string;
  authToken: string;
  apiKeySid: string;
  apiKeySecret: string;
  conversationsServiceSid: string;
  syncServiceSid: string;
  flowSid: string;
  workspaceSid: string;
  workflowSid: string;
  taskQueueSid: string;
  taskChannelSid: string;
  /** Of the apps; an account has none without it. */
  pushCredentials?: readonly { sid: string; type: 'apn' | 'fcm' }[];
  /** The agents. The first one is available from the start, the others are offline until they log in. */
  workers: readonly [EmbeddedWorker, EmbeddedWorker, ...EmbeddedWorker[]];
}

export interface EmbeddedWorker {
  sid: string;
  /** The Worker's friendly name: the agent's login, an e-mail address. */
  name: string;
  /** The name that customers and other agents see. */
  fullName: string;
  /** The agent's identity in Conversations. */
  identity: string;
}

/** By login, its part before the @, or full name, case-insensitive. Without a name the first agent; undefined if none matches. */
export function findWorker({ workers }: Account, name: string | undefined): EmbeddedWorker | undefined {
  if (name === undefined) return workers[0];
  const wanted = name.toLowerCase();
  return workers.find((worker) =>
    [worker.name, worker.name.split('@')[0]!, worker.fullName.toLowerCase(), worker.identity].includes(
      wanted,
    ),
  );
}

export function readAccount(file = ACCOUNT_FILE): Account {
  const values = parse(readFileSync(file));
  const need = (name: string): string => {
    const value = values[name];
    if (!value) throw new Error(`${file} lacks ${name}`);
    return value;
  };
  const workerAt = (prefix: string): EmbeddedWorker => {
    const name = need(`${prefix}_NAME`);
    return {
      sid: need(`${prefix}_SID`),
      name,
      fullName: need(`${prefix}_FULL_NAME`),
      identity: flexIdentity(name),
    };
  };
  return {
    accountSid: need('ACCOUNT_SID'),
    authToken: need('AUTH_TOKEN'),
    apiKeySid: need('TWILIO_API_KEY_SID'),
    apiKeySecret: need('TWILIO_API_KEY_SECRET'),
    conversationsServiceSid: need('CONVERSATIONS_SERVICE_SID'),
    syncServiceSid: need('SYNC_SERVICE_SID'),
    flowSid: need('STUDIO_FLOW_SID'),
    workspaceSid: need('TASKROUTER_WORKSPACE_SID'),
    workflowSid: need('TASKROUTER_WORKFLOW_SID'),
    taskQueueSid: need('TASKROUTER_TASK_QUEUE_SID'),
    taskChannelSid: need('TASKROUTER_TASK_CHANNEL_SID'),
    pushCredentials: pushCredentialsIn(need('PUSH_CREDENTIAL_SIDS')),
    workers: [
      workerAt('TASKROUTER_WORKER'),
      workerAt('TASKROUTER_WORKER_2'),
      workerAt('TASKROUTER_WORKER_3'),
    ],
  };
}

/** `ios=CR…,android=CR…`, as the Functions read it. */
function pushCredentialsIn(setting: string): NonNullable<Account['pushCredentials']> {
  return setting.split(',').map((pair) => {
    const [platform, sid] = pair.split('=') as [string, string];
    return { sid, type: platform === 'ios' ? 'apn' : 'fcm' };
  });
}
