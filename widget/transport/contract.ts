/** What the chat and the SDK's side of it agree on. Neither knows the other's code. */
import type { ChatEvent } from '../state/events';
import type { ContentLink } from '../state/model';
import type { Upload } from './attachments';
import type { SentAttributes } from './contents';
import type { Pass } from './functions-client';

/** Who is in which Conversation. */
export interface Session {
  identity: string;
  conversationSid: string;
}

/** What the application must act on, beside what the state shows. */
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
  /** Looks for a message whose answer was lost; tells the state what it finds. */
  wasSent(messageId: string): Promise<boolean>;
  /** Tells the state one more page from before this Message. */
  loadEarlier(beforeIndex: number): Promise<void>;
  /** Where the content of this Media can be had; null where Twilio does not say. */
  findLink(mediaSid: string): Promise<ContentLink | null>;
  typing(): void;
  markRead(index: number): void;
  updateToken(token: string): Promise<void>;
  close(): Promise<void>;
}

/** A client that is on its way to Twilio, or there. Which Conversation it is for need not be known yet. */
export interface SdkConnection {
  readonly identity: string;
  /** Once. Reads what is new, and tells `listener` everything, from the past and from now on. */
  open(
    conversationSid: string,
    /** All since the oldest are read: some may have been edited or removed meanwhile. Null: the latest page will do. */
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
