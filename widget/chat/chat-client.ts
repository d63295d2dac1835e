/** What a chat can be asked to do, by the panel or by a site's own interface. */
import type { AttachmentLimits, ChatState } from '../state/model';

/** From 1 (worst) to 5. */
export type Score = 1 | 2 | 3 | 4 | 5;

/** Each may be passed on by itself: none of them needs its `this`. */
export interface ChatClient {
  readonly state: ChatState;
  /** Calls `listener` now and after every change. Returns how to stop. */
  subscribe(listener: (state: ChatState) => void): () => void;
  /** Takes up the chat that this visitor has going, if there is one. Call it once, first. */
  resume(): Promise<void>;
  /** Gets the token that a start needs, for example when the visitor opens the chat. */
  prepare(): Promise<void>;
  /** Opens the Conversation before the first message. `send` does so by itself. */
  start(details?: { name?: string; preChat?: Record<string, string> }): Promise<void>;
  /** Never fails: what becomes of the message is in the state, and what waits is sent when that is possible. */
  send(body: string): Promise<void>;
  /** Answers a message (its `key`) with one of its choices. The first answer stands, in whichever tab it is given. */
  choose(key: string, choiceId: string): Promise<void>;
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
   * Sends the visitor's rating of this chat, 1 (worst) to 5, and a comment. Works once per chat; the state has the result
   * (`isRating`, `rating`, `problem`).
   */
  rate(rating: Score, comment?: string): Promise<void>;
  /** Leaves the chat that was, and is ready for a new one. */
  startOver(): void;
  /** For shared computers: nothing of this visitor stays behind. */
  forget(): void;
  /** Stops all work. What is remembered stays. */
  destroy(): void;
}
