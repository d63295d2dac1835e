/** Who a newcomer is: the holder of a token, a user that the host site vouches for, or a new anonymous visitor. */
import { ChatError } from '../http/errors.private';
import type { Config } from '../settings/config.private';
import { issueToken, verifyRenewableToken, verifyToken, type Holder } from './access-token.private';
import { createVisitorIdentity, isVisitorIdentity } from './identity.private';

/** What a newcomer shows: a token or a userToken, or, as somebody new, the result of a human check. */
export interface Credentials {
  token?: string | undefined;
  userToken?: string | undefined;
  humanCheck?: string | undefined;
}

/** Lets a newcomer in, with a token for an identity that the request had no say in. */
export async function admit(config: Config, credentials: Credentials): Promise<Holder> {
  const { token, userToken, humanCheck } = credentials;
  if (token !== undefined && userToken !== undefined) {
    throw new ChatError('invalid_request', { message: 'Give token or userToken, not both' });
  }
  if (token !== undefined) return readmit(config, token);
  if (userToken !== undefined) {
    const { verifyUserToken } = require('./user-token.private') as typeof import('./user-token.private');
    const { identity, profile } = verifyUserToken(config, userToken);
    return { pass: issueToken(config, identity, profile), profile };
  }
  if (!config.ANONYMOUS_VISITORS) throw new ChatError('user_token_required');
  // At the birth of an identity and never again: whoever holds a token has passed.
  if (config.HUMAN_CHECK_URL !== undefined) {
    const { requireHuman } = require('./human-check.private') as typeof import('./human-check.private');
    await requireHuman(config, humanCheck);
  }
  return { pass: issueToken(config, createVisitorIdentity()), profile: {} };
}

/** Anonymous visitors renew with the token they have; how long a known user stays is the host site's to say. */
function readmit(config: Config, token: string): Holder {
  const { identity } = verifyRenewableToken(config, token).pass;
  if (!isVisitorIdentity(identity)) return verifyToken(config, token);
  if (!config.ANONYMOUS_VISITORS) throw new ChatError('user_token_required');
  return { pass: issueToken(config, identity), profile: {} };
}
