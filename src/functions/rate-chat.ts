/**
 * POST /rate-chat: the visitor's rating of the chat, once.
 *
 * In      { token, conversationSid, rating: 1 (worst) to 5, comment?: string of 1..500 characters }
 * Out     201 { rating }, or 200 with the existing rating
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended
 *         403 origin_not_allowed, conversation_not_yours
 *         415 unsupported_content_type | 502 twilio_error | 503 twilio_unavailable
 *
 * Meant for the end of a chat, and accepted at any time. The rating is stored in a separate Conversation named
 * `rating-<conversationSid>-<mac>`, because a closed Conversation cannot be changed.
 *
 * @see https://www.twilio.com/docs/api/errors/50377
 */
import { number, optional } from 'valibot';
import { rateChat } from '../assets/chat/rating.private';
import { defineFunction } from '../assets/http/define-function.private';
import { comment, rating } from '../assets/http/input.private';

export const handler = defineFunction({
  access: 'own-conversation',
  input: { rating, comment: optional(comment) },
  answer: () => ({ rating: number() }),

  async run({ input, conversation: { conversationSid }, twilio, note }) {
    const standing = await rateChat(twilio, conversationSid, input);
    note({ rating: standing.rating, created: standing.created });
    return { status: standing.created ? 201 : 200, body: { rating: standing.rating } };
  },
});
