/**
 * POST /start-chat: steps 1 to 2.3 of the Flex guide in one call: token, Conversation, Participant, webhook.
 *
 * In      { token? or userToken?, humanCheck?, platform?, friendlyName?: string of 1..256 characters,
 *           preChat?: flat object of strings,
 *           message?: the visitor's first message, messageId?: 1..64 letters, digits, - or _ }
 * Out     200 { token, identity, expiresAt, conversationSid, resumed, maxMessageChars, openHours?, clientOptions? }
 * Fails   400 invalid_request | 401 invalid_token, session_ended, invalid_user_token,
 *         user_token_required
 *         403 origin_not_allowed, human_check_failed | 409 closed_now, conversation_closed,
 *         conversation_full, message_id_reused, conversation_too_busy
 *         415 unsupported_content_type | 429 too_many_starts
 *         502 twilio_error | 503 twilio_unavailable, human_check_unavailable
 *
 * A visitor has one open Conversation; another start resumes it. A first start makes three REST calls, the last two
 * in parallel, and one more if there is a name.
 * If a new visitor's start fails with a retryable error, the response has { token, identity, expiresAt } beside the
 * error: with that token the next start finishes what this one began.
 *
 * @see https://www.twilio.com/docs/flex/developer/conversations/integrate-a-custom-chat-client-with-flex
 */
import { boolean, optional, string } from 'valibot';
import { chatDetails } from '../assets/chat/conversation-attributes.private';
import { checkBodyLength } from '../assets/chat/message.private';
import { startChat } from '../assets/chat/start.private';
import { chatTerms, chatTermsEntries } from '../assets/chat/terms.private';
import { defineFunction } from '../assets/http/define-function.private';
import { friendlyName, messageBody, messageId, preChat } from '../assets/http/input.private';
import { passEntries } from '../assets/visitor/access-token.private';
import { clientOptions, clientOptionsEntries } from '../assets/visitor/client-options.private';

export const handler = defineFunction({
  access: 'newcomer',
  input: {
    friendlyName: optional(friendlyName),
    preChat: optional(preChat),
    message: optional(messageBody),
    messageId: optional(messageId),
  },
  answer: () => ({
    ...passEntries(),
    conversationSid: string(),
    resumed: boolean(),
    ...chatTermsEntries(),
    ...clientOptionsEntries(),
  }),
  check: ({ message }, config) => message !== undefined && checkBodyLength(config, message),

  async run({ input, pass, profile, twilio, config, requestId, note }) {
    const { message, messageId = requestId } = input;
    const { conversationSid, created, sent } = await startChat(twilio, {
      identity: pass.identity,
      details: chatDetails(input, profile),
      startId: requestId,
      firstMessage: message === undefined ? undefined : { body: message, messageId },
    });
    note({ conversationSid, created, messageSid: sent?.messageSid });
    return {
      status: 200,
      body: { ...pass, conversationSid, resumed: !created, ...chatTerms(config), ...clientOptions(config) },
    };
  },
});
