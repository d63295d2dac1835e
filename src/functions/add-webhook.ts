/**
 * POST /add-webhook: hand the visitor's messages to the Studio Flow (Flex guide, step 2.3).
 *
 * In      { token, conversationSid }
 * Out     201 { webhookSid }, or 200 when it is there already
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended
 *         403 origin_not_allowed, conversation_not_yours | 409 conversation_closed
 *         415 unsupported_content_type | 502 twilio_error | 503 twilio_unavailable
 *
 * @see https://www.twilio.com/docs/conversations/api/conversation-scoped-webhook-resource
 */
import type * as Conversation from '../assets/conversation.private';
import type * as Define from '../assets/define-function.private';
import type * as Webhook from '../assets/webhook.private';

const { requireOpen } = require(Runtime.getAssets()['/conversation.js']!.path) as typeof Conversation;
const { defineFunction } = require(Runtime.getAssets()['/define-function.js']!.path) as typeof Define;
const { ensureWebhook } = require(Runtime.getAssets()['/webhook.js']!.path) as typeof Webhook;

export const handler = defineFunction({
  access: 'own-conversation',
  input: {},

  async run({ conversation, twilio, config, note }) {
    requireOpen(conversation);
    const { conversationSid } = conversation;
    const { webhookSid, created } = await ensureWebhook(twilio, config, conversationSid);
    note({ webhookSid });
    return { status: created ? 201 : 200, body: { webhookSid } };
  },
});
