/** The embedded account: the constants of `.env.emulator`, which the Functions read as their settings too. */
import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { ACCOUNT_FILE } from './places';

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
  workerSid: string;
  /** The Worker's friendly name, which is also the agent's chat identity. Guess: Flex uses the same for both. */
  workerName: string;
}

export function readAccount(file = ACCOUNT_FILE): Account {
  const values = parse(readFileSync(file));
  const need = (name: string): string => {
    const value = values[name];
    if (!value) throw new Error(`${file} lacks ${name}`);
    return value;
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
    workerSid: need('TASKROUTER_WORKER_SID'),
    workerName: need('TASKROUTER_WORKER_NAME'),
  };
}
