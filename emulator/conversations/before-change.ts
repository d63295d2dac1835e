/** Changes that are about to happen. REST and SDK API both announce them before they make a change for a client. */
import type { Actor } from './model';

/** With the fields that may be modified. Source: docs https://www.twilio.com/docs/conversations/conversations-webhooks */
export const MODIFIABLE = {
  onConversationAdd: ['friendly_name'],
  onConversationUpdate: ['friendly_name'],
  onConversationRemove: [],
  onMessageAdd: ['body', 'author', 'attributes'],
  onMessageUpdate: ['body', 'author', 'attributes'],
  onMessageRemove: [],
  onParticipantAdd: [],
  onParticipantUpdate: [],
  onParticipantRemove: [],
} satisfies Record<string, string[]>;

export type PreEventType = keyof typeof MODIFIABLE;

export type EventFields = Record<string, string | number | null | undefined>;

/** A change that is about to happen. Differs: the webhook is called before the request is checked, so for refused requests, too. */
export interface PreEvent {
  eventType: PreEventType;
  serviceSid: string;
  actor: Actor;
  /** The webhook's parameters; those without a value are left out. Read only if a webhook is called. */
  fields: () => EventFields;
}

/** New values, by Twilio's snake_case names. */
export type Modifications = Record<string, string>;
/** Undefined if no webhook is called. */
export type AskFirst = (event: PreEvent) => Promise<Modifications> | undefined;
