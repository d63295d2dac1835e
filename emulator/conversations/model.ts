/** What Conversations (classic) keeps. Both faces, the REST API and the SDK's client API, show these same records. */

export const CONVERSATION_STATES = ['initializing', 'active', 'inactive', 'closed'] as const;
export type ConversationState = (typeof CONVERSATION_STATES)[number];

export interface ConversationTimers {
  /** ISO 8601 durations as given, for example `PT10M`; null if not set. */
  inactive: string | null;
  closed: string | null;
  /** When they are due. */
  dateInactive: Date | null;
  dateClosed: Date | null;
}

export interface Conversation {
  sid: string;
  chatServiceSid: string;
  messagingServiceSid: string | null;
  friendlyName: string | null;
  uniqueName: string | null;
  /** A JSON object as text. */
  attributes: string;
  state: ConversationState;
  /** When `state` last changed. */
  dateState: Date;
  timers: ConversationTimers;
  /** `system` for REST, an identity for the SDK. */
  createdBy: string;
  dateCreated: Date;
  dateUpdated: Date;
  /** Index of the next message. Indexes start at 0 and are never used again. */
  nextMessageIndex: number;
}

/** Whether the User gets push notifications of this Conversation. */
export const NOTIFICATION_LEVELS = ['default', 'muted'] as const;
export type NotificationLevel = (typeof NOTIFICATION_LEVELS)[number];

export interface Participant {
  sid: string;
  conversationSid: string;
  /** Null for participants by address (SMS, WhatsApp). */
  identity: string | null;
  messagingBinding: Record<string, string> | null;
  attributes: string;
  roleSid: string;
  lastReadMessageIndex: number | null;
  lastReadTimestamp: Date | null;
  notificationLevel: NotificationLevel;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface MessageMedia {
  sid: string;
  category: 'media' | 'body' | 'history';
  filename: string | null;
  contentType: string;
  size: number;
}

export type DeliveryAmount = 'none' | 'some' | 'all';

export interface Delivery {
  total: number;
  sent: DeliveryAmount;
  delivered: DeliveryAmount;
  read: DeliveryAmount;
  failed: DeliveryAmount;
  undelivered: DeliveryAmount;
}

export interface DeliveryReceipt {
  sid: string;
  conversationSid: string;
  messageSid: string;
  /** Of a Participant that is not on chat. */
  participantSid: string;
  /** What the network calls the message. */
  channelMessageSid: string;
  status: 'sent' | 'delivered' | 'read' | 'failed' | 'undelivered';
  /** 0 if there are no Messages. */
  errorCode: number;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface Message {
  sid: string;
  conversationSid: string;
  index: number;
  author: string;
  participantSid: string | null;
  body: string | null;
  subject: string | null;
  attributes: string;
  media: MessageMedia[];
  /** Summary over the participants that are not on chat; null until there is a receipt. */
  delivery: Delivery | null;
  contentSid: string | null;
  lastUpdatedBy: string | null;
  dateCreated: Date;
  dateUpdated: Date;
}

export type WebhookTarget = 'webhook' | 'trigger' | 'studio';

export interface ScopedWebhook {
  sid: string;
  conversationSid: string;
  target: WebhookTarget;
  url: string | null;
  method: 'GET' | 'POST';
  filters: string[];
  triggers: string[];
  flowSid: string | null;
  /** Messages after this index are delivered when the webhook is created. */
  replayAfter: number | null;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface User {
  sid: string;
  chatServiceSid: string;
  identity: string;
  friendlyName: string;
  attributes: string;
  roleSid: string;
  isOnline: boolean;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface Service {
  sid: string;
  friendlyName: string;
  dateCreated: Date;
  dateUpdated: Date;
}

/**
 * The source of a change. It decides whether webhooks are sent: always for the SDK's changes, for REST changes only with
 * `X-Twilio-Webhook-Enabled: true`, and for the emulator's own (timers, Flex) as for those of Twilio's back end.
 * Source: docs https://www.twilio.com/docs/conversations/conversations-webhooks
 */
export type Actor =
  | { source: 'API'; webhookEnabled: boolean }
  | { source: 'SDK'; identity: string }
  | { source: 'TIMER' }
  | { source: 'EVENT' };

export const SYSTEM: Actor = { source: 'EVENT' };
