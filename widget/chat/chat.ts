/** One visitor's chat: decides what happens next, with the state on one side and the transport on the other. */
import type { ChatEvent } from '../state/events';
import type { AttachmentLimits, ChatMessage, ChatState } from '../state/model';
import { answerKey } from '../state/answers';
import { createStore, type Store } from '../state/store';
import { unsentMessages } from '../state/transcript';
import { Belongings } from './belongings';
import type { ChatClient, PastChats, Score } from './chat-client';
import { ChosenFiles } from './chosen-files';
import { OngoingChat, type OngoingChatParts } from './ongoing-chat';
import type { OutsideChat } from './outside-chat';
import { toPastChats } from './past-chats';
import { isRefusal } from './problem';
import { findLink, loadEarlier } from './reading';
import { randomUUIDAnywhere } from '../transport/random-uuid';
import type { Tabs } from '../transport/tabs';
import { toTabData } from './unfinished';

export interface ChatParts extends OngoingChatParts {
  /** Null: no attachments. */
  limits: AttachmentLimits | null;
  /** Undefined: the chat of this page is separate from those of others. */
  tabs?: Tabs | undefined;
}

/** `ChatClient` documents the methods. They are properties, so that a site can pass one without its `this`. */
export class Chat implements ChatClient {
  readonly store: Store = createStore();
  private readonly files: ChosenFiles;
  readonly ongoing: OngoingChat;
  private readonly belongings: Belongings;
  private readonly stopStoring: () => void;

  constructor(private readonly parts: ChatParts) {
    this.files = new ChosenFiles(this.store, parts.limits);
    this.ongoing = new OngoingChat(parts, this.store, this.files);
    this.belongings = new Belongings(parts, this.store, this.files, this.ongoing);
    this.stopStoring = this.store.subscribe((state) => {
      const { storage } = parts;
      storage.writeTab(toTabData(state, storage.readSite().conversationSid));
      if (state.connection === 'lost') this.ongoing.remember({ conversationSid: null });
    });
    parts.tabs?.onForgotten(
      () => parts.storage.owner,
      () => {
        // The tab that forgot has erased what is shared, and may have stored its next visitor's data since.
        this.ongoing.stepAside();
        parts.passes.letGo();
        this.belongings.empty();
      },
    );
  }

  get state(): ChatState {
    return this.store.state;
  }

  get limits(): AttachmentLimits | null {
    return this.files.limits;
  }

  readonly subscribe = (listener: (state: ChatState) => void): (() => void) => {
    listener(this.state);
    return this.store.subscribe(listener);
  };

  readonly resume = (): Promise<void> => this.belongings.resume();

  readonly prepare = async (): Promise<void> => {
    await this.parts.passes.get().catch(() => undefined); // The start tries again and reports the failure.
  };

  readonly start = async (
    details: { name?: string; preChat?: Record<string, string> } = {},
  ): Promise<void> => {
    if (details.name !== undefined) this.name(details.name);
    if (details.preChat) this.ongoing.preChat = details.preChat;
    if (this.state.phase === 'new') await this.ongoing.begin();
  };

  readonly send = async (body: string): Promise<void> => {
    const text = body.trim();
    const { files: attachments } = this.state;
    if ((!text && attachments.length === 0) || this.files.areTooMany()) return;
    const key = randomUUIDAnywhere();
    this.store.dispatch({ type: 'sending', key, body: text, at: Date.now(), attachments });
    this.store.dispatch({ type: 'drafted', draft: '' });
    await this.ongoing.post(key);
  };

  readonly choose = async (to: string, id: string): Promise<void> => {
    const asked = this.state.items.find(({ key }) => key === to) as ChatMessage | undefined;
    const choice = asked?.content?.choices.find((one) => one.id === id);
    if (!choice || asked!.content!.chosen || this.state.phase === 'ended') return;
    const answer = { to, id };
    await this.#bring({ key: answerKey(to), body: choice.title, at: Date.now(), attachments: [], answer });
  };

  readonly outside: OutsideChat = {
    post: (path, body) => this.parts.functions.post(path, body),
    postAsVisitor: async (path, body) =>
      this.parts.functions.post(path, { token: (await this.parts.passes.get()).token, ...body }),
    storage: () => this.parts.storage,
  };

  readonly attach = (files: Iterable<File>): void => this.files.attach(files);

  readonly detach = (key: string): void => this.files.detach(key);

  readonly retry = async (key: string): Promise<void> => {
    const message = unsentMessages(this.state.items).find((one) => one.key === key);
    if (!message) return;
    await this.#bring(message);
  };

  readonly cancel = async (key: string): Promise<void> => {
    const { connection } = this.ongoing;
    if (connection) await connection.cancel(key);
    else this.store.dispatch({ type: 'cancelled', key });
  };

  readonly findLink = (mediaSid: string): Promise<string | null> =>
    findLink(this.store, this.ongoing.connection, mediaSid);

  readonly draft = (draft: string): void => {
    this.store.dispatch({ type: 'drafted', draft });
    if (draft) this.typing();
  };

  readonly typing = (): void => this.ongoing.connection?.typing();

  readonly name = (visitorName: string): void => {
    this.store.dispatch({ type: 'named', visitorName });
    this.ongoing.remember({ visitorName });
  };

  readonly markRead = (index: number): void => {
    this.store.dispatch({ type: 'seen', index });
    this.ongoing.connection?.markRead(index);
  };

  readonly loadEarlier = (): Promise<void> => loadEarlier(this.store, this.ongoing.connection);

  readonly end = async (): Promise<void> => {
    const { functions } = this.parts;
    await this.ongoing.ask(
      'ending',
      (chat) => functions.endChat(chat),
      () => this.store.dispatch({ type: 'ended', at: Date.now() }),
      (problem) => ({ type: 'endFailed', problem }),
    );
  };

  readonly rate = async (rating: Score, comment = ''): Promise<void> => {
    if (this.state.isRating || this.state.rating !== null) return;
    const { functions, storage } = this.parts;
    const words = comment.trim();
    await this.ongoing.ask(
      'rating',
      (chat) => functions.rateChat({ ...chat, rating, ...(words ? { comment: words } : {}) }),
      (kept, conversationSid) => {
        this.store.dispatch({ type: 'rated', ...kept });
        // Another tab may have started a new chat meanwhile.
        if (storage.readSite().conversationSid === conversationSid) this.ongoing.remember(kept);
      },
      // Only the end of the session makes a retry pointless.
      (problem) => ({
        type: 'rateFailed',
        problem: isRefusal(problem) ? problem : { ...problem, retryable: true },
      }),
    );
  };

  readonly past = async (): Promise<PastChats> => {
    const { passes, functions } = this.parts;
    const { token } = await passes.get();
    // Read after the pass: another user may have taken over with it.
    const { signal } = this.ongoing;
    const chats = await functions.listChats(token);
    return toPastChats(chats, this.parts, signal);
  };

  /** Keeps what the visitor has typed meanwhile. */
  readonly startOver = (): void => {
    const { problem } = this.state;
    this.ongoing.leave();
    if (problem && isRefusal(problem)) this.parts.passes.forget();
    this.store.dispatch({ type: 'reset' });
    this.files.letGoOfSent();
  };

  readonly forget = (): void => {
    const { passes, storage, tabs } = this.parts;
    tabs?.forget(storage.owner);
    this.ongoing.leave();
    passes.forget();
    this.belongings.empty();
    storage.clear();
  };

  readonly destroy = (): void => {
    this.ongoing.close();
    // A late answer must not store this visitor's words again: another user may have taken them over.
    this.stopStoring();
    this.parts.tabs?.leave();
  };

  async #bring(message: Omit<Extract<ChatEvent, { type: 'sending' }>, 'type'>): Promise<void> {
    this.store.dispatch({ ...message, type: 'sending' });
    await this.ongoing.post(message.key);
  }
}
