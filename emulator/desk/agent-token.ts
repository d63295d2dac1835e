/** The agent's Access Token, as Flex gives one to its own SDK. Source: docs https://www.twilio.com/docs/iam/access-tokens */
import { sign } from 'jsonwebtoken';
import type { Account } from '../core/account';
import type { Clock } from '../core/clock';

const TTL_SECONDS = 3600;

export function createAgentToken(account: Account, clock: Clock): string {
  const issuedAt = Math.floor(clock.now() / 1000);
  return sign(
    {
      jti: `${account.apiKeySid}-${issuedAt}`,
      iss: account.apiKeySid,
      sub: account.accountSid,
      iat: issuedAt,
      exp: issuedAt + TTL_SECONDS,
      grants: { identity: account.workerName, chat: { service_sid: account.conversationsServiceSid } },
    },
    account.apiKeySecret,
    { algorithm: 'HS256', header: { alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' } },
  );
}
