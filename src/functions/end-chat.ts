/**
 * POST /end-chat: the visitor ends the chat, and the agent gets wrap-up.
 *
 * In      { token, conversationSid }
 * Out     200 { state: 'closed' }, also when the chat was already over
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended
 *         403 origin_not_allowed, conversation_not_yours
 *         415 unsupported_content_type | 502 twilio_error | 503 twilio_unavailable
 *
 * `closed` is final: the next start makes a new Conversation.
 *
 * @see https://www.twilio.com/docs/flex/developer/conversations/interactions-api/channels-subresource
 */
import { literal } from 'valibot';
import { endChat } from '../assets/chat/end.private';
import { defineFunction } from '../assets/http/define-function.private';

export const handler = defineFunction({
  access: 'own-conversation',
  input: {},
  answer: () => ({ state: literal('closed') }),

  async run({ conversation: { conversationSid, state }, twilio, note }) {
    if (state !== 'closed') note(await endChat(twilio, conversationSid));
    return { status: 200, body: { state: 'closed' } };
  },
});
