/** The chat that is on, one after the other: from its start to the moment when it is left. */
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
  /** Null before there is a Conversation, and after it was left. */
  connection: Connection | null = null;
  /** The site's questions and their answers. They stay for the next chat. */
  preChat: Record<string, string> = {};
  /** Work that belongs to an earlier chat stops when it notices. */
  private life = new AbortController();

  constructor(
    private readonly parts: OngoingChatParts,
    private readonly store: Store,
    private readonly files: ChosenFiles,
  ) {}

  /** Starts a chat, with what is waiting to be sent. */
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

  /** Sends a message of the state. While a start or a reconnect runs, that sends what is waiting when it is done. */
  async post(key: string): Promise<void> {
    if (this.connection) await this.connection.post(key);
    else if (this.store.state.phase === 'new') await this.begin();
  }

  /** Asks a Function about the Conversation that is open. What comes of it counts only while this chat is on. */
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

  /** What is stored stays: the next page takes it up. */
  close(): void {
    this.life.abort();
    this.connection?.close();
    this.connection = null;
  }

  /** Ready for the next one. What is stored stays: it is another user's. */
  stepAside(): void {
    this.close();
    this.life = new AbortController();
  }

  /** Ready for the visitor's next one. */
  leave(): void {
    this.stepAside();
    this.remember({ conversationSid: null, rating: null });
  }

  /** Only what changes: another tab may have written the rest. */
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
