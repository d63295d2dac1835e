/** Admits callers with an Access Token: clients of the SDK, or pages that upload Media. */
import { AccessTokenError, type AccessTokens } from '../iam/access-tokens';
import type { AccessTokenClaims } from '../iam/model';
import type { Services } from './services';
import { checkIdentity } from './validation';

/** Throws `AccessTokenError`. */
export function admit(token: unknown, accessTokens: AccessTokens, services: Services): AccessTokenClaims {
  const claims = accessTokens.check(token);
  try {
    checkIdentity(claims.identity);
  } catch {
    throw new AccessTokenError(20106);
  }
  if (!services.find(claims.chatServiceSid)) throw new AccessTokenError(54007);
  return claims;
}
