/**
 * An agent's Access Token, for Conversations, TaskRouter and Sync. Source: docs https://www.twilio.com/docs/iam/access-tokens;
 * observed: these grants suffice for twilio-taskrouter, @twilio/flex-sdk and Flex UI. Differs: Flex gives an encrypted token.
 */
import { randomBytes } from 'node:crypto';
import { sign } from 'jsonwebtoken';
import type { Account, EmbeddedWorker } from '../core/account';
import type { Clock } from '../core/clock';

const TTL_SECONDS = 3600;

export function createAgentToken(account: Account, worker: EmbeddedWorker, clock: Clock): string {
  const issuedAt = Math.floor(clock.now() / 1000);
  return sign(
    {
      jti: `${account.apiKeySid}-${issuedAt}-${randomBytes(4).toString('hex')}`,
      iss: account.apiKeySid,
      sub: account.accountSid,
      iat: issuedAt,
      exp: issuedAt + TTL_SECONDS,
      grants: {
        identity: worker.identity,
        chat: { service_sid: account.conversationsServiceSid },
        task_router: { workspace_sid: account.workspaceSid, worker_sid: worker.sid, role: 'worker' },
        data_sync: { service_sid: account.syncServiceSid },
      },
    },
    account.apiKeySecret,
    { algorithm: 'HS256', header: { alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' } },
  );
}
