/**
 * POST /create-conversation: the visitor's Conversation (Flex guide, step 2.1).
 *
 * In      { token, friendlyName?: string of 1..256 characters, preChat?: flat object of strings }
 * Out     201 { conversationSid, state }, or 200 when the visitor already has an open one
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended
 *         403 origin_not_allowed | 409 closed_now | 415 unsupported_content_type | 429 too_many_starts
 *         502 twilio_error | 503 twilio_unavailable
 *
 * `friendlyName` is what agents see. It and `preChat` become `pre_engagement_data` in the Conversation's attributes;
 * those of an open Conversation are not changed. An inactive Conversation is made active again.
 *
 * @see https://www.twilio.com/docs/conversations/api/conversation-resource
 */
import { optional, string } from 'valibot';
import { chatDetails } from '../assets/chat/conversation-attributes.private';
import { reactivate } from '../assets/chat/conversation.private';
import { createConversation } from '../assets/chat/create.private';
import { nameUser } from '../assets/chat/user-name.private';
import { defineFunction } from '../assets/http/define-function.private';
import { friendlyName, preChat } from '../assets/http/input.private';
import { together } from '../assets/twilio/together.private';

export const handler = defineFunction({
  access: 'visitor',
  input: { friendlyName: optional(friendlyName), preChat: optional(preChat) },
  answer: () => ({ conversationSid: string(), state: string() }),

  async run({ input, pass: { identity }, profile, twilio, requestId, note }) {
    const details = chatDetails(input, profile);
    const [conversation] = await together([
      createConversation(twilio, identity, details, requestId),
      nameUser(twilio, identity, details.friendlyName),
    ]);
    const { conversationSid, created } = conversation;
    note({ conversationSid, created });
    const state = await reactivate(twilio, conversation);
    return { status: created ? 201 : 200, body: { conversationSid, state } };
  },
});
