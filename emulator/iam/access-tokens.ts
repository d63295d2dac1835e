/** Checks Access Tokens: returns the identity, or throws with Twilio's error code. */
import { createSecretKey } from 'node:crypto';
import { decode, verify, TokenExpiredError, NotBeforeError, type Jwt, type JwtPayload } from 'jsonwebtoken';
import type { Clock } from '../core/clock';
import { TwilioError } from '../core/errors';
import type { ApiKeys } from './api-keys';
import { MAX_LIFETIME_SECONDS } from './limits';
import type { AccessTokenClaims, TokenLifetime, WorkerClaims } from './model';

const CONTENT_TYPE = 'twilio-fpa;v=1';

/** Each number is a page of the error dictionary, https://www.twilio.com/docs/api/errors/N. Guess: which is sent when. */
const REFUSALS = {
  20101: { status: 401, description: 'Invalid Access Token' },
  20103: { status: 401, description: 'Invalid Access Token issuer/subject' },
  20104: { status: 401, description: 'Access Token expired or expiration date invalid' },
  20105: { status: 401, description: 'Access Token not yet valid' },
  20106: { status: 401, description: 'Invalid Access Token grants' },
  20107: { status: 401, description: 'Invalid Access Token signature' },
  20157: { status: 401, description: 'Expiration time exceeds the maximum of 24 hours' },
  54007: { status: 403, description: 'Access forbidden for identity' },
} as const;

export class AccessTokenError extends TwilioError {
  constructor(code: keyof typeof REFUSALS) {
    const { status, description } = REFUSALS[code];
    super(status, code, description);
  }
}

export class AccessTokens {
  constructor(
    private readonly accountSid: string,
    private readonly apiKeys: ApiKeys,
    private readonly clock: Clock,
  ) {}

  /**
   * Cheap and structural checks first, so that each mistake gets the code that names it. What the chat grant names is
   * looked up in Conversations (`conversations/admission.ts`).
   */
  check(token: unknown): AccessTokenClaims {
    const { grants, ...lifetime } = this.read(token);
    return { ...toChatGrant(grants), ...lifetime };
  }

  /** A token for TaskRouter, whether it opens Conversations or not. */
  checkWorker(token: unknown): WorkerClaims {
    const { grants, ...lifetime } = this.read(token);
    return { ...toTaskRouterGrant(grants), ...lifetime };
  }

  private read(token: unknown): TokenLifetime & { grants: Record<string, unknown> } {
    const claims = this.decode(token);
    const apiKey = this.apiKeys.find(claims.iss ?? '');
    if (!apiKey || claims.sub !== this.accountSid) throw new AccessTokenError(20103);
    this.verify(token as string, apiKey.secret);
    const { iat, nbf, exp } = claims;
    if (typeof exp !== 'number') throw new AccessTokenError(20104);
    if (exp - (iat ?? nbf ?? this.clock.now() / 1000) > MAX_LIFETIME_SECONDS)
      throw new AccessTokenError(20157);
    const issuedAt = iat === undefined ? null : iat * 1000;
    return { grants: Object(claims['grants']), issuedAt, expiresAt: exp * 1000 };
  }

  private decode(token: unknown): JwtPayload {
    const { header, payload } = decodeParts(token);
    if (header.alg !== 'HS256' || header.cty !== CONTENT_TYPE) throw new AccessTokenError(20101);
    // JSON null and plain text decode too.
    if (typeof payload !== 'object' || payload === null) throw new AccessTokenError(20101);
    return payload;
  }

  private verify(token: string, secret: string): void {
    try {
      // HS256 is pinned: without it, a key that is also a public key could be used to sign.
      verify(token, createSecretKey(Buffer.from(secret)), {
        algorithms: ['HS256'],
        clockTimestamp: Math.floor(this.clock.now() / 1000),
      });
    } catch (error) {
      if (error instanceof TokenExpiredError) throw new AccessTokenError(20104);
      if (error instanceof NotBeforeError) throw new AccessTokenError(20105);
      throw new AccessTokenError(20107);
    }
  }
}

function toChatGrant({
  identity,
  chat,
}: Record<string, unknown>): Omit<AccessTokenClaims, keyof TokenLifetime> {
  const { service_sid: chatServiceSid, push_credential_sid: pushCredentialSid } = Object(chat) as Record<
    string,
    unknown
  >;
  if (typeof identity !== 'string' || typeof chatServiceSid !== 'string') throw new AccessTokenError(20106);
  // Guess: the Credential matters only when a device registers.
  return {
    identity,
    chatServiceSid,
    ...(typeof pushCredentialSid === 'string' && { pushCredentialSid }),
  };
}

function toTaskRouterGrant({
  identity,
  task_router: grant,
}: Record<string, unknown>): Omit<WorkerClaims, keyof TokenLifetime> {
  const { workspace_sid: workspaceSid, worker_sid: workerSid } = Object(grant) as Record<string, unknown>;
  if (typeof identity !== 'string' || typeof workspaceSid !== 'string' || typeof workerSid !== 'string') {
    throw new AccessTokenError(20106);
  }
  return { identity, workspaceSid, workerSid };
}

/** For invalid tokens `decode` returns null or throws. */
function decodeParts(token: unknown): Jwt {
  let parts: Jwt | null = null;
  try {
    parts = typeof token === 'string' ? decode(token, { complete: true }) : null;
  } catch {
    // The payload is not JSON.
  }
  if (!parts) throw new AccessTokenError(20101);
  return parts;
}
