/** Our Functions over HTTP: the only place that knows their paths and bodies. */

/** Above the platform's own limit of 10 s for one Function, so that its answer is heard if there is one. */
const REQUEST_TIMEOUT_MS = 15_000;

/** What opens a Conversation: everything that must survive a reload. */
export interface Session {
  /** Twilio Access Token. */
  token: string;
  identity: string;
  /** ISO 8601. */
  expiresAt: string;
  conversationSid: string;
  /** Passed to the SDK as it is; absent in production. */
  clientOptions?: Record<string, unknown>;
}

export interface RenewedToken {
  token: string;
  expiresAt: string;
}

export interface FunctionsClient {
  startChat(input: { friendlyName?: string }): Promise<Session>;
  renewToken(token: string): Promise<RenewedToken>;
}

export class FunctionsError extends Error {
  override readonly name = 'FunctionsError';

  constructor(
    /** Stable. `unreachable` where no answer came at all, else the Function's own code. */
    readonly code: string,
    readonly retryable: boolean,
    options?: ErrorOptions,
  ) {
    super(`The chat service answered ${code}`, options);
  }
}

/** @param baseUrl where the Functions live, with a slash at the end */
export function createFunctionsClient(baseUrl: string): FunctionsClient {
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
    } catch (cause) {
      throw new FunctionsError('unreachable', true, { cause });
    }
    if (response.ok) return answer as Answer;
    const error = (answer as { error?: { code?: string; retryable?: boolean } } | null)?.error;
    throw new FunctionsError(error?.code ?? 'unknown', error?.retryable ?? response.status >= 500);
  }

  return {
    startChat: (input) => post<Session>('start-chat', input),
    renewToken: (token) => post<RenewedToken>('token', { token }),
  };
}
