/** What the page gets: `window.FlexChat`, and the events. The tables of docs/widget.md are generated from this file. */

/** None of the methods needs its `this`: each can be passed as a callback. */
export interface FlexChat {
  /** Opens the panel and moves the focus into it */
  open(): void;
  /** Closes it and returns the focus */
  close(): void;
  /** Opens or closes it */
  toggle(): void;
  /** Shows the button */
  show(): void;
  /** Hides the button and closes the panel; `open` still opens it */
  hide(): void;
  /** Whether the panel is open */
  isOpen(): boolean;
  /** Your user has signed in; the anonymous chat of this tab continues. `userToken` is the JWT that your site signed, or (recommended) a function that fetches a new one each time */
  identify(userToken: string | (() => string | Promise<string>)): void;
  /** Your user has signed out, or leaves a shared computer: erases the chat's data, see below */
  reset(): void;
  /** Removes the chat from the page */
  destroy(): void;
  /** Adds data that the agent gets with the Task. Has an effect until the chat has started */
  setContext(context: Record<string, string>): void;
  /** Sets the visitor's name, as the agent sees it. Has an effect until the chat has started */
  setName(name: string): void;
  /** Switches the chat to this language (BCP 47) */
  setLanguage(language: string): void;
  /** Puts text into the composer, unless the visitor has begun to write */
  prefill(text: string): void;
  /** Ends the current chat; the agent's Task goes to wrap-up */
  end(): void;
  /** Calls `listener` for each event of this name. Returns a function that stops it */
  on<Name extends keyof ChatEvents>(name: Name, listener: (detail: ChatEvents[Name]) => void): () => void;
  /** Works like the queue before the script has loaded: `push(['open'])` calls the method, `push((chat) => …)` calls the function with `FlexChat` */
  push(...calls: QueuedCall[]): void;
}

export type QueuedCall = readonly [method: keyof FlexChat, ...args: unknown[]] | ((chat: FlexChat) => void);

/** Delivered by `FlexChat.on(name, …)`, and as `flexchat:<name>` on `window` with this as its `detail`. */
export interface ChatEvents {
  /** `FlexChat` is available, and the queued calls are done */
  ready: undefined;
  /** The panel has opened */
  open: undefined;
  /** The panel has closed */
  close: undefined;
  /** The visitor has a Conversation: a new one, or an open one (`resumed`) */
  started: { resumed: boolean };
  /** A message has arrived, the visitor's own included; not repeated for messages that a reload restores */
  message: { author: 'visitor' | 'agent'; name: string; body: string };
  /** The number of unread messages has changed */
  unread: { count: number };
  /** An agent has joined the chat */
  agentJoined: { name: string };
  /** The chat has ended */
  ended: undefined;
  /** The visitor has rated the chat, from 1 (worst) to 5 */
  rated: { rating: number };
  /** A problem occurred. `code` is stable: one of [the Functions](http-api.md#failures) or of [the client](bring-your-own-ui.md#the-clients-own-error-codes) */
  error: { code: string };
}
