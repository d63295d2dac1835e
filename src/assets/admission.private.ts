/** Who a newcomer is: the holder of a token, a user that the host site vouches for, or a new anonymous visitor. */
import type * as AccessToken from './access-token.private';
import type { Config } from './config.private';
import type * as Errors from './errors.private';
import type * as HumanCheck from './human-check.private';
import type * as Identity from './identity.private';
import type * as UserToken from './user-token.private';

const { ChatError } = require(Runtime.getAssets()['/errors.js']!.path) as typeof Errors;
const { createVisitorIdentity, isVisitorIdentity } = require(
  Runtime.getAssets()['/identity.js']!.path,
) as typeof Identity;
const { requireHuman } = require(Runtime.getAssets()['/human-check.js']!.path) as typeof HumanCheck;
const { verifyUserToken } = require(Runtime.getAssets()['/user-token.js']!.path) as typeof UserToken;
const { issueToken, verifyRenewableToken, verifyToken } = require(
  Runtime.getAssets()['/access-token.js']!.path,
) as typeof AccessToken;

/** What a newcomer shows: a token or a userToken, or, as somebody new, the result of a human check. */
export interface Credentials {
  token?: string | undefined;
  userToken?: string | undefined;
  humanCheck?: string | undefined;
}

export interface Newcomer {
  pass: AccessToken.Pass;
  /** What the host site said about a user it knows. */
  profile: UserToken.Profile;
}

/** Lets a newcomer in, with a token for an identity that the request had no say in. */
export async function admit(config: Config, credentials: Credentials): Promise<Newcomer> {
  const { token, userToken, humanCheck } = credentials;
  if (token !== undefined && userToken !== undefined) {
    throw new ChatError('invalid_request', { message: 'Give token or userToken, not both' });
  }
  if (token !== undefined) return { pass: readmit(config, token), profile: {} };
  if (userToken !== undefined) {
    const { identity, profile } = verifyUserToken(config, userToken);
    return { pass: issueToken(config, identity), profile };
  }
  if (!config.ANONYMOUS_VISITORS) throw new ChatError('user_token_required');
  // At the birth of an identity and never again: whoever holds a token has passed.
  await requireHuman(config, humanCheck);
  return { pass: issueToken(config, createVisitorIdentity()), profile: {} };
}

/** Anonymous visitors renew with the token they have; how long a known user stays is the host site's to say. */
function readmit(config: Config, token: string): AccessToken.Pass {
  const { identity } = verifyRenewableToken(config, token);
  if (isVisitorIdentity(identity)) {
    if (!config.ANONYMOUS_VISITORS) throw new ChatError('user_token_required');
    return issueToken(config, identity);
  }
  return verifyToken(config, token);
}
