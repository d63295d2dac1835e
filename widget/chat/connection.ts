/** Keeps one Conversation open: connects, reconnects, renews the token, and reports final failures. */
import type { ChosenFiles } from './chosen-files';
import { Outbox } from './outbox';
import { toProblem } from './problem';
import type { ChatEvent } from '../state/events';
import type { ContentLink } from '../state/model';
import type { Store } from '../state/store';
import { firstIndex, lastIndex } from '../state/transcript';
import {
  OpenError,
  type Connector,
  type OpenConversation,
  type SdkConnection,
  type SessionEvent,
} from '../transport/contract';
import type { Exclusively, Passes } from '../transport/passes';

/** Doubles with each attempt, up to the maximum: fast after a short interruption, without a storm during an outage. */
export const FIRST_RETRY_MS = 1_000;
export const MAX_RETRY_MS = 30_000;

/** New tokens that Twilio may refuse in a row. More do not help, for example if the clocks differ. */
const MAX_REJECTIONS = 2;

export interface ConnectionParts {
  store: Store;
  files: ChosenFiles;
  passes: Passes;
  connectSdk: Connector;
  wait: (delayMs: number) => Promise<void>;
  /** A lock across the tabs of the site, if the browser supports it. */
  inTurn?: Exclusively | undefined;
}

export class Connection {
  private conversation: OpenConversation | null = null;
  /** The connection that `open` waits for. */
  private opening: SdkConnection | null = null;
  private isClosed = false;
  private readonly outbox: Outbox;

  constructor(
    readonly conversationSid: string,
    private readonly parts: ConnectionParts,
    /** Connected while the start ran. */
    private early: SdkConnection | null = null,
  ) {
    this.outbox = new Outbox(parts.store, parts.files, () => this.conversation, parts.inTurn);
  }

  /** Keeps trying until the Conversation is open, or no attempt can help. */
  async open(mustRenew = false): Promise<void> {
    const { store, passes, wait } = this.parts;
    let rejections = 0;
    for (let delayMs = FIRST_RETRY_MS; ;) {
      try {
        const pass = mustRenew ? await passes.renew() : await passes.get();
        mustRenew = false;
        const early = await this.openEarly();
        if (this.isClosed) return void early?.close();
        const conversation = early ?? (await this.openWith(this.parts.connectSdk(pass)));
        if (this.isClosed) return void conversation.close();
        this.conversation = conversation;
        break;
      } catch (error) {
        if (this.isClosed) return;
        if (error instanceof OpenError && error.code === 'rejected') {
          rejections += 1;
          if (rejections > MAX_REJECTIONS) return this.lose(error);
          mustRenew = true;
          continue;
        }
        if (!toProblem(error).retryable) return this.lose(error);
        store.dispatch({ type: 'connectionChanged', connection: 'reconnecting' });
        await wait(delayMs);
        if (this.isClosed) return;
        delayMs = Math.min(delayMs * 2, MAX_RETRY_MS);
      }
    }
    store.dispatch({ type: 'opened' });
    await this.outbox.flush(this.conversation);
  }

  /** Sends now, or when the Conversation is open. */
  async post(key: string): Promise<void> {
    if (this.conversation) await this.outbox.post(this.conversation, key);
  }

  async cancel(key: string): Promise<void> {
    await this.outbox.cancel(key);
  }

  /** A temporary URL of this Media's content; undefined while there is no connection. */
  async findLink(mediaSid: string): Promise<ContentLink | null | undefined> {
    return this.conversation?.findLink(mediaSid);
  }

  typing(): void {
    this.conversation?.typing();
  }

  markRead(index: number): void {
    this.conversation?.markRead(index);
  }

  async loadEarlier(beforeIndex: number): Promise<void> {
    await this.conversation?.loadEarlier(beforeIndex);
  }

  close(): void {
    this.isClosed = true;
    // Not awaited: a client with a refused token shuts down slowly or never.
    if (this.conversation) {
      this.outbox.abandon(this.conversation);
      void this.conversation.close();
    } else void this.opening?.close();
    this.conversation = null;
  }

  /** Any failure is ignored: the client then connects normally. */
  private async openEarly(): Promise<OpenConversation | null> {
    const { early } = this;
    this.early = null;
    return early && this.openWith(early).catch(() => null);
  }

  private async openWith(sdk: SdkConnection): Promise<OpenConversation> {
    const { items } = this.parts.store.state;
    const [oldest, newest] = [firstIndex(items), lastIndex(items)];
    this.opening = sdk;
    return sdk.open(
      this.conversationSid,
      oldest === null || newest === null ? null : [oldest, newest],
      (event) => this.handle(event),
    );
  }

  private handle(event: ChatEvent | SessionEvent): void {
    if (this.isClosed) return;
    if (event.type === 'tokenAboutToExpire') void this.keepToken();
    else if (event.type === 'tokenRejected') void this.reopen();
    else if (event.type === 'visitorRemoved') this.lose(new OpenError('gone'));
    else this.parts.store.dispatch(event);
    if (event.type === 'connectionChanged' && event.connection === 'connected' && this.conversation) {
      void this.outbox.flush(this.conversation);
    }
  }

  private async keepToken(): Promise<void> {
    try {
      const { token } = await this.parts.passes.renew();
      await this.conversation?.updateToken(token);
    } catch {
      // The old token is still valid; when it is not, `reopen` tries again and reports the failure.
    }
  }

  /** Until the next `open`. Returns false if there is nothing to leave, for example while `open` is running. */
  leave(): boolean {
    const old = this.conversation;
    if (old) {
      this.conversation = null;
      this.outbox.abandon(old);
      this.parts.store.dispatch({ type: 'connectionChanged', connection: 'reconnecting' });
      void old.close();
    }
    return !!old;
  }

  /** The SDK's client does not always recover from an expired token, so a new client replaces it. */
  private async reopen(): Promise<void> {
    if (this.leave()) await this.open(true);
  }

  private lose(error: unknown): void {
    this.parts.store.dispatch({ type: 'sessionLost', problem: { ...toProblem(error), retryable: false } });
  }
}
