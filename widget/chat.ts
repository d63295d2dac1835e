/** One visitor's chat: decides what happens next, with the state on one side and the transport on the other. */
import { Outbox } from './outbox';
import type { ChatEvent } from './state/events';
import { createStore, type Store } from './state/store';
import { unsentMessages } from './state/transcript';
import {
  OpenError,
  type ConversationOpener,
  type OpenConversation,
  type SessionEvent,
} from './transport/conversations-client';
import { FunctionsError, type FunctionsClient, type Session } from './transport/functions-client';
import type { SessionStorage } from './transport/session-storage';

/** Doubles with each attempt, up to the maximum: quick after a hiccup, no storm during an outage. */
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 30_000;

/** Fresh tokens that Twilio refuses in a row; more will not help, for example where the two disagree about the time. */
const MAX_REJECTIONS = 2;

export interface ChatOptions {
  functions: FunctionsClient;
  openConversation: ConversationOpener;
  storage: SessionStorage;
  wait?: (delayMs: number) => Promise<void>;
}

export class Chat {
  readonly store: Store = createStore();
  private session: Session | null = null;
  private conversation: OpenConversation | null = null;
  private readonly outbox = new Outbox(this.store, () => this.conversation);
  /** Counts the chats on this page: work that belongs to an earlier one stops when it notices. */
  private life = 0;
  private readonly wait: (delayMs: number) => Promise<void>;

  constructor(private readonly options: ChatOptions) {
    this.wait = options.wait ?? ((delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)));
    this.store.subscribe(() => this.save());
  }

  /** After a reload: takes up the chat that this tab had, if it had one. */
  async resume(): Promise<void> {
    const saved = this.options.storage.read();
    if (!saved) return;
    this.session = saved.session;
    this.store.dispatch({ type: 'named', visitorName: saved.visitorName });
    if (!saved.session) {
      // Interrupted before there was a Conversation: the words go back to where the visitor wrote them.
      const words = [...saved.unsent.map(({ body }) => body), saved.draft].filter(Boolean);
      this.store.dispatch({ type: 'drafted', draft: words.join('\n') });
      return;
    }
    this.store.dispatch({ type: 'drafted', draft: saved.draft });
    for (const message of saved.unsent) this.store.dispatch({ type: 'sending', ...message });
    this.store.dispatch({ type: 'starting' });
    await this.connect(this.life);
  }

  /** The first message starts the chat. */
  async send(body: string): Promise<void> {
    const text = body.trim();
    if (!text) return;
    const key = crypto.randomUUID();
    this.store.dispatch({ type: 'sending', key, body: text, at: Date.now() });
    this.store.dispatch({ type: 'drafted', draft: '' });
    await this.deliver(key, text);
  }

  async retry(key: string): Promise<void> {
    const message = unsentMessages(this.store.state.items).find((one) => one.key === key);
    if (!message) return;
    this.store.dispatch({ type: 'sending', key, body: message.body, at: message.at });
    await this.deliver(key, message.body);
  }

  draft(draft: string): void {
    this.store.dispatch({ type: 'drafted', draft });
    if (draft) this.conversation?.typing();
  }

  name(visitorName: string): void {
    this.store.dispatch({ type: 'named', visitorName });
  }

  markRead(index: number): void {
    this.conversation?.markRead(index);
  }

  /** Leaves the chat that was and begins anew, with whatever the visitor has typed meanwhile. */
  startOver(): void {
    this.life += 1;
    const { conversation } = this;
    this.conversation = this.session = null;
    this.store.dispatch({ type: 'reset' });
    void conversation?.close();
  }

  private async deliver(key: string, body: string): Promise<void> {
    if (this.conversation) return this.outbox.post(this.conversation, key, body);
    // While a start or a reconnect runs, it sends what is waiting when it is done.
    if (this.store.state.phase === 'new') await this.start();
  }

  private async start(): Promise<void> {
    const { life } = this;
    this.store.dispatch({ type: 'starting' });
    try {
      const friendlyName = this.store.state.visitorName.trim();
      const session = await this.options.functions.startChat(friendlyName ? { friendlyName } : {});
      if (life !== this.life) return;
      this.session = session;
      this.save();
    } catch (error) {
      if (life === this.life) this.store.dispatch({ type: 'startFailed', problem: toProblem(error) });
      return;
    }
    await this.connect(life);
  }

  /** Opens the session's Conversation and keeps trying until it is open, or no attempt can help. */
  private async connect(life: number): Promise<void> {
    let rejections = 0;
    for (let delayMs = FIRST_RETRY_MS; ; delayMs = Math.min(delayMs * 2, MAX_RETRY_MS)) {
      try {
        if (Date.parse(this.session!.expiresAt) <= Date.now()) await this.renew(life);
        const conversation = await this.options.openConversation(this.session!, (event) =>
          this.hear(event, life),
        );
        if (life !== this.life) return void conversation.close();
        this.conversation = conversation;
        break;
      } catch (error) {
        if (life !== this.life) return;
        if (error instanceof OpenError && error.code === 'rejected') {
          rejections += 1;
          if (rejections > MAX_REJECTIONS) return this.lose(error.code);
          if (await this.renewed(life)) continue;
          return;
        }
        const problem = toProblem(error);
        if (!problem.retryable) return this.lose(problem.code);
        this.store.dispatch({ type: 'connectionChanged', connection: 'reconnecting' });
        await this.wait(delayMs);
        if (life !== this.life) return;
      }
    }
    this.store.dispatch({ type: 'opened' });
    await this.outbox.flush(this.conversation);
  }

  private hear(event: ChatEvent | SessionEvent, life: number): void {
    if (life !== this.life) return;
    if (event.type === 'tokenAboutToExpire') void this.keepToken(life);
    else if (event.type === 'tokenRejected') void this.reconnect(life);
    else this.store.dispatch(event);
    if (event.type === 'connectionChanged' && event.connection === 'connected' && this.conversation) {
      void this.outbox.flush(this.conversation);
    }
  }

  private async keepToken(life: number): Promise<void> {
    try {
      await this.renew(life);
      await this.conversation?.updateToken(this.session!.token);
    } catch {
      // The old token still opens the socket; once it does not, `reconnect` tries again and tells the visitor.
    }
  }

  /** An expired token leaves the SDK's client in a state that it does not always come out of, so a new one takes over. */
  private async reconnect(life: number): Promise<void> {
    if (!this.conversation) return; // `connect` is at it already.
    const old = this.conversation;
    this.conversation = null;
    this.store.dispatch({ type: 'connectionChanged', connection: 'reconnecting' });
    // Not awaited: a client whose token was refused takes its time to shut down, or never does.
    void old.close();
    if (await this.renewed(life)) await this.connect(life);
  }

  /** Renews until it works. False when it never will: the visitor has been told. */
  private async renewed(life: number): Promise<boolean> {
    for (let delayMs = FIRST_RETRY_MS; ; delayMs = Math.min(delayMs * 2, MAX_RETRY_MS)) {
      try {
        await this.renew(life);
        return life === this.life;
      } catch (error) {
        if (life !== this.life) return false;
        const problem = toProblem(error);
        if (!problem.retryable) {
          this.lose(problem.code);
          return false;
        }
        this.store.dispatch({ type: 'connectionChanged', connection: 'reconnecting' });
        await this.wait(delayMs);
      }
    }
  }

  private async renew(life: number): Promise<void> {
    const { token, expiresAt } = await this.options.functions.renewToken(this.session!.token);
    if (life !== this.life || !this.session) return;
    this.session = { ...this.session, token, expiresAt };
    this.save();
  }

  private lose(code: string): void {
    this.session = null;
    this.store.dispatch({ type: 'sessionLost', problem: { code, retryable: false } });
  }

  private save(): void {
    const { visitorName, draft, items } = this.store.state;
    const unsent = unsentMessages(items).map(({ key, body, at }) => ({ key, body, at }));
    this.options.storage.write({ session: this.session, visitorName, draft, unsent });
  }
}

function toProblem(error: unknown): { code: string; retryable: boolean } {
  if (error instanceof FunctionsError) return { code: error.code, retryable: error.retryable };
  if (error instanceof OpenError) return { code: error.code, retryable: error.code === 'unreachable' };
  return { code: 'unknown', retryable: true };
}
