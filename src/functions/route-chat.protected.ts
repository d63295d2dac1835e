/**
 * POST /route-chat: the visitor's message brings the chat to an agent, where ROUTING=interactions takes the place of
 * the Studio Flow (Flex guide, steps 6 and 7). Messages of agents and other channels' Conversations are ignored.
 *
 * In      a signed form; EventType, ConversationSid, MessageSid and Author matter
 * Out     200 {}, also for events that are ignored
 * Fails   400 invalid_request | 403 invalid_signature | 415 unsupported_content_type
 *         502 twilio_error | 503 twilio_unavailable
 *
 * Each Conversation's scoped webhook leads here; /start-chat and /add-webhook add it.
 *
 * @see https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions
 */
import { CONVERSATION_SID } from '../assets/chat/conversation.private';
import { routeChat } from '../assets/chat/route.private';
import { MESSAGE_ADDED } from '../assets/chat/webhook.private';
import { defineWebhook } from '../assets/http/define-webhook.private';
import { isOurIdentity } from '../assets/visitor/identity.private';

export const handler = defineWebhook(async ({ params, twilio, note }) => {
  const {
    EventType: eventType,
    ConversationSid: conversationSid,
    MessageSid: messageSid,
    Author: author,
  } = params;
  const { ROUTING: routing } = twilio.config;
  note({ eventType, routing });
  // The other setting, for chats that began under this one: the Flow has them now.
  if (routing !== 'interactions' || eventType !== MESSAGE_ADDED || messageSid === undefined) return;
  if (conversationSid === undefined || !CONVERSATION_SID.test(conversationSid) || !isOurIdentity(author))
    return;
  note({ conversationSid, ...(await routeChat(twilio, { conversationSid, messageSid, author })) });
});
