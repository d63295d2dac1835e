/** How a call to Twilio can fail in passing, told apart by what may have become of it: that decides what to do next. */

/**
 * `refused`: nothing was done, so that sending again is always safe. `lost`: it may have been done, and nobody told us.
 * `late`: as lost, and it may even be done after now.
 */
export type Outcome = 'refused' | 'lost' | 'late';

export interface FailureDetails {
  /** HTTP status; none where no answer came. */
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

  /** Where twilio-node's own errors have it. */
  get status(): number | undefined {
    return this.details.status;
  }
}

/** A call that may still take effect: the caller is asked to wait until that is over. */
export function lateFailure(withinMs: number): TwilioFailure {
  return new TwilioFailure('late', { retryAfterSeconds: Math.ceil(withinMs / 1000) });
}

/** By name, not `instanceof`: an asset can be loaded twice, and then there are two classes. */
export function isTwilioFailure(error: unknown): error is TwilioFailure {
  return error instanceof Error && error.name === 'TwilioFailure';
}

/** What twilio-node's HTTP client hands on. */
export interface TwilioResponse {
  statusCode: number;
  body: unknown;
  headers?: unknown;
}

/**
 * Two changes of one Conversation, User or Participant met; Twilio asks for another try.
 * Source: docs https://www.twilio.com/docs/api/errors/50349, .../50391, .../50449, .../50213, .../50419
 */
const COLLISIONS: readonly unknown[] = [50349, 50391, 50449, 50213, 50419];
/** No connection was made, so nothing was sent. */
const UNREACHED: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];
/** Our own patience ended; Twilio may be at work still. Source: sdk axios/lib/core/AxiosError.js */
const TIMED_OUT: readonly unknown[] = ['ECONNABORTED', 'ETIMEDOUT'];

/** What is wrong with this response in passing, or undefined: then twilio-node may read it. */
export function failureIn({ statusCode: status, body, headers }: TwilioResponse): TwilioFailure | undefined {
  const twilioCode = codeIn(body);
  const details = { status, twilioCode, retryAfterSeconds: retryAfterIn(headers) };
  // "Never processed and always safe to retry". Source: docs https://www.twilio.com/docs/api/errors/20429
  if (status === 429 || COLLISIONS.includes(twilioCode)) return new TwilioFailure('refused', details);
  if (status === 504) return new TwilioFailure('late', details);
  if (status >= 500) return new TwilioFailure('lost', details);
  // Somebody between us and Twilio answered: a page instead of JSON. A deletion has no body.
  if (status < 300 && typeof body === 'string' && body !== '') return new TwilioFailure('lost', details);
  return undefined;
}

/** For whatever the HTTP client throws: there is no answer. */
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
