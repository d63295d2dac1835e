/** All errors of the Functions: one table that defines the type, the status and the body. */
import { isTwilioFailure } from '../twilio/failure.private';

/**
 * `retryable`: the same request may succeed later. All other errors need a different request. Callers branch on the
 * code; the message is for people and may change.
 */
export const ERRORS = {
  // Errors of the caller.
  invalid_request: { status: 400, retryable: false, message: 'Invalid request' },
  invalid_token: { status: 401, retryable: false, message: 'Invalid token: start without a token' },
  token_expired: { status: 401, retryable: false, message: 'The token has expired: renew it with /token' },
  session_ended: { status: 401, retryable: false, message: 'The session has ended: start without a token' },
  invalid_user_token: {
    status: 401,
    retryable: false,
    message: 'Invalid userToken: check its key, claims and lifetime',
  },
  user_token_required: {
    status: 401,
    retryable: false,
    message: 'A new userToken is required',
  },
  origin_not_allowed: {
    status: 403,
    retryable: false,
    message: 'Origin not allowed: add it to ALLOWED_ORIGINS',
  },
  conversation_not_yours: { status: 403, retryable: false, message: 'No such conversation for this visitor' },
  invalid_signature: {
    status: 403,
    retryable: false,
    message: 'Invalid signature: only Twilio may call this Function',
  },
  human_check_failed: {
    status: 403,
    retryable: false,
    message: 'Human check missing or failed: solve it again',
  },
  closed_now: { status: 409, retryable: false, message: 'Outside operating hours' },
  conversation_closed: { status: 409, retryable: false, message: 'The conversation is closed' },
  chat_not_claimable: {
    status: 409,
    retryable: false,
    message: 'The chat cannot become this user’s: the user has another open chat, or nothing was written',
  },
  conversation_full: {
    status: 409,
    retryable: false,
    message: 'The conversation has no room for another participant or webhook: start a new one',
  },
  conversation_too_busy: {
    status: 409,
    retryable: false,
    message:
      'The conversation has too many messages to search for this messageId: send without one, or 24 hours later',
  },
  messages_not_taken: {
    status: 409,
    retryable: false,
    message: 'No message can be left here: LEAVE_MESSAGE_TO is not set',
  },
  message_id_reused: {
    status: 409,
    retryable: false,
    message: 'This messageId belongs to another message: use a new one',
  },
  unsupported_content_type: {
    status: 415,
    retryable: false,
    message: 'Unsupported content type: POST application/json or application/x-www-form-urlencoded',
  },
  too_many_starts: {
    status: 429,
    retryable: true,
    message: 'Too many chats started or messages left: retry after the time in Retry-After',
  },
  // Twilio rejected the request, or did not answer.
  twilio_error: { status: 502, retryable: false, message: 'Twilio rejected the request' },
  twilio_unavailable: { status: 503, retryable: true, message: 'Twilio is unavailable: retry later' },
  // The host site's hook rejected the event, or did not answer.
  hook_error: { status: 502, retryable: false, message: "The site's hook rejected the event: see the log" },
  hook_unavailable: {
    status: 503,
    retryable: true,
    message: "The site's hook is unavailable: retry later",
  },
  // The human check service did not answer.
  human_check_unavailable: {
    status: 503,
    retryable: true,
    message: 'The human check service is unavailable: retry later',
  },
  // Errors of this project or its setup.
  misconfigured: {
    status: 500,
    retryable: false,
    message: 'Settings are missing or malformed: see the log',
  },
  internal_error: { status: 500, retryable: false, message: 'Internal error: see the log' },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** Facts for the log beside the code: SIDs, codes and numbers, never text that people wrote. */
export type LogFacts = Record<string, string | number | boolean | readonly string[] | undefined>;

/** An error response. `facts` go only to the log; the caller gets `message`, `answer` and `retryAfterSeconds`. */
export class ChatError extends Error {
  override readonly name = 'ChatError';
  readonly code: ErrorCode;
  readonly facts: LogFacts;
  readonly retryAfterSeconds: number | undefined;
  /** Further members of the response's `error`. */
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

/** An error response from Twilio. Source: sdk twilio/lib/base/RestException.js */
interface TwilioRefusal {
  /** HTTP status. */
  status?: unknown;
  /** Twilio's error code. */
  code?: unknown;
}

/** Source: docs https://www.twilio.com/docs/api/errors/50377 */
const CONVERSATION_CLOSED = 50377;

/** Twilio's error code, if this is an error response from Twilio. */
export function twilioCodeOf(error: unknown): number | undefined {
  const { status, code } = (error ?? {}) as TwilioRefusal;
  return typeof status === 'number' && typeof code === 'number' ? code : undefined;
}

/** The HTTP status, if this is an error response from Twilio. */
export function twilioStatusOf(error: unknown): number | undefined {
  const { status } = (error ?? {}) as TwilioRefusal;
  return typeof status === 'number' ? status : undefined;
}

/** Turns any thrown value into an error response. Twilio's own text is never passed on: it can repeat the request. */
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

/** Name and location of an unexpected error, without its message, which may quote the request. */
function whereOf(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { thrown: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { thrown: error.name, at: frames.slice(0, 4).map((line) => line.trim()) };
}
