/** The form body of each webhook event. Source: docs https://www.twilio.com/docs/conversations/conversations-webhooks */
import type { Payload } from '../../core/webhook-request';
import { isoSeconds } from '../../core/wire';
import { listedMedia } from '../rich-media';
import type { ConversationsEvents, UserEvent } from '../events';
import type { Actor, Conversation, Message, Participant, ScopedWebhook } from '../model';

/** The events of a Conversation that webhooks can receive, by their names on the bus. */
export type WebhookEventName = Exclude<
  keyof ConversationsEvents,
  'webhookAdded' | UserEventName | 'deliveryUpdated' | 'messagesDropped'
>;
/** Those of Users, for the webhooks of a Service. */
export type UserEventName = 'userAdded' | 'userUpdated';

/** Twilio's name: `onMessageAdded`. */
export function eventType(name: WebhookEventName | UserEventName): string {
  return `on${name[0]!.toUpperCase()}${name.slice(1)}`;
}

type Fields = Record<string, string | number | null>;

export function toPayload<Name extends WebhookEventName>(
  name: Name,
  event: ConversationsEvents[Name],
  accountSid: string,
  now: Date,
): Payload {
  const { conversation, actor } = event;
  return withoutNulls({
    ...commonFields(name, actor, conversation.chatServiceSid, accountSid),
    ConversationSid: conversation.sid,
    MessagingServiceSid: conversation.messagingServiceSid,
    ...('message' in event && messageFields(event.message)),
    ...('participant' in event && participantFields(event.participant)),
    ...(name.startsWith('conversation') && conversationFields(conversation)),
    ...('from' in event && {
      StateFrom: event.from,
      StateTo: event.to,
      StateUpdated: isoSeconds(conversation.dateState),
      Reason: reasonOf(actor),
    }),
    ...(name.endsWith('Removed') && { DateRemoved: now.toISOString() }),
  });
}

/**
 * Source: docs https://www.twilio.com/docs/events/event-types/conversations/user (the fields, in Event Streams).
 * Guess: that webhooks have the same.
 */
export function toUserPayload(name: UserEventName, { user, actor }: UserEvent, accountSid: string): Payload {
  return withoutNulls({
    ...commonFields(name, actor, user.chatServiceSid, accountSid),
    UserSid: user.sid,
    Identity: user.identity,
    FriendlyName: user.friendlyName,
    Attributes: user.attributes,
    RoleSid: user.roleSid,
    DateCreated: user.dateCreated.toISOString(),
    ...(name === 'userUpdated' && {
      DateUpdated: user.dateUpdated.toISOString(),
      IsOnline: String(user.isOnline),
      IsNotifiable: 'false',
    }),
  });
}

function commonFields(
  name: WebhookEventName | UserEventName,
  actor: Actor,
  chatServiceSid: string,
  accountSid: string,
): Fields {
  return {
    AccountSid: accountSid,
    EventType: eventType(name),
    Source: sourceOf(actor),
    ClientIdentity: actor.source === 'SDK' ? actor.identity : null,
    // Source: public code (real captures carry it). Each webhook is tried once, so it is always 0.
    RetryCount: 0,
    // Guess: sent with every event; the documentation names it with onConversationStateUpdated only.
    ChatServiceSid: chatServiceSid,
  };
}

function withoutNulls(fields: Fields): Payload {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]])),
  );
}

/** `WebhookSid` goes to scoped webhooks only. Source: public code that relies on it */
export function addressed(payload: Payload, webhook: ScopedWebhook): Payload {
  return { ...payload, WebhookSid: webhook.sid };
}

export function sourceOf(actor: Actor): 'SDK' | 'API' {
  return actor.source === 'SDK' ? 'SDK' : 'API';
}

function reasonOf(actor: Actor): 'API' | 'TIMER' | 'EVENT' {
  return actor.source === 'TIMER' || actor.source === 'EVENT' ? actor.source : 'API';
}

/** Dates with milliseconds here, unlike in REST. Source: public code (real captures of 2021) */
function messageFields(message: Message): Fields {
  const media = listedMedia(message);
  return {
    MessageSid: message.sid,
    Index: message.index,
    DateCreated: message.dateCreated.toISOString(),
    DateUpdated:
      message.dateUpdated.getTime() === message.dateCreated.getTime()
        ? null
        : message.dateUpdated.toISOString(),
    Body: message.body,
    Author: message.author,
    ParticipantSid: message.participantSid,
    Attributes: message.attributes,
    // Guess: the names inside; the documentation says only that it is JSON.
    Media:
      media.length === 0
        ? null
        : JSON.stringify(
            media.map(({ sid, filename, contentType, size }) => ({
              Sid: sid,
              Filename: filename,
              ContentType: contentType,
              Size: size,
            })),
          ),
  };
}

function participantFields(participant: Participant): Fields {
  const { address, proxy_address: proxyAddress } = participant.messagingBinding ?? {};
  return {
    ParticipantSid: participant.sid,
    DateCreated: participant.dateCreated.toISOString(),
    DateUpdated: participant.dateUpdated.toISOString(),
    Identity: participant.identity,
    RoleSid: participant.roleSid,
    Attributes: participant.attributes,
    'MessagingBinding.Address': address ?? null,
    'MessagingBinding.ProxyAddress': proxyAddress ?? null,
    LastReadMessageIndex: participant.lastReadMessageIndex,
  };
}

function conversationFields(conversation: Conversation): Fields {
  return {
    DateCreated: conversation.dateCreated.toISOString(),
    DateUpdated: conversation.dateUpdated.toISOString(),
    FriendlyName: conversation.friendlyName,
    UniqueName: conversation.uniqueName,
    Attributes: conversation.attributes,
    State: conversation.state,
  };
}
