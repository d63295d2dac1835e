/**
 * POST /send-message: a message for the visitor, from the back end, that Studio hears of (Flex guide, step 4).
 *
 * In      { token, conversationSid, body, messageId?: 1..64 letters, digits, - or _ }
 * Out     201 { messageSid, index }, or 200 when a message with this messageId is there already
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended
 *         403 origin_not_allowed, conversation_not_yours | 409 conversation_closed
 *         415 unsupported_content_type | 502 twilio_error | 503 twilio_unavailable
 *
 * The author is the caller's identity. Without a `messageId`, a repeated call sends a second message. The first message
 * finishes a start that was left half made, because without Participant and webhook nobody would hear it.
 *
 * @see https://www.twilio.com/docs/conversations/api/conversation-message-resource
 */
import type * as ChatStart from '../assets/chat-start.private';
import type * as Conversation from '../assets/conversation.private';
import type * as Define from '../assets/define-function.private';
import type * as Input from '../assets/input.private';
import type * as Message from '../assets/message.private';

const { completeChat } = require(Runtime.getAssets()['/chat-start.js']!.path) as typeof ChatStart;
const { requireOpen } = require(Runtime.getAssets()['/conversation.js']!.path) as typeof Conversation;
const { defineFunction } = require(Runtime.getAssets()['/define-function.js']!.path) as typeof Define;
const { messageBody, messageId } = require(Runtime.getAssets()['/input.js']!.path) as typeof Input;
const { checkBodyLength, deliverMessage, latestMessages, sendMessage } = require(
  Runtime.getAssets()['/message.js']!.path,
) as typeof Message;

export const handler = defineFunction({
  access: 'own-conversation',
  input: { body: messageBody, messageId: messageId.optional() },

  check: ({ body }, config) => checkBodyLength(config, body),

  async run({ input, conversation, pass: { identity }, twilio, config, note }) {
    requireOpen(conversation);
    const { conversationSid } = conversation;
    const latest = await latestMessages(twilio, config, conversationSid);
    if (latest.length === 0) await completeChat(twilio, config, identity, conversation);
    const { body, messageId } = input;
    const sent =
      messageId === undefined
        ? await sendMessage(twilio, config, conversationSid, identity, { body })
        : await deliverMessage(twilio, config, conversationSid, identity, { body, messageId }, latest);
    note({ messageSid: sent.messageSid });
    return { status: sent.created ? 201 : 200, body: { messageSid: sent.messageSid, index: sent.index } };
  },
});
