/**
 * Access Tokens: the one proof that both Twilio's SDK and the Functions require from a visitor. Issued and verified
 * here.
 */
import * as jws from 'jws';
import { isoTimestamp, pipe, string, type InferOutput, type ObjectSchema } from 'valibot';
import { ChatError } from '../http/errors.private';
import { takeProfile, type Profile } from '../http/profile.private';
import type { Config } from '../settings/config.private';
import * as identities from './identity.private';

/** Source: sdk twilio/lib/jwt/AccessToken.js (toJwt) */
const HEADER = { alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' } as const;
const MAX_TOKEN_BYTES = 4096;
const PROFILE_CLAIM = 'flex_custom_chat_profile';
/** Source: docs https://www.twilio.com/docs/api/errors/20157 */
const MAX_LIFE_SECONDS = 86_400;
/** How far the clock of the issuing machine may be ahead. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** A laptop that was closed overnight finds its chat again; the end of the session still applies. */
const RENEWAL_GRACE_SECONDS = 12 * 3600;

/** As Functions answer with it. */
export const passEntries = () => ({
  token: string(),
  identity: string(),
  /** ISO 8601, UTC. */
  expiresAt: pipe(string(), isoTimestamp()),
});

export type Pass = InferOutput<ObjectSchema<ReturnType<typeof passEntries>, undefined>>;

/** The holder of a token. */
export interface Holder {
  pass: Pass;
  /** Data about a signed-in user that the host site has signed, in this call or an earlier one. */
  profile: Profile;
  /** Where Twilio may send this holder's push notifications. */
  pushCredentialSid?: string | undefined;
}

interface Grant {
  identity: string;
  pushCredentialSid: string | undefined;
}

interface Verified extends Grant {
  profile: Profile;
  /** Seconds since the Unix epoch. */
  expiresAtSeconds: number;
}

/**
 * Issues a token that never outlives the session. Throws `session_ended` if the session is over. Signed data is stored
 * in a separate claim, so that later calls with this token have the same data as the call with the userToken. Guess:
 * Twilio ignores unknown claims, as RFC 7519, section 4, demands.
 *
 * The claims are those of twilio's own `AccessToken`, which a test compares. Loading that class takes a large part of a
 * Function's cold start (decision 14).
 */
export function issueToken(
  config: Config,
  identity: string,
  { profile = {}, pushCredentialSid }: Partial<Omit<Holder, 'pass'>> = {},
): Pass {
  const now = Math.floor(nowSeconds());
  const exp = Math.floor(Math.min(now + config.TOKEN_TTL_SECONDS, sessionEndsAtSeconds(config, identity)));
  if (exp <= now) throw new ChatError('session_ended');
  const claims = {
    jti: `${config.TWILIO_API_KEY_SID}-${now}`,
    grants: {
      identity,
      chat: { service_sid: config.CONVERSATIONS_SERVICE_SID, push_credential_sid: pushCredentialSid },
    },
    iat: now,
    exp,
    iss: config.TWILIO_API_KEY_SID,
    sub: config.ACCOUNT_SID,
  };
  return { token: signed(config, claims, profile), identity, expiresAt: toIso(exp) };
}

/**
 * The token must stay short enough for headers: an exceptionally long profile is shortened to the name, and marked as
 * partial.
 */
function signed(config: Config, claims: object, profile: Profile): string {
  const payload = Object.keys(profile).length === 0 ? claims : { ...claims, [PROFILE_CLAIM]: profile };
  const token = jws.sign({ header: HEADER, payload, secret: config.TWILIO_API_KEY_SECRET });
  if (Buffer.byteLength(token) <= MAX_TOKEN_BYTES) return token;
  const { preChat: _tooLong, ...rest } = profile;
  return signed(config, claims, { ...rest, isPartial: true });
}

/** The holder of this token. Throws `token_expired`, `session_ended`, or `invalid_token` for every other problem. */
export function verifyToken(config: Config, token: string): Holder {
  return verify(config, token, 0, 'token_expired');
}

/** The same, for renewal: the token may have expired recently. After that it throws `session_ended`: renewing is over. */
export function verifyRenewableToken(config: Config, token: string): Holder {
  return verify(config, token, RENEWAL_GRACE_SECONDS, 'session_ended');
}

function verify(
  config: Config,
  token: string,
  graceSeconds: number,
  code: 'token_expired' | 'session_ended',
): Holder {
  const { identity, expiresAtSeconds, ...holder } = decode(config, token);
  if (expiresAtSeconds + graceSeconds <= nowSeconds()) throw new ChatError(code);
  return { pass: { token, identity, expiresAt: toIso(expiresAtSeconds) }, ...holder };
}

/**
 * Verifies everything except the expiry. Accepts only tokens of the kind that the Functions issue: other programs may
 * sign with the same key.
 */
function decode(config: Config, token: string): Verified {
  const { iss, sub, iat, nbf, exp, grants, ...rest } = signedClaims(config, token);
  if (iss !== config.TWILIO_API_KEY_SID || sub !== config.ACCOUNT_SID) throw new ChatError('invalid_token');
  if (!isTime(iat) || !isTime(exp) || exp <= iat || exp - iat > MAX_LIFE_SECONDS) {
    throw new ChatError('invalid_token');
  }
  const latestStart = nowSeconds() + CLOCK_TOLERANCE_SECONDS;
  if (iat > latestStart || !(nbf === undefined || (isTime(nbf) && nbf <= latestStart))) {
    throw new ChatError('invalid_token');
  }
  const grant = grantIn(grants, config.CONVERSATIONS_SERVICE_SID);
  const { identity } = grant;
  if (sessionEndsAtSeconds(config, identity) <= nowSeconds()) throw new ChatError('session_ended');
  const claim = rest[PROFILE_CLAIM];
  const isPartial = (claim as Profile | undefined)?.isPartial === true;
  const profile = { ...takeProfile(claim), ...(isPartial && { isPartial }) };
  return { ...grant, profile, expiresAtSeconds: exp };
}

/** The payload of a token that carries our signature. The algorithm is fixed here; the token cannot choose it. */
function signedClaims(config: Config, token: string): Record<string, unknown> {
  if (Buffer.byteLength(token) > MAX_TOKEN_BYTES) throw new ChatError('invalid_token');
  try {
    if (jws.verify(token, HEADER.alg, config.TWILIO_API_KEY_SECRET)) {
      const { header, payload } = jws.decode(token)!;
      const isOurs = Object.entries(HEADER).every(([name, value]) => header[name as 'alg'] === value);
      if (isOurs && typeof payload === 'object' && payload !== null)
        return payload as Record<string, unknown>;
    }
  } catch {
    // Not the JSON that a token consists of.
  }
  throw new ChatError('invalid_token');
}

/** Of `{ identity, chat: { service_sid, push_credential_sid? } }`; a token with a grant for any other product is rejected. */
function grantIn(grants: unknown, serviceSid: string): Grant {
  if (!hasExactly(grants, ['chat', 'identity'])) throw new ChatError('invalid_token');
  const { identity, chat } = grants;
  if (!hasExactly(chat, ['service_sid']) && !hasExactly(chat, ['push_credential_sid', 'service_sid'])) {
    throw new ChatError('invalid_token');
  }
  const { service_sid, push_credential_sid: pushCredentialSid } = chat;
  if (service_sid !== serviceSid || !identities.isOurIdentity(identity) || !isCredential(pushCredentialSid)) {
    throw new ChatError('invalid_token');
  }
  return { identity, pushCredentialSid };
}

/** Any Credential, also one that the settings no longer have: its replacement ends no chat. */
function isCredential(sid: unknown): sid is string | undefined {
  return sid === undefined || (typeof sid === 'string' && /^CR[0-9a-fA-F]{32}$/.test(sid));
}

function hasExactly(value: unknown, keys: string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).sort().join() === keys.join();
}

/** An anonymous visitor's session counts from the creation of the identity; the host site ends a signed-in user's. */
function sessionEndsAtSeconds(config: Config, identity: string): number {
  if (!identities.isVisitorIdentity(identity)) return Infinity;
  return identities.createdAtSeconds(identity) + config.SESSION_MAX_SECONDS;
}

function toIso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function nowSeconds(): number {
  return Date.now() / 1000;
}
