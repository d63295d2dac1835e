/**
 * An agent's Access Token, for Conversations, TaskRouter and Sync. Observed: these grants suffice for twilio-taskrouter,
 * @twilio/flex-sdk and Flex UI. Differs: Flex gives an encrypted token.
 */
import type { Account, EmbeddedWorker } from '../core/account';
import type { Clock } from '../core/clock';
import { chatGrant, issueAccessToken } from '../iam/issue';

export function createAgentToken(account: Account, worker: EmbeddedWorker, clock: Clock): string {
  return issueAccessToken(account, clock, {
    identity: worker.identity,
    chat: chatGrant(account),
    task_router: { workspace_sid: account.workspaceSid, worker_sid: worker.sid, role: 'worker' },
    data_sync: { service_sid: account.syncServiceSid },
  });
}
