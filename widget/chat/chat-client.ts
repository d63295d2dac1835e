/** The methods of a chat, for the panel or a site's own interface. */
import type { AttachmentLimits, ChatState, PastChat } from '../state/model';

/** From 1 (worst) to 5. */
export type Score = 1 | 2 | 3 | 4 | 5;

/** An earlier chat to read. It has no way to write. */
export interface PastConversation extends Pick<
  ChatClient,
  'state' | 'subscribe' | 'loadEarlier' | 'findLink'
> {
  /** Ends its connection. */
  close(): void;
}

export interface PastChats {
  /** Those that are over, the newest first. */
  readonly chats: readonly PastChat[];
  open(conversationSid: string): PastConversation;
  /** Aborts when another user takes over, or the visitor is forgotten: do not show the list any longer. */
  readonly signal: AbortSignal;
}

/** None of the methods needs its `this`: each can be passed as a callback. */
export interface ChatClient {
  readonly state: ChatState;
  /** Calls `listener` now and after every change. Returns a function that stops it. */
  subscribe(listener: (state: ChatState) => void): () => void;
  /** Resumes the visitor's open chat, if there is one. Call it once, first. */
  resume(): Promise<void>;
  /** Gets the token that a start needs, for example when the visitor opens the chat. */
  prepare(): Promise<void>;
  /** Opens the Conversation before the first message. `send` does so by itself. */
  start(details?: { name?: string; preChat?: Record<string, string> }): Promise<void>;
  /** Never rejects: the state has the message's status. Waiting messages are sent as soon as possible. */
  send(body: string): Promise<void>;
  /** Answers a message (its `key`) with one of its choices. The first answer counts, across all tabs. */
  choose(key: string, choiceId: string): Promise<void>;
  /** Adds files to the next message. The state says which were rejected, and why (`fileProblems`). */
  attach(files: Iterable<File>): void;
  detach(key: string): void;
  /** Cancels a message with files that is not sent yet: text and files return to the draft. */
  cancel(key: string): Promise<void>;
  /** Resolves with a URL of an attachment that is valid for some minutes, or null. The state has it, too. */
  findLink(key: string): Promise<string | null>;
  /** The limits for attachments; null: no attachments. */
  readonly limits: AttachmentLimits | null;
  /** Sends a message with the status `failed` again, unless it has arrived. */
  retry(key: string): Promise<void>;
  /** Keeps unsent text across a reload, and shows the agent that the visitor is typing. */
  draft(draft: string): void;
  typing(): void;
  /** Sets the visitor's name, as the agent sees it. Has an effect until the chat has started. */
  name(visitorName: string): void;
  /** Marks all messages up to this Message's `index` as seen. */
  markRead(index: number): void;
  loadEarlier(): Promise<void>;
  /** Ends the chat; the agent's Task goes to wrap-up. */
  end(): Promise<void>;
  /**
   * Sends the visitor's rating of this chat, 1 (worst) to 5, and a comment. Works once per chat; the state has the result
   * (`isRating`, `rating`, `problem`).
   */
  rate(rating: Score, comment?: string): Promise<void>;
  /** A signed-in user's earlier chats, from any device. Rejects with `code` and `retryable`. */
  past(): Promise<PastChats>;
  /** Leaves the ended chat and prepares a new one. */
  startOver(): void;
  /** For shared computers: also erases this visitor's data. */
  forget(): void;
  /** Stops all work. Stored data stays. */
  destroy(): void;
}

/** See docs/http-api.md, POST /availability. */
export interface Availability {
  isOpen: boolean;
  /** ISO 8601; missing if it is open now or no opening is known. */
  opensAt?: string;
  /** Missing if it is not known. */
  agentsAvailable?: boolean;
  /** Coarse; 0: no visitor waits. Missing if it is not known. */
  waitMinutes?: number;
  /** Whether messages can be left. */
  leaveMessage: boolean;
}

export interface LeftMessage {
  name: string;
  /** An e-mail address or a phone number. */
  contact: string;
  message: string;
  /** Your own id, new per message: after a failure, send the same message with the same id, and it arrives once. */
  messageId: string;
}

/** The calls that need no Conversation. */
export interface Reception {
  /** Needs no visitor: nothing is stored. Rejects with `{ code, retryable }`, like the other two. */
  availability(): Promise<Availability>;
  /** The place among the visitors who wait for an agent, 1 being the next one; null if it is not known. */
  queuePosition(): Promise<number | null>;
  leaveMessage(left: LeftMessage): Promise<void>;
}
