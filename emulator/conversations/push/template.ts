/**
 * The text of a push notification.
 * Source: docs https://www.twilio.com/docs/conversations-classic/push-notification-configuration (variables)
 */
import type { Conversation, Message } from '../model';

export interface Variables {
  conversation: Conversation;
  /** The name of the identity that caused the notification. */
  participant: string;
  message: Message | undefined;
}

/** Guess: an unknown variable stays, and a Conversation without a name is its SID. */
export function fill(template: string, { conversation, participant, message }: Variables): string {
  const media = message?.media ?? [];
  const values: Record<string, string> = {
    CONVERSATION: titleOf(conversation) ?? conversation.sid,
    PARTICIPANT: participant,
    MESSAGE: message?.body ?? '',
    MEDIA_COUNT: String(media.length),
    MEDIA: media[0]?.filename ?? '',
  };
  return template.replace(/\$\{(\w+)\}/g, (variable, name: string) => values[name] ?? variable);
}

export function titleOf({ friendlyName, uniqueName }: Conversation): string | null {
  return friendlyName ?? uniqueName;
}
