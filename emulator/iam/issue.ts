/** Access Tokens as a back end makes them. Source: docs https://www.twilio.com/docs/iam/access-tokens */
import { randomBytes } from 'node:crypto';
import { sign } from 'jsonwebtoken';
import type { Account } from '../core/account';
import type { Clock } from '../core/clock';

export interface Grants extends Record<string, object | string> {
  identity: string;
}

const DEFAULT_TTL_SECONDS = 3600;

/** Signed with the account's API key. */
export function issueAccessToken(
  account: Account,
  clock: Clock,
  grants: Grants,
  ttlSeconds = DEFAULT_TTL_SECONDS,
): string {
  const issuedAt = Math.floor(clock.now() / 1000);
  return sign(
    {
      jti: `${account.apiKeySid}-${issuedAt}-${randomBytes(4).toString('hex')}`,
      iss: account.apiKeySid,
      sub: account.accountSid,
      iat: issuedAt,
      exp: issuedAt + ttlSeconds,
      grants,
    },
    account.apiKeySecret,
    { algorithm: 'HS256', header: { alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' } },
  );
}

/** The grant for Conversations. */
export function chatGrant({ conversationsServiceSid }: Account): { service_sid: string } {
  return { service_sid: conversationsServiceSid };
}
