/**
 * POST /send-message: the back end sends a message for the visitor, and Studio receives it (Flex guide, step 4).
 *
 * In      { token, conversationSid, body, messageId?: 1..64 letters, digits, - or _ }
 * Out     201 { messageSid, index }, or 200 when a message with this messageId already exists
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended
 *         403 origin_not_allowed, conversation_not_yours | 409 conversation_closed, conversation_full,
 *         closed_now, message_id_reused, conversation_too_busy
 *         415 unsupported_content_type | 502 twilio_error | 503 twilio_unavailable
 *
 * The author is the caller's identity. Without a `messageId`, a repeated call sends a second message. The first message
 * finishes an incomplete start, because without Participant and webhook it would reach no agent.
 *
 * @see https://www.twilio.com/docs/conversations/api/conversation-message-resource
 */
import { number, optional, string } from 'valibot';
import { requireOpen } from '../assets/chat/conversation.private';
import { finishStart } from '../assets/chat/join.private';
import { latestMessages } from '../assets/chat/message-search.private';
import { checkBodyLength, deliverMessage, sendMessage } from '../assets/chat/message.private';
import { defineFunction } from '../assets/http/define-function.private';
import { messageBody, messageId } from '../assets/http/input.private';

export const handler = defineFunction({
  access: 'own-conversation',
  input: { body: messageBody, messageId: optional(messageId) },
  answer: () => ({ messageSid: string(), index: number() }),

  check: ({ body }, config) => checkBodyLength(config, body),

  async run({ input: { body, messageId }, conversation, pass: { identity }, twilio, note }) {
    requireOpen(conversation);
    const { conversationSid } = conversation;
    const latest = await latestMessages(twilio, conversationSid);
    if (latest.length === 0) await finishStart(twilio, identity, conversation);
    const message = { author: identity, body };
    const sent =
      messageId === undefined
        ? await sendMessage(twilio, conversationSid, message)
        : await deliverMessage(twilio, conversationSid, { ...message, messageId }, latest);
    note({ messageSid: sent.messageSid });
    return { status: sent.created ? 201 : 200, body: { messageSid: sent.messageSid, index: sent.index } };
  },
});
