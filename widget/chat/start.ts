/** From the first message to a Conversation that is ready. The SDK connects in parallel. */
import { isRefusal } from './problem';
import type { Connector, SdkConnection } from '../transport/contract';
import { FunctionsError, type ChatDetails, type FunctionsClient } from '../transport/functions-client';
import type { Passes } from '../transport/passes';

/** A start that is answered with Retry-After is repeated by itself, so often and after at most so long. */
const MAX_STARTS = 3;
const MAX_PATIENCE_MS = 30_000;

export interface StartParts {
  functions: FunctionsClient;
  passes: Passes;
  connectSdk: Connector;
  wait: (delayMs: number) => Promise<void>;
}

export interface Started {
  conversationSid: string;
  /** The connection, open or opening, of the chat's owner. Null if it failed. */
  early: SdkConnection | null;
}

export async function startChat(
  parts: StartParts,
  details: ChatDetails,
  signal: AbortSignal,
): Promise<Started> {
  const { functions, passes, wait } = parts;
  for (let starts = 1; ; starts++) {
    let early: SdkConnection | null = null;
    try {
      const proof = await passes.proofToStart();
      signal.throwIfAborted();
      // Not before the visitor starts: opening the panel needs no connection, and Twilio bills every connected user.
      early = passes.present && parts.connectSdk(passes.present);
      closeOnAbort(early, signal);
      const { conversationSid, ...pass } = await functions.startChat({ ...proof, ...details });
      signal.throwIfAborted();
      passes.accept(pass);
      if (early?.identity === pass.identity) return { conversationSid, early };
      void early?.close();
      return { conversationSid, early: null };
    } catch (error) {
      void early?.close();
      if (signal.aborted || starts === MAX_STARTS || !(error instanceof FunctionsError)) throw error;
      if (isRefusal(error)) {
        passes.forget();
        continue;
      }
      const { retryAfterMs = Infinity } = error;
      if (retryAfterMs > MAX_PATIENCE_MS) throw error;
      await wait(retryAfterMs);
    }
  }
}

function closeOnAbort(sdk: SdkConnection | null, signal: AbortSignal): void {
  signal.addEventListener('abort', () => void sdk?.close(), { once: true });
}
