/** Every way in which a Function can fail: one table, from which the type, the status and the body come. */
import { isTwilioFailure } from '../twilio/failure.private';

/**
 * `retryable`: the same request may well succeed later, unchanged. Everything else needs another request.
 * Callers branch on the code; the message is for people and may change.
 */
export const ERRORS = {
  // The caller is wrong.
  invalid_request: { status: 400, retryable: false, message: 'The request is not valid' },
  invalid_token: { status: 401, retryable: false, message: 'The token is not valid here' },
  token_expired: { status: 401, retryable: false, message: 'The token has expired: renew it with /token' },
  session_ended: { status: 401, retryable: false, message: 'The session is over: start without a token' },
  invalid_user_token: { status: 401, retryable: false, message: 'The userToken is not valid here' },
  user_token_required: {
    status: 401,
    retryable: false,
    message: 'Prove who you are with a new userToken',
  },
  origin_not_allowed: { status: 403, retryable: false, message: 'This origin may not call' },
  conversation_not_yours: { status: 403, retryable: false, message: 'No such conversation of yours' },
  invalid_signature: { status: 403, retryable: false, message: 'Only Twilio may call this' },
  human_check_failed: { status: 403, retryable: false, message: 'The human check was not passed' },
  closed_now: { status: 409, retryable: false, message: 'Nobody is there at the moment' },
  conversation_closed: { status: 409, retryable: false, message: 'The conversation is closed' },
  conversation_full: {
    status: 409,
    retryable: false,
    message: 'The conversation takes no further participant or webhook: start a new one',
  },
  conversation_too_busy: {
    status: 409,
    retryable: false,
    message: 'The conversation has too many messages to look for this messageId: send without one',
  },
  message_id_reused: {
    status: 409,
    retryable: false,
    message: 'Another message has this messageId already',
  },
  unsupported_content_type: {
    status: 415,
    retryable: false,
    message: 'POST application/json or application/x-www-form-urlencoded',
  },
  too_many_starts: { status: 429, retryable: true, message: 'Too many chats are being started' },
  // Twilio refused, or did not answer.
  twilio_error: { status: 502, retryable: false, message: 'Twilio refused the request' },
  twilio_unavailable: { status: 503, retryable: true, message: 'Twilio cannot be reached at the moment' },
  // The service of the human check did not answer.
  human_check_unavailable: {
    status: 503,
    retryable: true,
    message: 'The human check cannot be made at the moment',
  },
  // We are wrong.
  misconfigured: {
    status: 500,
    retryable: false,
    message: 'The settings are incomplete or malformed: the log names them',
  },
  internal_error: { status: 500, retryable: false, message: 'Something went wrong on our side' },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** What may stand in the log beside the code: SIDs, codes and numbers, never what people wrote. */
export type LogFacts = Record<string, string | number | boolean | readonly string[] | undefined>;

/** An answer that is not a success. `facts` reach the log only; `message`, `answer` and `retryAfterSeconds` the caller. */
export class ChatError extends Error {
  override readonly name = 'ChatError';
  readonly code: ErrorCode;
  readonly facts: LogFacts;
  readonly retryAfterSeconds: number | undefined;
  /** What else stands beside the code. */
  readonly answer: object;

  constructor(
    code: ErrorCode,
    options: {
      message?: string;
      facts?: LogFacts;
      retryAfterSeconds?: number | undefined;
      answer?: object;
    } = {},
  ) {
    super(options.message ?? ERRORS[code].message);
    this.code = code;
    this.facts = options.facts ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.answer = options.answer ?? {};
  }
}

/** By name, not `instanceof`: an asset can be loaded twice, and then there are two classes. */
function isChatError(error: unknown): error is ChatError {
  return error instanceof Error && error.name === 'ChatError';
}

/** An answer of Twilio's that is not a success. Source: sdk twilio/lib/base/RestException.js */
interface TwilioRefusal {
  /** HTTP status. */
  status?: unknown;
  /** Twilio's error code. */
  code?: unknown;
}

/** Source: docs https://www.twilio.com/docs/api/errors/50377 */
const CONVERSATION_CLOSED = 50377;

/** Twilio's error code, if this is an answer of Twilio's. */
export function twilioCodeOf(error: unknown): number | undefined {
  const { status, code } = (error ?? {}) as TwilioRefusal;
  return typeof status === 'number' && typeof code === 'number' ? code : undefined;
}

/** The HTTP status, if this is an answer of Twilio's. */
export function twilioStatusOf(error: unknown): number | undefined {
  const { status } = (error ?? {}) as TwilioRefusal;
  return typeof status === 'number' ? status : undefined;
}

/** Whatever was thrown, as an answer. Twilio's own text never leaves: it can repeat what it was given. */
export function toChatError(error: unknown): ChatError {
  if (isChatError(error)) return error;
  if (isTwilioFailure(error)) {
    const { status, twilioCode, networkCode, retryAfterSeconds } = error.details;
    const facts = { twilioStatus: status, twilioCode, networkCode, outcome: error.outcome };
    return new ChatError('twilio_unavailable', { facts, retryAfterSeconds });
  }
  const { status, code } = (error ?? {}) as TwilioRefusal;
  if (error instanceof Error && typeof status === 'number') {
    if (code === CONVERSATION_CLOSED) return new ChatError('conversation_closed');
    const facts = { twilioStatus: status, twilioCode: typeof code === 'number' ? code : undefined };
    return new ChatError('twilio_error', { facts });
  }
  return new ChatError('internal_error', { facts: whereOf(error) });
}

/** Name and place of an unexpected error, without its message: that may quote the request. */
function whereOf(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { thrown: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { thrown: error.name, at: frames.slice(0, 4).map((line) => line.trim()) };
}
