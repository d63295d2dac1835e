/**
 * Determines the identity of a newcomer: the holder of a token, a user whom the host site vouches for, or a new
 * anonymous visitor.
 */
import { ChatError } from '../http/errors.private';
import type { Config } from '../settings/config.private';
import { issueToken, verifyRenewableToken, verifyToken, type Holder } from './access-token.private';
import { createVisitorIdentity, isVisitorIdentity } from './identity.private';

/** A token or a userToken, or, for a new anonymous visitor, the result of a human check. */
export interface Credentials {
  token?: string | undefined;
  userToken?: string | undefined;
  humanCheck?: string | undefined;
}

/** Admits a newcomer and issues a token. The request cannot choose the identity. */
export async function admit(config: Config, credentials: Credentials): Promise<Holder> {
  const { token, userToken, humanCheck } = credentials;
  if (token !== undefined && userToken !== undefined) {
    throw new ChatError('invalid_request', { message: 'Send token or userToken, not both' });
  }
  if (token !== undefined) return readmit(config, token);
  if (userToken !== undefined) {
    const { verifyUserToken } = require('./user-token.private') as typeof import('./user-token.private');
    const { identity, profile } = verifyUserToken(config, userToken);
    return { pass: issueToken(config, identity, profile), profile };
  }
  if (!config.ANONYMOUS_VISITORS) throw new ChatError('user_token_required');
  // Only when an identity is created: a token proves that the check was passed.
  if (config.HUMAN_CHECK_URL !== undefined) {
    const { requireHuman } = require('./human-check.private') as typeof import('./human-check.private');
    await requireHuman(config, humanCheck);
  }
  return { pass: issueToken(config, createVisitorIdentity()), profile: {} };
}

/** Anonymous visitors renew with the token they have; for known users the host site decides how long the session lasts. */
function readmit(config: Config, token: string): Holder {
  const { identity } = verifyRenewableToken(config, token).pass;
  if (!isVisitorIdentity(identity)) return verifyToken(config, token);
  if (!config.ANONYMOUS_VISITORS) throw new ChatError('user_token_required');
  return { pass: issueToken(config, identity), profile: {} };
}
