/**
 * Determines the identity of a caller: the holder of a token, a signed-in user, or a new
 * anonymous visitor.
 */
import { ChatError } from '../http/errors.private';
import type { Config } from '../settings/config.private';
import { issueToken, verifyRenewableToken, type Holder } from './access-token.private';
import { createVisitorIdentity, isVisitorIdentity } from './identity.private';

/** A token or a userToken, or, for a new anonymous visitor, the result of a human check. */
export interface Credentials {
  token?: string | undefined;
  userToken?: string | undefined;
  humanCheck?: string | undefined;
  /** The app's, for push notifications. */
  platform?: string | undefined;
}

/** Admits a newcomer and issues a token. The request cannot choose the identity. */
export async function admit(config: Config, credentials: Credentials): Promise<Holder> {
  const { token, userToken, humanCheck } = credentials;
  if (token !== undefined && userToken !== undefined) {
    throw new ChatError('invalid_request', { message: 'Send token or userToken, not both' });
  }
  const pushCredentialSid = pushCredentialOf(config, credentials);
  if (token !== undefined) return readmit(config, token, pushCredentialSid);
  if (userToken !== undefined) {
    const { verifyUserToken } = require('./user-token.private') as typeof import('./user-token.private');
    const { identity, profile } = verifyUserToken(config, userToken);
    return { pass: issueToken(config, identity, { profile, pushCredentialSid }), profile };
  }
  if (!config.ANONYMOUS_VISITORS) throw new ChatError('user_token_required');
  // Only when an identity is created: a token proves that the check was passed.
  if (config.HUMAN_CHECK_URL !== undefined) {
    const { requireHuman } = require('./human-check.private') as typeof import('./human-check.private');
    await requireHuman(config, humanCheck);
  }
  return { pass: issueToken(config, createVisitorIdentity(), { pushCredentialSid }), profile: {} };
}

/** Throws `invalid_request` for a platform without a Credential: push notifications would never arrive. */
function pushCredentialOf(config: Config, { platform }: Credentials): string | undefined {
  const sid = platform === undefined ? undefined : config.PUSH_CREDENTIAL_SIDS?.get(platform);
  if (platform !== undefined && sid === undefined) {
    throw new ChatError('invalid_request', { message: 'platform is not in PUSH_CREDENTIAL_SIDS' });
  }
  return sid;
}

/** Anonymous visitors renew with the token they have; for signed-in users the host site decides how long the session lasts. */
function readmit(config: Config, token: string, named: string | undefined): Holder {
  const holder = verifyRenewableToken(config, token);
  const { pass, pushCredentialSid: kept } = holder;
  const { identity } = pass;
  if (!isVisitorIdentity(identity)) {
    if (Date.parse(pass.expiresAt) <= Date.now()) throw new ChatError('user_token_required');
    return holder;
  }
  if (!config.ANONYMOUS_VISITORS) throw new ChatError('user_token_required');
  const isInUse = [...(config.PUSH_CREDENTIAL_SIDS?.values() ?? [])].includes(kept ?? '');
  const pushCredentialSid = named ?? (isInUse ? kept : undefined);
  return { pass: issueToken(config, identity, { pushCredentialSid }), profile: {} };
}
