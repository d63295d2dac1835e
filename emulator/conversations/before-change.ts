/** What is about to happen, as both faces say it before they make a change for a client, and what may come of it. */
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

/** Something that is about to happen. Differs: it is asked before the request is checked, so refused ones are asked, too. */
export interface PreEvent {
  eventType: PreEventType;
  serviceSid: string;
  actor: Actor;
  /** As the webhook gets them; those without a value are left out. */
  fields: Record<string, string | number | null | undefined>;
}

/** New values, by Twilio's snake_case names. */
export type Modifications = Record<string, string>;
export type AskFirst = (event: PreEvent) => Promise<Modifications>;
