/**
 * What the app receives. `Client.parsePushNotification` of the SDK reads it.
 * Source: sdk @twilio/conversations/dist/client.js (parsePushNotification). Guess: further fields.
 */
import type { Conversation, Message } from '../model';
import type { PushEvent, PushType } from './model';
import { titleOf } from './template';

export interface Shown {
  text: string;
  sound: string | null;
  badge: number | null;
}

export interface Subject {
  event: PushEvent;
  conversation: Conversation;
  author: string;
  message: Message | undefined;
}

export function payloadOf(type: PushType, { text, sound, badge }: Shown, subject: Subject): object {
  if (type === 'apn') {
    const aps = { alert: text, ...(badge !== null && { badge }), ...(sound !== null && { sound }) };
    return { aps, ...dataOf(subject) };
  }
  return { data: { ...dataOf(subject), twi_body: text, ...(sound !== null && { twi_sound: sound }) } };
}

/** All values are texts, as FCM demands. */
function dataOf({ event, conversation, author, message }: Subject): Record<string, string> {
  const title = titleOf(conversation);
  const media = message?.media ?? [];
  return {
    twi_message_type: `twilio.conversations.${event}`,
    conversation_sid: conversation.sid,
    ...(title !== null && { conversation_title: title }),
    author,
    ...(message && { message_sid: message.sid, message_index: String(message.index) }),
    ...(media.length > 0 && {
      media_count: String(media.length),
      media: JSON.stringify(
        media.map(({ sid, filename, contentType, size }) => ({
          sid,
          filename,
          content_type: contentType,
          size,
        })),
      ),
    }),
  };
}
