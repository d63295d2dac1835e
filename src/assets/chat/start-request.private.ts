/** What a start is asked for, and what comes of it. */
import type { ChatDetails } from './conversation-attributes.private';
import type { SentMessage } from './message.private';

export interface StartRequest {
  identity: string;
  details: ChatDetails;
  /** New in each call. */
  startId: string;
  /** The visitor's first words. Starts at the same time that bring the same words have the same `messageId`. */
  words?: { body: string; messageId: string } | undefined;
}

export interface StartedChat {
  conversationSid: string;
  /** Whether this call made the Conversation. */
  created: boolean;
  /** Where the request brought first words. */
  sent?: SentMessage | undefined;
}
