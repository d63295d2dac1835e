/** The calls that need no Conversation: availability, the place in the queue, a left message. */
import type { Availability, Reception } from './chat-client';
import type { OutsideChat } from './outside-chat';

export function createReception({
  post,
  postAsVisitor,
}: Pick<OutsideChat, 'post' | 'postAsVisitor'>): Reception {
  return {
    availability: () => post<Availability>('availability', {}),
    async queuePosition() {
      return (await postAsVisitor<{ position?: number }>('queue-position', {})).position ?? null;
    },
    async leaveMessage({ name, contact, message, messageId }) {
      await postAsVisitor('leave-message', {
        friendlyName: name.trim(),
        contact: contact.trim(),
        message: message.trim(),
        messageId,
      });
    },
  };
}
