/** Transient failures of a Twilio call, classified by what may have happened at Twilio: that decides the next step. */

/**
 * `refused`: nothing was done, so sending again is always safe. `lost`: it may have been done, but no answer arrived.
 * `late`: as lost, and it may still be done later.
 */
export type Outcome = 'refused' | 'lost' | 'late';

export interface FailureDetails {
  /** HTTP status; undefined if no answer arrived. */
  status?: number | undefined;
  twilioCode?: number | undefined;
  /** For example ECONNRESET. */
  networkCode?: string | undefined;
  retryAfterSeconds?: number | undefined;
}

export class TwilioFailure extends Error {
  override readonly name = 'TwilioFailure';

  constructor(
    readonly outcome: Outcome,
    readonly details: FailureDetails,
  ) {
    super(`The call was ${outcome}`);
  }

  /** The same property as in twilio-node's own errors. */
  get status(): number | undefined {
    return this.details.status;
  }
}

/** A call that may still take effect: the caller must wait until that is over. */
export function lateFailure(withinMs: number): TwilioFailure {
  return new TwilioFailure('late', { retryAfterSeconds: Math.ceil(withinMs / 1000) });
}

/** By name, not `instanceof`: an asset can be loaded twice, and then there are two classes. */
export function isTwilioFailure(error: unknown): error is TwilioFailure {
  return error instanceof Error && error.name === 'TwilioFailure';
}

/** The response as twilio-node's HTTP client returns it. */
export interface TwilioResponse {
  statusCode: number;
  body: unknown;
  headers?: unknown;
}

/**
 * Two changes of one Conversation, User or Participant collided; Twilio asks for a retry. Source: docs
 * https://www.twilio.com/docs/api/errors/50349, .../50391, .../50449, .../50213, .../50419
 */
const COLLISIONS: readonly unknown[] = [50349, 50391, 50449, 50213, 50419];
/** No connection was made, so nothing was sent. */
const UNREACHED: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];
/** Our timeout ended the call; Twilio may still process it. Source: sdk axios/lib/core/AxiosError.js */
const TIMED_OUT: readonly unknown[] = ['ECONNABORTED', 'ETIMEDOUT'];

/** The transient failure in this response; undefined if twilio-node can read it. */
export function failureIn({ statusCode: status, body, headers }: TwilioResponse): TwilioFailure | undefined {
  const twilioCode = codeIn(body);
  const details = { status, twilioCode, retryAfterSeconds: retryAfterIn(headers) };
  // "Never processed and always safe to retry". Source: docs https://www.twilio.com/docs/api/errors/20429
  if (status === 429 || COLLISIONS.includes(twilioCode)) return new TwilioFailure('refused', details);
  if (status === 504) return new TwilioFailure('late', details);
  if (status >= 500) return new TwilioFailure('lost', details);
  // A proxy between this project and Twilio answered: a page instead of JSON. A deletion has no body.
  if (status < 300 && typeof body === 'string' && body !== '') return new TwilioFailure('lost', details);
  return undefined;
}

/** For any error that the HTTP client throws: there is no response. */
export function networkFailure(error: unknown): TwilioFailure {
  const { code } = (error ?? {}) as { code?: unknown };
  const details = { networkCode: typeof code === 'string' ? code : 'none' };
  if (UNREACHED.includes(code)) return new TwilioFailure('refused', details);
  return new TwilioFailure(TIMED_OUT.includes(code) ? 'late' : 'lost', details);
}

function codeIn(body: unknown): number | undefined {
  const { code } = (body ?? {}) as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
}

/** Seconds from now; the header carries seconds or a date. Source: RFC 9110, section 10.2.3 */
function retryAfterIn(headers: unknown): number | undefined {
  const value = ((headers ?? {}) as Record<string, unknown>)['retry-after'];
  if (typeof value !== 'string') return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : Math.max(0, Math.ceil((atMs - Date.now()) / 1000));
}
