/**
 * POST /add-webhook: send the visitor's messages to the Studio Flow (Flex guide, step 2.3).
 *
 * In      { token, conversationSid }
 * Out     201 { webhookSid }, or 200 when it already exists
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended
 *         403 origin_not_allowed, conversation_not_yours | 409 conversation_closed, conversation_full,
 *         closed_now
 *         415 unsupported_content_type | 502 twilio_error | 503 twilio_unavailable
 *
 * @see https://www.twilio.com/docs/conversations/api/conversation-scoped-webhook-resource
 */
import { string } from 'valibot';
import { requireOpen } from '../assets/chat/conversation.private';
import { ensureWebhook } from '../assets/chat/webhook.private';
import { defineFunction } from '../assets/http/define-function.private';

export const handler = defineFunction({
  access: 'own-conversation',
  input: {},
  answer: () => ({ webhookSid: string() }),

  async run({ conversation, twilio, note }) {
    requireOpen(conversation);
    const { conversationSid } = conversation;
    const { webhookSid, created } = await ensureWebhook(twilio, conversationSid);
    note({ webhookSid });
    return { status: created ? 201 : 200, body: { webhookSid } };
  },
});
