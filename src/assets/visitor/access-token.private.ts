/**
 * Access Tokens: the one proof that both Twilio's SDK and the Functions require from a visitor. Issued and verified
 * here.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import AccessToken, { ChatGrant } from 'twilio/lib/jwt/AccessToken';
import { isoTimestamp, pipe, string, type InferOutput, type ObjectSchema } from 'valibot';
import { ChatError } from '../http/errors.private';
import { takeProfile, type Profile } from '../http/profile.private';
import type { Config } from '../settings/config.private';
import * as identities from './identity.private';

/** Source: sdk twilio/lib/jwt/AccessToken.js (toJwt) */
const CONTENT_TYPE = 'twilio-fpa;v=1';
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
  /** Data about a known user that the host site has signed, in this call or an earlier one. */
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
 */
export function issueToken(
  config: Config,
  identity: string,
  { profile = {}, pushCredentialSid }: Partial<Omit<Holder, 'pass'>> = {},
): Pass {
  const now = nowSeconds();
  const ttl = Math.floor(Math.min(config.TOKEN_TTL_SECONDS, sessionEndsAtSeconds(config, identity) - now));
  if (ttl < 1) throw new ChatError('session_ended');
  // The type says string, but the key is only passed to jsonwebtoken, which accepts a KeyObject; see signingKey.
  const secret = signingKey(config.TWILIO_API_KEY_SECRET) as unknown as string;
  const token = new AccessToken(config.ACCOUNT_SID, config.TWILIO_API_KEY_SID, secret, { identity, ttl });
  token.addGrant(new ChatGrant({ serviceSid: config.CONVERSATIONS_SERVICE_SID, pushCredentialSid }));
  const signed = withProfile(token.toJwt(), secret, profile);
  return { token: signed, identity, expiresAt: expiryOf(signed) };
}

/**
 * The same token with the profile in it. The token must stay short enough for headers: an exceptionally long profile is
 * shortened to the name, and marked as partial.
 */
function withProfile(token: string, secret: string, profile: Profile): string {
  if (Object.keys(profile).length === 0) return token;
  const { header, payload } = jwt.decode(token, { complete: true })!;
  const signed = jwt.sign({ ...(payload as jwt.JwtPayload), [PROFILE_CLAIM]: profile }, secret, { header });
  if (Buffer.byteLength(signed) <= MAX_TOKEN_BYTES) return signed;
  const { preChat: _tooLong, ...rest } = profile;
  return withProfile(token, secret, { ...rest, isPartial: true });
}

/** The holder of this token. Throws `token_expired`, `session_ended`, or `invalid_token` for every other problem. */
export function verifyToken(config: Config, token: string): Holder {
  return verify(config, token, 0);
}

/** The same, for renewal: the token may have expired recently. */
export function verifyRenewableToken(config: Config, token: string): Holder {
  return verify(config, token, RENEWAL_GRACE_SECONDS);
}

function verify(config: Config, token: string, graceSeconds: number): Holder {
  const { identity, expiresAtSeconds, ...holder } = decode(config, token);
  if (expiresAtSeconds + graceSeconds <= nowSeconds()) throw new ChatError('token_expired');
  return { pass: { token, identity, expiresAt: toIso(expiresAtSeconds) }, ...holder };
}

/**
 * Verifies everything except the expiry. Accepts only tokens of the kind that the Functions issue: other programs may
 * sign with the same key.
 */
function decode(config: Config, token: string): Verified {
  if (Buffer.byteLength(token) > MAX_TOKEN_BYTES) throw new ChatError('invalid_token');
  let header: jwt.JwtHeader;
  let payload: jwt.JwtPayload | string;
  try {
    ({ header, payload } = jwt.verify(token, signingKey(config.TWILIO_API_KEY_SECRET), {
      algorithms: ['HS256'],
      issuer: config.TWILIO_API_KEY_SID,
      subject: config.ACCOUNT_SID,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      ignoreExpiration: true,
      complete: true,
    }));
  } catch {
    throw new ChatError('invalid_token');
  }
  if (header.cty !== CONTENT_TYPE || typeof payload === 'string') throw new ChatError('invalid_token');
  const { iat, exp, grants } = payload;
  if (!isTime(iat) || !isTime(exp) || exp <= iat || exp - iat > MAX_LIFE_SECONDS) {
    throw new ChatError('invalid_token');
  }
  if (iat > nowSeconds() + CLOCK_TOLERANCE_SECONDS) throw new ChatError('invalid_token');
  const grant = grantIn(grants, config.CONVERSATIONS_SERVICE_SID);
  const { identity } = grant;
  if (sessionEndsAtSeconds(config, identity) <= nowSeconds()) throw new ChatError('session_ended');
  const claim: unknown = payload[PROFILE_CLAIM];
  const isPartial = (claim as Profile | undefined)?.isPartial === true;
  const profile = { ...takeProfile(claim), ...(isPartial && { isPartial }) };
  return { ...grant, profile, expiresAtSeconds: exp };
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

/** An anonymous visitor's session counts from the creation of the identity; the host site ends a known user's. */
function sessionEndsAtSeconds(config: Config, identity: string): number {
  if (!identities.isVisitorIdentity(identity)) return Infinity;
  return identities.bornAtSeconds(identity) + config.SESSION_MAX_SECONDS;
}

let cached: { secret: string; key: KeyObject } | undefined;

/**
 * The secret as a KeyObject, created once. jsonwebtoken first tries to read any other value as a private key and
 * catches the failure, which takes some forty times as long as the signature itself.
 */
function signingKey(secret: string): KeyObject {
  if (cached?.secret !== secret) cached = { secret, key: createSecretKey(Buffer.from(secret)) };
  return cached.key;
}

function expiryOf(token: string): string {
  return toIso((jwt.decode(token) as { exp: number }).exp);
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
