/** Our Functions over HTTP: the only place that knows their paths and bodies. */
import type { OpenHours } from '../state/model';
import { isOriginRefused } from './refused-origin';

/** Above the platform's own limit of 10 s for one Function, so that its answer is heard if there is one. */
const REQUEST_TIMEOUT_MS = 15_000;

/** Proves the visitor to Twilio's SDK and to our Functions. */
export interface Pass {
  /** Twilio Access Token. */
  token: string;
  identity: string;
  /** ISO 8601. */
  expiresAt: string;
  /** What the Functions take. Missing in what an earlier version has stored. */
  maxMessageChars?: number;
  /** Missing where chats can always be started. */
  openHours?: readonly OpenHours[];
  /** Passed to the SDK unchanged; absent in production. */
  clientOptions?: Record<string, unknown> | undefined;
}

/** What a pass is asked for with; nothing for a new anonymous visitor. */
export interface Proof {
  token?: string;
  userToken?: string;
  humanCheck?: string;
}

/** What the agent sees of the visitor. */
export interface ChatDetails {
  friendlyName?: string;
  preChat?: Record<string, string>;
}

/** What the visitor thinks of the chat. */
interface ChatRating {
  /** 1 (worst) to 5. */
  rating: number;
  comment?: string;
}

/** A Conversation, and the token of the visitor whose it is. */
export interface OwnChat {
  token: string;
  conversationSid: string;
}

export interface FunctionsClient {
  issueToken(proof: Proof): Promise<Pass>;
  /** The visitor's open Conversation, made if there is none. Safe to repeat with what proves the same visitor. */
  startChat(input: ChatDetails & Proof): Promise<Pass & { conversationSid: string }>;
  /** Safe to repeat. */
  endChat(input: OwnChat): Promise<void>;
  /** Safe to repeat: the first rating stands, and comes back. */
  rateChat(input: ChatRating & OwnChat): Promise<{ rating: number }>;
}

export class FunctionsError extends Error {
  override readonly name = 'FunctionsError';
  /** From the answer's Retry-After. */
  readonly retryAfterMs: number | undefined;
  /** With `closed_now`: ISO 8601, null where no opening is in sight. */
  readonly opensAt: string | null | undefined;

  constructor(
    /** Stable. `unreachable` where no answer came at all, else the Function's own code. */
    readonly code: string,
    readonly retryable: boolean,
    options: ErrorOptions & { retryAfterMs?: number | undefined; opensAt?: string | null | undefined } = {},
  ) {
    super(`The chat service answered ${code}`, options);
    this.retryAfterMs = options.retryAfterMs;
    this.opensAt = options.opensAt;
  }
}

interface Failure {
  error?: { code?: string; retryable?: boolean; opensAt?: string | null };
}

/** @param baseUrl where the Functions live, with a slash at the end */
export function createFunctionsClient(baseUrl: string): FunctionsClient {
  /** Then the Functions know this page's origin. */
  let wasAnswered = false;
  /** Looked for until one of the two is known. */
  let isRefused = false;

  async function post<Answer>(path: string, body: object): Promise<Answer> {
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(new URL(path, baseUrl), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      answer = await response.json();
      wasAnswered = true;
    } catch (cause) {
      isRefused ||= !wasAnswered && (await isOriginRefused(baseUrl));
      throw new FunctionsError(isRefused ? 'origin_not_allowed' : 'unreachable', true, { cause });
    }
    if (response.ok) return answer as Answer;
    const error = (answer as Failure | null)?.error;
    const retryAfter = response.headers.get('Retry-After');
    throw new FunctionsError(error?.code ?? 'unknown', error?.retryable ?? response.status >= 500, {
      retryAfterMs: retryAfter === null ? undefined : Number(retryAfter) * 1000 || undefined,
      opensAt: error?.opensAt,
    });
  }

  return {
    issueToken: (proof) => post<Pass>('token', proof),
    startChat: (input) => post<Pass & { conversationSid: string }>('start-chat', input),
    endChat: async (input) => {
      await post('end-chat', input);
    },
    rateChat: (input) => post<{ rating: number }>('rate-chat', input),
  };
}
