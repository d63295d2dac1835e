/**
 * POST /list-chats: a signed-in user's earlier chats that are over, the newest first.
 *
 * In      { token }
 * Out     200 { chats }
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended
 *         403 origin_not_allowed | 415 unsupported_content_type | 502 twilio_error | 503 twilio_unavailable
 *
 * Each of them is { conversationSid, startedAt, endedAt }; at most the last 49. The SDK reads their messages with the
 * same token. An anonymous visitor has none.
 *
 * @see https://www.twilio.com/docs/conversations/api/service-participant-conversation-resource
 */
import { array, isoTimestamp, object, pipe, string } from 'valibot';
import { pastChats } from '../assets/chat/earlier-chats.private';
import { defineFunction } from '../assets/http/define-function.private';
import { isVisitorIdentity } from '../assets/visitor/identity.private';

const time = () => pipe(string(), isoTimestamp());

export const handler = defineFunction({
  access: 'visitor',
  input: {},
  answer: () => ({
    chats: array(object({ conversationSid: string(), startedAt: time(), endedAt: time() })),
  }),

  async run({ pass: { identity }, twilio }) {
    const chats = isVisitorIdentity(identity) ? [] : await pastChats(twilio, identity);
    return { status: 200, body: { chats } };
  },
});
