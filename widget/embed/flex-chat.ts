/** What the page gets: `window.FlexChat`, and the events. docs/widget.md has both as tables, which are made from this file. */

/** Each may be passed on by itself: none of them needs its `this`. */
export interface FlexChat {
  /** Opens the panel and puts the focus into it */
  open(): void;
  /** Closes it and gives the focus back */
  close(): void;
  /** Opens or closes it */
  toggle(): void;
  /** Puts the button on the page */
  show(): void;
  /** Takes the button off the page and closes the panel; `open` still opens it */
  hide(): void;
  /** Whether the panel is open */
  isOpen(): boolean;
  /** Your user has signed in. `userToken` is what your site signed, or better a function that fetches a new one each time */
  identify(userToken: string | (() => string | Promise<string>)): void;
  /** Your user has signed out, or leaves a shared computer: nothing of the chat stays behind, see below */
  reset(): void;
  /** Takes everything off the page */
  destroy(): void;
  /** Adds to what the agent gets to know with the Task. Counts until the chat has started */
  setContext(context: Record<string, string>): void;
  /** The visitor's name, as the agent will see it. Counts until the chat has started */
  setName(name: string): void;
  /** The chat speaks this language from now on (BCP 47) */
  setLanguage(language: string): void;
  /** Puts words into the composer, unless the visitor has begun to write */
  prefill(text: string): void;
  /** Ends the chat that is going on; the agent gets wrap-up */
  end(): void;
  /** Calls `listener` for each event of this name. Returns how to stop */
  on<Name extends keyof ChatEvents>(name: Name, listener: (detail: ChatEvents[Name]) => void): () => void;
  /** What the queue does before the script is there: `push(['open'])` calls the method, `push((chat) => …)` the function */
  push(...calls: QueuedCall[]): void;
}

export type QueuedCall = readonly [method: keyof FlexChat, ...args: unknown[]] | ((chat: FlexChat) => void);

/** By `FlexChat.on(name, …)`, and as `flexchat:<name>` on `window` with this as its `detail`. */
export interface ChatEvents {
  /** `FlexChat` is there, and what the queue held has been done */
  ready: undefined;
  /** The panel has opened */
  open: undefined;
  /** The panel has closed */
  close: undefined;
  /** The visitor has a Conversation: a new one, or the one that was going on (`resumed`) */
  started: { resumed: boolean };
  /** A message has arrived, the visitor's own included; not repeated for messages that a reload restores */
  message: { author: 'visitor' | 'agent'; name: string; body: string };
  /** So many messages are not seen yet */
  unread: { count: number };
  /** An agent takes part from now on */
  agentJoined: { name: string };
  /** The chat is over */
  ended: undefined;
  /** The visitor has rated the chat, from 1 (worst) to 5 */
  rated: { rating: number };
  /** Something did not work. `code` is stable: see [http-api.md](http-api.md#failures) */
  error: { code: string };
}
