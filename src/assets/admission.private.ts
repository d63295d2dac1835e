/** Who a newcomer is: the holder of a token, a user that the host site vouches for, or a new anonymous visitor. */
import type * as AccessToken from './access-token.private';
import type { Config } from './config.private';
import type * as Errors from './errors.private';
import type * as Identity from './identity.private';

const { ChatError } = require(Runtime.getAssets()['/errors.js']!.path) as typeof Errors;
const { createVisitorIdentity, isVisitorIdentity } = require(
  Runtime.getAssets()['/identity.js']!.path,
) as typeof Identity;
const { issueToken, verifyRenewableToken, verifyToken } = require(
  Runtime.getAssets()['/access-token.js']!.path,
) as typeof AccessToken;

/** What a newcomer shows; at most one of them. */
export interface Proof {
  token?: string | undefined;
}

/** Lets a newcomer in, with a token for an identity that the request had no say in. */
export async function admit(config: Config, { token }: Proof): Promise<AccessToken.Pass> {
  if (token !== undefined) return readmit(config, token);
  if (!config.ANONYMOUS_VISITORS) throw new ChatError('user_token_required');
  return issueToken(config, createVisitorIdentity());
}

/** Anonymous visitors renew with the token they have; a known user's session is the host site's to prolong. */
function readmit(config: Config, token: string): AccessToken.Pass {
  const { identity } = verifyRenewableToken(config, token);
  if (isVisitorIdentity(identity)) return issueToken(config, identity);
  return verifyToken(config, token);
}
