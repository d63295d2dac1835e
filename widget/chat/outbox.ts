/** Sends the visitor's messages to Twilio: each once and in order, across reconnects. */
import type { ChosenFiles } from './chosen-files';
import type { ChatMessage } from '../state/model';
import type { Store } from '../state/store';
import { unsentMessages } from '../state/transcript';
import type { OpenConversation } from '../transport/contract';
import type { Exclusively } from '../transport/passes';

export class Outbox {
  /** Messages that are being sent, per connection: those on a dead connection must not block the next one. */
  private readonly inFlight = new WeakMap<OpenConversation, Map<string, AbortController>>();
  /** Messages that were tried at least once: they may have arrived although the response was lost. */
  private readonly attempted = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly files: ChosenFiles,
    private readonly current: () => OpenConversation | null,
    /** A lock across the tabs of the site. */
    private readonly inTurn?: Exclusively,
  ) {}

  async post(conversation: OpenConversation, key: string): Promise<void> {
    const message = unsentMessages(this.store.state.items).find((one) => one.key === key);
    const flights = this.flightsOf(conversation);
    if (!message || flights.has(key)) return;
    const flight = new AbortController();
    flights.set(key, flight);
    try {
      const bring = (): Promise<void> =>
        Promise.race([this.bring(conversation, message, flight.signal), abortOf(flight.signal)]);
      await (message.answer && this.inTurn ? this.inTurn(bring) : bring());
    } catch {
      // The connection was lost: `flush` sends the message after the reconnect.
      const isCutOff = this.current() !== conversation || this.store.state.connection !== 'connected';
      if (!flight.signal.aborted && !isCutOff) this.store.dispatch({ type: 'sendFailed', key });
    } finally {
      if (flights.get(key) === flight) flights.delete(key);
    }
  }

  /** Sends the messages that waited for the connection. */
  async flush(conversation: OpenConversation): Promise<void> {
    for (const { key, status } of unsentMessages(this.store.state.items)) {
      if (status === 'sending') await this.post(conversation, key);
    }
  }

  /** Cancels a message, unless Twilio has already received it. */
  async cancel(key: string): Promise<void> {
    const isConnected = this.store.state.connection === 'connected';
    const message = unsentMessages(this.store.state.items).find((one) => one.key === key);
    // Everything is uploaded, and the SDK sends the Message when the socket is back. That cannot be canceled.
    if (message?.progress === 1 && !isConnected) return;
    const conversation = this.current();
    const flights = conversation && this.flightsOf(conversation);
    flights?.get(key)?.abort();
    flights?.delete(key);
    const mayHaveArrived = this.attempted.has(key) && isConnected;
    if (mayHaveArrived && (await conversation?.wasSent(key).catch(() => false))) return;
    this.store.dispatch({ type: 'cancelled', key });
  }

  /** Aborts what this connection is sending, so that the next connection does not send it twice. */
  abandon(conversation: OpenConversation): void {
    for (const flight of this.flightsOf(conversation).values()) flight.abort();
  }

  /** Looks for the message before it sends it again, so that nothing is sent twice. */
  private async bring(
    conversation: OpenConversation,
    message: ChatMessage,
    signal: AbortSignal,
  ): Promise<void> {
    const { key, body, answer } = message;
    const files = this.files.of(message);
    // An answer has the same key in all tabs: another tab may have sent it.
    const mayHaveArrived = this.attempted.has(key) || files === null || answer !== null;
    if (mayHaveArrived && (await conversation.wasSent(key))) return;
    if (signal.aborted) return;
    if (files === null) return this.store.dispatch({ type: 'filesGone', key });
    this.attempted.add(key);
    const tellProgress = (progress: number): void => {
      if (!signal.aborted) this.store.dispatch({ type: 'uploading', key, progress });
    };
    const attributes = { messageId: key, ...(answer && { answer }) };
    await conversation.send(body, attributes, files.length > 0 ? { files, tellProgress, signal } : undefined);
  }

  private flightsOf(conversation: OpenConversation): Map<string, AbortController> {
    const flights = this.inFlight.get(conversation) ?? new Map<string, AbortController>();
    this.inFlight.set(conversation, flights);
    return flights;
  }
}

/** Rejects when the signal aborts, because the response may never come. */
function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}
