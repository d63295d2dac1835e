/** The contract between the chat and its SDK client. Neither depends on the other's code. */
import type { ChatEvent } from '../state/events';
import type { ContentLink } from '../state/model';
import type { Upload } from './attachments';
import type { SentAttributes } from './contents';
import type { Pass } from './functions-client';

/** The visitor and the Conversation. */
export interface Session {
  identity: string;
  /** Before the visitor signed in during this chat. */
  earlierIdentity?: unknown;
  conversationSid: string;
}

/** Events that the chat must handle, in addition to those of the state. */
export type SessionEvent =
  | { type: 'tokenAboutToExpire' }
  | { type: 'tokenRejected' }
  /** The visitor was removed from the Conversation. */
  | { type: 'visitorRemoved' };

/** Indexes of the oldest and the newest Message that are known. */
export type KnownMessages = readonly [oldest: number, newest: number];

export interface OpenConversation {
  /** Resolves when Twilio has the message, also if that takes a reconnect. */
  send(body: string, attributes: SentAttributes, upload?: Upload): Promise<void>;
  /** Looks for a message whose response was lost, and reports it to the state. */
  wasSent(messageId: string): Promise<boolean>;
  /** Loads the page before this Message into the state. */
  loadEarlier(beforeIndex: number): Promise<void>;
  /** A temporary URL of this Media's content; null if Twilio returns none. */
  findLink(mediaSid: string): Promise<ContentLink | null>;
  typing(): void;
  markRead(index: number): void;
  updateToken(token: string): Promise<void>;
  close(): Promise<void>;
}

/** A client that is connecting or connected. The Conversation may not be known yet. */
export interface SdkConnection {
  readonly identity: string;
  /** Can be called once. Reads new Messages, and reports all past and future events to `listener`. */
  open(
    conversationSid: string,
    /** All Messages since the oldest are read again, because some may have been edited or removed. Null: the latest page only. */
    known: KnownMessages | null,
    listener: (event: ChatEvent | SessionEvent) => void,
  ): Promise<OpenConversation>;
  close(): Promise<void>;
}

export type Connector = (pass: Pass) => SdkConnection;

/** Opening failed. `rejected`: Twilio refuses the token. `gone`: not this identity's Conversation. `unreachable`: try again. */
export class OpenError extends Error {
  override readonly name = 'OpenError';

  constructor(
    readonly code: 'rejected' | 'gone' | 'unreachable',
    options?: ErrorOptions,
  ) {
    super(`The Conversation could not be opened: ${code}`, options);
  }
}
