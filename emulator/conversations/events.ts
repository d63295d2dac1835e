/** What happens in Conversations. Realtime, webhooks and the timeline listen; names are Twilio's without the `on`. */
import type {
  Actor,
  Conversation,
  ConversationState,
  DeliveryReceipt,
  Message,
  Participant,
  ScopedWebhook,
  User,
} from './model';

interface ConversationEvent {
  conversation: Conversation;
  actor: Actor;
}

export interface UserEvent {
  user: User;
  actor: Actor;
}

export interface ConversationsEvents {
  conversationAdded: ConversationEvent;
  /** Anything but the state: friendlyName, uniqueName, attributes, timers, bindings. */
  conversationUpdated: ConversationEvent;
  conversationStateUpdated: ConversationEvent & { from: ConversationState; to: ConversationState };
  conversationRemoved: ConversationEvent & { participants: Participant[] };
  participantAdded: ConversationEvent & { participant: Participant };
  participantUpdated: ConversationEvent & { participant: Participant };
  participantRemoved: ConversationEvent & { participant: Participant };
  messageAdded: ConversationEvent & { message: Message };
  messageUpdated: ConversationEvent & { message: Message };
  messageRemoved: ConversationEvent & { message: Message };
  /** Not a Twilio event: the emulator has dropped its oldest Messages. Clients and webhooks are not told. */
  messagesDropped: { conversation: Conversation; messages: readonly Message[] };
  /** Differs: this event triggers no webhook. */
  deliveryUpdated: { conversation: Conversation; message: Message; receipt: DeliveryReceipt };
  /** Not a Twilio event: a scoped webhook exists from now on (the timeline, and replay of earlier messages). */
  webhookAdded: { conversation: Conversation; webhook: ScopedWebhook };
  userAdded: UserEvent;
  userUpdated: UserEvent;
}
