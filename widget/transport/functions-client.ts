/** The HTTP client of the Functions. Only this file has their paths and bodies. */
import type { OpenHours, PastChat } from '../state/model';
import { isOriginRefused } from './refused-origin';

/** Longer than the platform's limit of 10 s for one Function, so that every response is received. */
const REQUEST_TIMEOUT_MS = 15_000;

/** Authenticates the visitor to Twilio's SDK and to the Functions. */
export interface Pass {
  /** Twilio Access Token. */
  token: string;
  identity: string;
  /** ISO 8601. */
  expiresAt: string;
  /** The limit of the Functions. Missing in data of earlier versions. */
  maxMessageChars?: number;
  /** Missing if chats can always be started. */
  openHours?: readonly OpenHours[];
  /** Passed to the SDK unchanged; absent in production. */
  clientOptions?: Record<string, unknown> | undefined;
}

/** The credentials of a request for a pass; empty for a new anonymous visitor. */
export interface Proof {
  token?: string;
  userToken?: string;
  humanCheck?: string;
  /** Of an app with push notifications. */
  platform?: string;
}

/** The visitor's details for the agent. */
export interface ChatDetails {
  friendlyName?: string;
  preChat?: Record<string, string>;
}

/** The visitor's rating of the chat. */
interface ChatRating {
  /** 1 (worst) to 5. */
  rating: number;
  comment?: string;
}

/** A Conversation, and the token of the visitor who owns it. */
export interface OwnChat {
  token: string;
  conversationSid: string;
}

export interface FunctionsClient {
  /** For Functions that are not about a Conversation. */
  post<Answer>(path: string, body: object): Promise<Answer>;
  issueToken(proof: Proof): Promise<Pass>;
  /** Returns the visitor's open Conversation, or creates one. Safe to repeat with the same credentials. */
  startChat(input: ChatDetails & Proof): Promise<Pass & { conversationSid: string }>;
  /** Makes an anonymous visitor's chat the user's. Safe to repeat. */
  claimChat(input: OwnChat & { userToken: string }): Promise<Pass>;
  /** Safe to repeat. */
  endChat(input: OwnChat): Promise<void>;
  /** Safe to repeat: the first rating counts and is returned. */
  rateChat(input: ChatRating & OwnChat): Promise<{ rating: number }>;
  /** The user's chats that are over, the newest first. */
  listChats(token: string): Promise<PastChat[]>;
}

export class FunctionsError extends Error {
  override readonly name = 'FunctionsError';
  /** From the response's Retry-After. */
  readonly retryAfterMs: number | undefined;
  /** With `closed_now`: ISO 8601, null if no opening is known. */
  readonly opensAt: string | null | undefined;

  constructor(
    /** Stable. `unreachable` if there was no response, otherwise the Function's own code. */
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

/** @param baseUrl of the Functions, with a trailing slash */
export function createFunctionsClient(baseUrl: string): FunctionsClient {
  /** Null while it is not known. After a response, the origin of this page is known to be allowed. */
  let isRefused: boolean | null = null;

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
      isRefused = false;
    } catch (cause) {
      isRefused ??= (await isOriginRefused(baseUrl)) || null;
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
    post,
    issueToken: (proof) => post<Pass>('token', proof),
    startChat: (input) => post<Pass & { conversationSid: string }>('start-chat', input),
    claimChat: (input) => post<Pass>('claim-chat', input),
    endChat: async (input) => {
      await post('end-chat', input);
    },
    rateChat: (input) => post<{ rating: number }>('rate-chat', input),
    async listChats(token) {
      const { chats } = await post<{ chats: Record<keyof PastChat, string>[] }>('list-chats', { token });
      return chats.map(({ conversationSid, startedAt, endedAt }) => ({
        conversationSid,
        startedAt: Date.parse(startedAt),
        endedAt: Date.parse(endedAt),
      }));
    },
  };
}
