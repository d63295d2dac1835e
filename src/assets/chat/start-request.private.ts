/** The input and the result of a start. */
import type { ChatDetails } from './conversation-attributes.private';
import type { SentMessage } from './message.private';

export interface StartRequest {
  identity: string;
  details: ChatDetails;
  /** New in each call. */
  startId: string;
  /** The visitor's first message. Simultaneous starts with the same text have the same `messageId`. */
  firstMessage?: { body: string; messageId: string } | undefined;
}

export interface StartedChat {
  conversationSid: string;
  /** Whether this call created the Conversation. */
  created: boolean;
  /** Present if the request contained a first message. */
  sent?: SentMessage | undefined;
}
