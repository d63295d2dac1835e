/**
 * POST /start-chat: steps 1 to 2.3 of the Flex guide in one call: token, Conversation, Participant, webhook.
 *
 * In      { token? or userToken?, humanCheck?, friendlyName?: string of 1..256 characters, preChat?: flat object of strings,
 *           message?: the visitor's first words, messageId?: 1..64 letters, digits, - or _ }
 * Out     200 { token, identity, expiresAt, conversationSid, resumed, clientOptions? }
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended, invalid_user_token,
 *         user_token_required
 *         403 origin_not_allowed, human_check_failed | 409 closed_now, conversation_closed
 *         415 unsupported_content_type | 429 too_many_starts
 *         502 twilio_error | 503 twilio_unavailable, human_check_unavailable
 *
 * A visitor has one open Conversation: who starts again resumes it. A first start makes three REST calls, two deep.
 * Where a new visitor's start fails in a way that can be repeated, the answer holds { token, identity, expiresAt } beside
 * the error: with that token the next start finds what this one left half made.
 *
 * @see https://www.twilio.com/docs/flex/developer/conversations/integrate-a-custom-chat-client-with-flex
 */
import { optional } from 'valibot';
import { checkBodyLength } from '../assets/chat/message.private';
import { sendFirstWords, startChat } from '../assets/chat/start.private';
import { defineFunction } from '../assets/http/define-function.private';
import { friendlyName, messageBody, messageId, preChat } from '../assets/http/input.private';
import { clientOptions } from '../assets/visitor/client-options.private';

export const handler = defineFunction({
  access: 'newcomer',
  input: {
    friendlyName: optional(friendlyName),
    preChat: optional(preChat),
    message: optional(messageBody),
    messageId: optional(messageId),
  },
  check: ({ message }, config) => message !== undefined && checkBodyLength(config, message),

  async run({ input, pass, profile, twilio, config, requestId, note }) {
    // What the host site has signed counts for more than what the browser says.
    const details = {
      friendlyName: profile.friendlyName ?? input.friendlyName,
      preChat: { ...input.preChat, ...profile.preChat },
    };
    const messageId = input.message === undefined ? undefined : input.messageId;
    const chat = await startChat(twilio, pass.identity, details, requestId, messageId);
    const { conversationSid, created } = chat;
    note({ conversationSid, created });
    if (input.message !== undefined) {
      const message = { body: input.message, messageId: input.messageId };
      const { messageSid } = await sendFirstWords(twilio, pass.identity, chat, message);
      note({ messageSid });
    }
    return {
      status: 200,
      body: { ...pass, conversationSid, resumed: !created, ...clientOptions(config) },
    };
  },
});
