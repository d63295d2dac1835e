/** Access Tokens as a back end makes them. Source: docs https://www.twilio.com/docs/iam/access-tokens */
import { sign } from 'jsonwebtoken';
import type { Account } from '../core/account';
import type { Clock } from '../core/clock';

const DEFAULT_TTL_SECONDS = 3600;

/** For Conversations, signed with the account's API key. */
export function issueAccessToken(
  account: Account,
  clock: Clock,
  identity: string,
  ttlSeconds = DEFAULT_TTL_SECONDS,
): string {
  const issuedAt = Math.floor(clock.now() / 1000);
  return sign(
    {
      jti: `${account.apiKeySid}-${issuedAt}`,
      iss: account.apiKeySid,
      sub: account.accountSid,
      iat: issuedAt,
      exp: issuedAt + ttlSeconds,
      grants: { identity, chat: { service_sid: account.conversationsServiceSid } },
    },
    account.apiKeySecret,
    { algorithm: 'HS256', header: { alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' } },
  );
}
