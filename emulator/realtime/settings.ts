/** Settings of the realtime service for tests, with the defaults for real use. */

export interface RealtimeSettings {
  /**
   * What happens when a token runs out. `disconnect` closes the WebSocket, so that the SDK comes back, is refused with
   * 20104 and reports `tokenExpired`. `close410` tells it in a close frame: then an `updateToken` called right in the
   * handler never settles (Source: observed, SDK 3.0.1). Guess: which of the two Twilio does.
   */
  expiryStyle: 'disconnect' | 'close410';
  /** How long before the end `tokenAboutToExpire` is sent. Source: docs https://www.twilio.com/docs/conversations/create-tokens (3 minutes) */
  tokenWarningMs: number;
  /**
   * A message sent before its sender has subscribed to the message list would never come back as `messageAdded`: the
   * SDK resolves getConversationBySid before it has opened the list. Such sends wait this long at most; 0 turns it off.
   */
  holdSendsMs: number;
  /** Delay of every frame to the client. */
  latencyMs: number;
  /** How long receivers show "typing", and the minimum time between a sender's signals. Guess: the SDK's own default is 5 s. */
  typingTimeoutSeconds: number;
  /** The next subscriptions that are made but not confirmed, so that the client has to ask again. */
  dropEstablished: number;
  /** Refuses every subscription to objects of one type. */
  failSubscriptions: { objectType: 'document' | 'map' | 'list'; status: number } | null;
  /**
   * After that the client subscribes again. Null leaves it out, as the client asks with its -1: the emulator forgets no
   * subscription, and the SDK's timer for it would keep a Node process alive after `shutdown`.
   */
  subscriptionTtlSeconds: number | null;
  /**
   * By then each subscription must have been answered, else the client asks again. Short, because the SDK's timer for it
   * keeps a Node process alive after `shutdown`, and Jest says that it did not exit. Source: observed, both versions.
   * Guess: what Twilio says.
   */
  estimatedDeliveryMs: number;
  /** Missed events replayed per subscription before it is interrupted; null replays all at once. */
  replayChunk: number | null;
  /** Wall time, not the emulator's clock: liveness is about the real socket, and moving the clock must not cut it. */
  pingIntervalMs: number;
  pongTimeoutMs: number;
}

export function defaultSettings(): RealtimeSettings {
  return {
    expiryStyle: 'disconnect',
    tokenWarningMs: 180_000,
    holdSendsMs: 500,
    latencyMs: 0,
    typingTimeoutSeconds: 5,
    dropEstablished: 0,
    failSubscriptions: null,
    subscriptionTtlSeconds: null,
    estimatedDeliveryMs: 800,
    replayChunk: null,
    pingIntervalMs: 20_000,
    pongTimeoutMs: 10_000,
  };
}
