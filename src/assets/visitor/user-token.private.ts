/** userTokens: short-lived JWTs with which the host site identifies a signed-in user. */
import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { ChatError } from '../http/errors.private';
import { takeProfile, type Profile } from '../http/profile.private';
import type { Config } from '../settings/config.private';
import { toUserIdentity } from './identity.private';

/** The page gets it signed and uses it at once; a stolen one soon expires. */
const MAX_LIFE_SECONDS = 600;
/** How far the host site's clock may be off. */
const CLOCK_TOLERANCE_SECONDS = 30;
const MAX_TOKEN_BYTES = 4096;
const MAX_SUBJECT_CHARS = 256;
const NO_KEY = 'No userToken can be verified: set USER_TOKEN_SECRET or USER_TOKEN_PUBLIC_KEY';

interface KnownUser {
  identity: string;
  profile: Profile;
}

/** Throws `invalid_user_token` for every problem. */
export function verifyUserToken(config: Config, userToken: string): KnownUser {
  const key = verificationKey(config);
  if (!key) throw new ChatError('invalid_user_token', { message: NO_KEY });
  if (Buffer.byteLength(userToken) > MAX_TOKEN_BYTES) throw new ChatError('invalid_user_token');
  let claims: jwt.JwtPayload | string;
  try {
    claims = jwt.verify(userToken, key.object, {
      // The setting decides, never the token: otherwise a public key could be used as an HMAC secret.
      algorithms: [key.algorithm],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      ...(config.USER_TOKEN_AUDIENCE === undefined ? {} : { audience: config.USER_TOKEN_AUDIENCE }),
    });
  } catch {
    throw new ChatError('invalid_user_token');
  }
  if (typeof claims === 'string' || !isSubject(claims.sub) || !livesShortly(claims)) {
    throw new ChatError('invalid_user_token');
  }
  return {
    identity: toUserIdentity(claims.sub, config.TWILIO_API_KEY_SECRET),
    profile: takeProfile({ friendlyName: claims['name'], preChat: claims['preChat'] }),
  };
}

function isSubject(sub: unknown): sub is string {
  return typeof sub === 'string' && sub !== '' && sub.length <= MAX_SUBJECT_CHARS;
}

/** jsonwebtoken compares `exp` with the clock only if the claim is present; here it is required and must be near. */
function livesShortly({ iat, exp }: jwt.JwtPayload): boolean {
  if (typeof exp !== 'number') return false;
  const now = Date.now() / 1000;
  if (exp - now > MAX_LIFE_SECONDS + CLOCK_TOLERANCE_SECONDS) return false;
  return iat === undefined || (typeof iat === 'number' && exp - iat <= MAX_LIFE_SECONDS);
}

interface VerificationKey {
  from: string;
  algorithm: 'HS256' | 'RS256' | 'ES256';
  object: KeyObject;
}

let cached: VerificationKey | undefined;

/** Created once per instance: reading a PEM takes far longer than checking a signature. */
function verificationKey(config: Config): VerificationKey | undefined {
  const from = config.USER_TOKEN_SECRET ?? config.USER_TOKEN_PUBLIC_KEY;
  if (from === undefined) return undefined;
  if (cached?.from !== from) cached = { from, ...toKey(config, from) };
  return cached;
}

function toKey(config: Config, from: string): Omit<VerificationKey, 'from'> {
  if (config.USER_TOKEN_SECRET !== undefined) {
    return { algorithm: 'HS256', object: createSecretKey(Buffer.from(from)) };
  }
  const object = createPublicKey(from);
  return { algorithm: object.asymmetricKeyType === 'rsa' ? 'RS256' : 'ES256', object };
}
