/** Brings the visitor's messages to Twilio: each once, in their order, whatever the connection does meanwhile. */
import type { Store } from './state/store';
import { unsentMessages } from './state/transcript';
import type { OpenConversation } from './transport/conversations-client';

export class Outbox {
  /** On their way right now. Per connection: what hangs on a dead one must not hold up the next. */
  private readonly inFlight = new WeakMap<OpenConversation, Set<string>>();
  /** Tried at least once: such a message may have arrived without an answer. */
  private readonly attempted = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly current: () => OpenConversation | null,
  ) {}

  /** Looks before it sends again, so that nothing is sent twice. */
  async post(conversation: OpenConversation, key: string, body: string): Promise<void> {
    const inFlight = this.inFlight.get(conversation) ?? new Set();
    this.inFlight.set(conversation, inFlight);
    if (inFlight.has(key)) return;
    inFlight.add(key);
    try {
      if (this.attempted.has(key) && (await conversation.wasSent(key))) return;
      this.attempted.add(key);
      await conversation.send(body, key);
    } catch {
      // Cut off with the connection: `flush` sends it when that is back.
      const isCutOff = this.current() !== conversation || this.store.state.connection !== 'connected';
      if (!isCutOff) this.store.dispatch({ type: 'sendFailed', key });
    } finally {
      inFlight.delete(key);
    }
  }

  /** Sends what waited for the connection. */
  async flush(conversation: OpenConversation): Promise<void> {
    for (const { key, body, status } of unsentMessages(this.store.state.items)) {
      if (status === 'sending') await this.post(conversation, key, body);
    }
  }
}
