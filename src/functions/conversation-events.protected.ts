/**
 * POST /conversation-events: events of the Conversations Service. When a timer or another client closes a chat,
 * this ends its Task. With TRANSCRIPTS, it sends the messages to the site's hook. Conversations of other channels are
 * ignored.
 *
 * In      a signed form; EventType, ConversationSid and StateTo matter
 * Out     200 {}, also for events that are ignored
 * Fails   400 invalid_request | 403 invalid_signature | 415 unsupported_content_type
 *         502 twilio_error | 503 twilio_unavailable
 *
 * Register it as the Service's PostWebhookUrl for onConversationStateUpdated (docs/operations.md).
 *
 * @see https://www.twilio.com/docs/conversations/conversations-webhooks
 */
import { CONVERSATION_SID } from '../assets/chat/conversation.private';
import { endTasksOfClosed } from '../assets/chat/end.private';
import { deliverTranscript } from '../assets/chat/transcript-delivery.private';
import { defineWebhook } from '../assets/http/define-webhook.private';

export const handler = defineWebhook(async ({ params, twilio, note }) => {
  const { EventType: eventType, ConversationSid: conversationSid, StateTo: state, Reason: reason } = params;
  note({ eventType, state, reason });
  if (eventType !== 'onConversationStateUpdated' || state !== 'closed') return;
  if (conversationSid === undefined || !CONVERSATION_SID.test(conversationSid)) return;
  note({ conversationSid, ...(await endTasksOfClosed(twilio, conversationSid)) });
  note(await deliverTranscript(twilio, conversationSid));
});
