/** One visitor's chat: decides what happens next, with the state on one side and the transport on the other. */
import { ChosenFiles } from './chosen-files';
import { Connection, type ConnectionParts } from './connection';
import { isRefusal, toProblem } from './problem';
import { startChat, type Started } from './start';
import type { AttachmentLimits } from '../state/model';
import { createStore } from '../state/store';
import { firstIndex, unsentMessages } from '../state/transcript';
import type { ChatStorage, SiteData } from '../transport/chat-storage';
import type { SdkConnection } from '../transport/conversations-client';
import type { ChatDetails, FunctionsClient } from '../transport/functions-client';
import { takeUp, toTabData } from './unfinished';

export interface ChatParts extends Omit<ConnectionParts, 'store' | 'files'> {
  functions: FunctionsClient;
  storage: ChatStorage;
  /** Null: this chat takes no files. */
  limits: AttachmentLimits | null;
}

export class Chat {
  readonly store = createStore();
  readonly files: ChosenFiles;
  private connection: Connection | null = null;
  private preChat: Record<string, string> = {};
  /** Of the chat that is on: work that belongs to an earlier one stops when it notices. */
  private life = new AbortController();

  constructor(private readonly parts: ChatParts) {
    this.files = new ChosenFiles(this.store, parts.limits);
    this.store.subscribe((state) => {
      parts.storage.writeTab(toTabData(state));
      if (state.connection === 'lost') this.remember({ conversationSid: null });
    });
  }

  /** After a reload or in another tab: takes up the chat that is on, if there is one. */
  async resume(): Promise<void> {
    const { conversationSid, visitorName, rating } = this.parts.storage.readSite();
    const tab = this.parts.storage.readTab();
    this.store.dispatch({ type: 'named', visitorName });
    takeUp(this.store, tab, conversationSid !== null);
    if (conversationSid === null) return;
    this.store.dispatch({ type: 'starting' });
    if (rating) this.store.dispatch({ type: 'rated', rating });
    await this.connect(conversationSid);
  }

  /** Gets the pass that a start needs, so that it is there when the visitor has written. */
  async prepare(): Promise<void> {
    await this.parts.passes.get().catch(() => undefined); // The start asks again, and tells.
  }

  /** Opens the Conversation. The first message does so by itself. */
  async start(details: { name?: string; preChat?: Record<string, string> } = {}): Promise<void> {
    if (details.name !== undefined) this.name(details.name);
    if (details.preChat) this.preChat = details.preChat;
    if (this.store.state.phase === 'new') await this.begin();
  }

  /** With what is attached. */
  async send(body: string): Promise<void> {
    const text = body.trim();
    const { files: attachments } = this.store.state;
    if ((!text && attachments.length === 0) || this.files.areTooMany()) return;
    const key = crypto.randomUUID();
    this.store.dispatch({ type: 'sending', key, body: text, at: Date.now(), attachments });
    this.store.dispatch({ type: 'drafted', draft: '' });
    await this.deliver(key);
  }

  async retry(key: string): Promise<void> {
    const message = unsentMessages(this.store.state.items).find((one) => one.key === key);
    if (!message) return;
    const { body, at, attachments } = message;
    this.store.dispatch({ type: 'sending', key, body, at, attachments });
    await this.deliver(key);
  }

  /** Stops a message with files that is not sent yet: words and files go back to the composer. */
  async cancel(key: string): Promise<void> {
    if (this.connection) await this.connection.cancel(key);
    else this.store.dispatch({ type: 'cancelled', key });
  }

  /** Asks where the content of this attachment can be had. Null where that is not to be learnt now. */
  async findLink(mediaSid: string): Promise<string | null> {
    const { connection } = this;
    if (this.store.state.connection === 'reconnecting') return null;
    this.store.dispatch({ type: 'linkChanged', key: mediaSid, link: 'loading' });
    const link = await connection?.findLink(mediaSid);
    this.store.dispatch({ type: 'linkChanged', key: mediaSid, link: link ?? 'failed' });
    return link?.url ?? null;
  }

  draft(draft: string): void {
    this.store.dispatch({ type: 'drafted', draft });
    if (draft) this.typing();
  }

  typing(): void {
    this.connection?.typing();
  }

  name(visitorName: string): void {
    this.store.dispatch({ type: 'named', visitorName });
    this.remember({ visitorName });
  }

  markRead(index: number): void {
    this.store.dispatch({ type: 'seen', index });
    this.connection?.markRead(index);
  }

  /** Reads one more page of what was said before. */
  async loadEarlier(): Promise<void> {
    const { items, history } = this.store.state;
    const first = firstIndex(items);
    if (history !== 'more' || first === null) return;
    this.store.dispatch({ type: 'historyChanged', history: 'loading' });
    await this.connection?.loadEarlier(first).catch(() => {
      this.store.dispatch({ type: 'historyChanged', history: 'more' });
    });
  }

  /** The visitor is done. The agent gets wrap-up. */
  async end(): Promise<void> {
    const { life, connection } = this;
    if (!connection) return;
    this.store.dispatch({ type: 'ending' });
    try {
      const { token } = await this.parts.passes.get();
      await this.parts.functions.endChat({ token, conversationSid: connection.conversationSid });
      if (!life.signal.aborted) this.store.dispatch({ type: 'ended', at: Date.now() });
    } catch (error) {
      if (!life.signal.aborted) this.store.dispatch({ type: 'endFailed', problem: toProblem(error) });
    }
  }

  /** What the visitor thinks of the chat; the first answer stands. */
  async rate(rating: number, comment = ''): Promise<void> {
    const { life, connection } = this;
    const { isRating, rating: standing } = this.store.state;
    if (!connection || isRating || standing !== null) return;
    const { conversationSid } = connection;
    this.store.dispatch({ type: 'rating' });
    try {
      const { token } = await this.parts.passes.get();
      const words = comment.trim();
      const answer = { rating, ...(words ? { comment: words } : {}) };
      const kept = await this.parts.functions.rateChat({ token, conversationSid, ...answer });
      if (life.signal.aborted) return;
      this.store.dispatch({ type: 'rated', ...kept });
      // Another tab may have begun a new chat meanwhile.
      if (this.parts.storage.readSite().conversationSid === conversationSid) this.remember(kept);
    } catch (error) {
      if (life.signal.aborted) return;
      const problem = toProblem(error);
      // Nothing but the session's end keeps anybody from trying again.
      this.store.dispatch({
        type: 'rateFailed',
        problem: isRefusal(problem) ? problem : { ...problem, retryable: true },
      });
    }
  }

  /** Leaves the chat that was and begins anew, with whatever the visitor has typed meanwhile. */
  startOver(): void {
    const { problem } = this.store.state;
    this.leave();
    if (problem && isRefusal(problem)) this.parts.passes.forget();
    this.store.dispatch({ type: 'reset' });
    this.files.letGoOfSent();
  }

  /** For shared computers: nothing of this visitor stays behind. */
  forget(): void {
    this.leave();
    this.parts.passes.forget();
    this.name('');
    // Last, because a reset keeps the words that were not sent.
    this.store.dispatch({ type: 'reset' });
    this.store.dispatch({ type: 'drafted', draft: '' });
    this.files.letGoOfAll();
    this.parts.storage.clear();
  }

  /** Stops all work. What is stored stays: the next page takes it up. */
  destroy(): void {
    this.life.abort();
    this.connection?.close();
    this.connection = null;
  }

  private leave(): void {
    this.destroy();
    this.remember({ conversationSid: null, rating: null });
    this.life = new AbortController();
  }

  private async deliver(key: string): Promise<void> {
    // While a start or a reconnect runs, it sends what is waiting when it is done.
    if (this.connection) await this.connection.post(key);
    else if (this.store.state.phase === 'new') await this.begin();
  }

  private async begin(): Promise<void> {
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

  private details(): ChatDetails {
    const friendlyName = this.store.state.visitorName.trim();
    return {
      ...(friendlyName ? { friendlyName } : {}),
      ...(Object.keys(this.preChat).length > 0 ? { preChat: this.preChat } : {}),
    };
  }

  private async connect(conversationSid: string, early: SdkConnection | null = null): Promise<void> {
    const { store, files } = this;
    this.connection = new Connection(conversationSid, { ...this.parts, store, files }, early);
    this.remember({ conversationSid });
    await this.connection.open();
  }

  /** Only what changes: another tab may have written the rest. */
  private remember(change: Partial<SiteData>): void {
    const { storage } = this.parts;
    storage.writeSite({ ...storage.readSite(), ...change });
  }
}
