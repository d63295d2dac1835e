/** The current chat, from its start until the visitor leaves it; then the next one. */
import type { ChatEvent } from '../state/events';
import type { Problem } from '../state/model';
import type { Store } from '../state/store';
import type { ChatStorage, SiteData } from '../transport/chat-storage';
import type { SdkConnection } from '../transport/contract';
import type { ChatDetails, FunctionsClient, OwnChat } from '../transport/functions-client';
import type { ChosenFiles } from './chosen-files';
import { Connection, type ConnectionParts } from './connection';
import { toProblem } from './problem';
import { startChat, type Started } from './start';

export interface OngoingChatParts extends Omit<ConnectionParts, 'store' | 'files'> {
  functions: FunctionsClient;
  storage: ChatStorage;
}

export class OngoingChat {
  /** Null before there is a Conversation, and after the visitor has left it. */
  connection: Connection | null = null;
  /** The answers to the site's questions. They are kept for the next chat. */
  preChat: Record<string, string> = {};
  /** Aborts work of an earlier chat. */
  private life = new AbortController();

  constructor(
    private readonly parts: OngoingChatParts,
    private readonly store: Store,
    private readonly files: ChosenFiles,
  ) {}

  /** Aborts when the visitor leaves this chat or another user takes over. */
  get signal(): AbortSignal {
    return this.life.signal;
  }

  /** Starts a chat and sends the waiting messages. */
  async begin(): Promise<void> {
    const { signal } = this.life;
    this.store.dispatch({ type: 'starting' });
    let started: Started;
    try {
      started = await startChat(this.parts, this.details(), signal);
    } catch (error) {
      if (!signal.aborted) this.store.dispatch({ type: 'startFailed', problem: toProblem(error) });
      return;
    }
    await this.connect(started.conversationSid, started.early);
  }

  async connect(conversationSid: string, early: SdkConnection | null = null): Promise<void> {
    const { store, files } = this;
    this.connection = new Connection(conversationSid, { ...this.parts, store, files }, early);
    this.remember({ conversationSid });
    await this.connection.open();
  }

  /** Sends a message of the state. A running start or reconnect sends all waiting messages at its end. */
  async post(key: string): Promise<void> {
    if (this.connection) await this.connection.post(key);
    else if (this.store.state.phase === 'new') await this.begin();
  }

  /** Calls a Function for the open Conversation. The result is ignored once this chat is left. */
  async ask<Answer>(
    begun: 'ending' | 'rating',
    work: (chat: OwnChat) => Promise<Answer>,
    done: (answer: Answer, conversationSid: string) => void,
    failed: (problem: Problem) => ChatEvent,
  ): Promise<void> {
    const { life, connection } = this;
    if (!connection) return;
    const { conversationSid } = connection;
    this.store.dispatch({ type: begun });
    try {
      const { token } = await this.parts.passes.get();
      const answer = await work({ token, conversationSid });
      if (!life.signal.aborted) done(answer, conversationSid);
    } catch (error) {
      if (!life.signal.aborted) this.store.dispatch(failed(toProblem(error)));
    }
  }

  /** Stored data stays: the next page resumes from it. */
  close(): void {
    this.life.abort();
    this.connection?.close();
    this.connection = null;
  }

  /** Prepares the next chat. Stored data stays, because it belongs to another user. */
  stepAside(): void {
    this.close();
    this.life = new AbortController();
  }

  /** Prepares the visitor's next chat. */
  leave(): void {
    this.stepAside();
    this.remember({ conversationSid: null, rating: null });
  }

  /** Writes only what changes: another tab may have written the rest. */
  remember(change: Partial<SiteData>): void {
    const { storage } = this.parts;
    storage.writeSite({ ...storage.readSite(), ...change });
  }

  private details(): ChatDetails {
    const friendlyName = this.store.state.visitorName.trim();
    return {
      ...(friendlyName ? { friendlyName } : {}),
      ...(Object.keys(this.preChat).length > 0 ? { preChat: this.preChat } : {}),
    };
  }
}
