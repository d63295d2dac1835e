/** The chat without a view: what a site that draws its own interface builds on. docs/bring-your-own-ui.md shows how. */
import { Chat } from './chat';
import { FLEX_LIMITS } from '../state/attachments';
import type { AttachmentLimits, ChatState } from '../state/model';
import { createChatStorage, type KeyValueStorage } from '../transport/chat-storage';
import { connectSdk } from '../transport/conversations-client';
import { createFunctionsClient } from '../transport/functions-client';
import { Passes, type Exclusively } from '../transport/passes';

export type {
  Agent,
  Attachment,
  AttachmentLimits,
  ChatMessage,
  ChatState,
  Connection,
  ContentLink,
  FileProblem,
  History,
  Notice,
  Phase,
  Problem,
  TranscriptItem,
} from '../state/model';

export interface ChatOptions {
  /** Where the Functions are, for example `https://flex-custom-chat-1234-prod.twil.io`. */
  functionsUrl: string;
  /** For a user that your site knows: the JWT that it signed, or what fetches a new one. It lives for minutes only. */
  userToken?: string | (() => string | Promise<string>);
  /** Gets the answer of a human check (Turnstile and the like). Asked once, for a new anonymous visitor. */
  humanCheck?: () => string | Promise<string>;
  /** `site` (default): one chat for all tabs, until the session ends. `tab`: gone with the tab. `none`: with the page. */
  remember?: 'site' | 'tab' | 'none';
  /** What may be attached: changes to what Flex takes (docs/widget.md). `false`: nothing. */
  attachments?: false | Partial<AttachmentLimits>;
}

export interface ChatClient {
  readonly state: ChatState;
  /** Calls `listener` now and after every change. Returns how to stop. */
  subscribe(listener: (state: ChatState) => void): () => void;
  /** Takes up the chat that this visitor has going, if there is one. Call it once, first. */
  resume(): Promise<void>;
  /** Gets the token that a start needs, for example when the visitor reaches for the chat. */
  prepare(): Promise<void>;
  /** Opens the Conversation before the first message. `send` does so by itself. */
  start(details?: { name?: string; preChat?: Record<string, string> }): Promise<void>;
  /** Never fails: what becomes of the message is in the state, and what waits is sent when that is possible. */
  send(body: string): Promise<void>;
  /** Files for the message that is sent next. Which of them were refused, and why, is in the state (`fileProblems`). */
  attach(files: Iterable<File>): void;
  detach(key: string): void;
  /** Takes back a message with files that is not sent yet: words and files are where they were before. */
  cancel(key: string): Promise<void>;
  /** Where the content of an attachment can be had, for some minutes. Null: not now. It is in the state, too. */
  findLink(key: string): Promise<string | null>;
  /** What may be attached; null: nothing. */
  readonly limits: AttachmentLimits | null;
  /** Once more for a message with the status `failed`. Looks first whether it has arrived. */
  retry(key: string): Promise<void>;
  /** Keeps what is being written through a reload, and tells the agent that the visitor is typing. */
  draft(draft: string): void;
  typing(): void;
  /** The visitor's name, as the agent will see it. Counts until the chat has started. */
  name(visitorName: string): void;
  /** Everything up to this Message's `index` has been seen. */
  markRead(index: number): void;
  loadEarlier(): Promise<void>;
  /** The visitor ends the chat; the agent gets wrap-up. */
  end(): Promise<void>;
  /**
   * What the visitor thinks of this chat: 1 (worst) to 5, and words of theirs. Once; what becomes of it is in the state
   * (`isRating`, `rating`, `problem`).
   */
  rate(rating: 1 | 2 | 3 | 4 | 5, comment?: string): Promise<void>;
  /** Leaves the chat that was, and is ready for a new one. */
  startOver(): void;
  /** For shared computers: nothing of this visitor stays behind. */
  forget(): void;
  /** Stops all work. What is remembered stays. */
  destroy(): void;
}

export function createChat(options: ChatOptions): ChatClient {
  const { functionsUrl, userToken, humanCheck, remember = 'site', attachments } = options;
  const baseUrl = functionsUrl.endsWith('/') ? functionsUrl : `${functionsUrl}/`;
  const key = storageKey(baseUrl);
  const functions = createFunctionsClient(baseUrl);
  const tab = remember === 'none' ? nowhere : () => sessionStorage;
  const storage = createChatStorage(key, remember === 'site' ? () => localStorage : tab, tab);
  const source = { userToken: typeof userToken === 'string' ? () => userToken : userToken, humanCheck };
  const chat = new Chat({
    functions,
    connectSdk,
    storage,
    passes: new Passes(functions, storage, source, remember === 'site' ? lock(key) : undefined),
    limits: attachments === false ? null : { ...FLEX_LIMITS, ...attachments },
    wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
  });
  return {
    get state() {
      return chat.store.state;
    },
    subscribe(listener) {
      listener(chat.store.state);
      return chat.store.subscribe(listener);
    },
    resume: () => chat.resume(),
    prepare: () => chat.prepare(),
    start: (details) => chat.start(details),
    send: (body) => chat.send(body),
    attach: (files) => chat.files.attach(files),
    detach: (attachmentKey) => chat.files.detach(attachmentKey),
    cancel: (messageKey) => chat.cancel(messageKey),
    findLink: (attachmentKey) => chat.findLink(attachmentKey),
    limits: chat.files.limits,
    retry: (messageKey) => chat.retry(messageKey),
    draft: (draft) => chat.draft(draft),
    typing: () => chat.typing(),
    name: (visitorName) => chat.name(visitorName),
    markRead: (index) => chat.markRead(index),
    loadEarlier: () => chat.loadEarlier(),
    end: () => chat.end(),
    rate: (rating, comment) => chat.rate(rating, comment),
    startOver: () => chat.startOver(),
    forget: () => chat.forget(),
    destroy: () => chat.destroy(),
  };
}

/** One per deployment, so that two chats on a site do not meet. */
function storageKey(baseUrl: string): string {
  return `flex-custom-chat:${baseUrl}`;
}

function nowhere(): KeyValueStorage {
  throw new Error('This chat remembers nothing');
}

/** What one tab has written to `localStorage` reaches another one's process by a message of its own, a little later. */
const STORAGE_REACHES_TABS_MS = 50;

/** Among the tabs of a site. Only secure pages have it; elsewhere the tabs take their chance. */
function lock(name: string): Exclusively | undefined {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks;
  if (!locks) return undefined;
  return (work) =>
    new Promise((resolve, reject) => {
      // The work's answer is not held up: only the next tab waits.
      const turn = locks.request(name, async () => {
        await work().then(resolve, reject);
        await new Promise((done) => setTimeout(done, STORAGE_REACHES_TABS_MS));
      });
      // Refused where a page may keep nothing, in frames for example: then there is nothing to share either.
      turn.catch(() => work().then(resolve, reject));
    });
}
