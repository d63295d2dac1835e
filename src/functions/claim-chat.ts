/**
 * POST /claim-chat: an anonymous visitor has signed in, and the open chat becomes the user's.
 *
 * In      { token: of the anonymous visitor, userToken: of the user, conversationSid }
 * Out     200 { token, identity, expiresAt, conversationSid, maxMessageChars, openHours?, clientOptions? }
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended, invalid_user_token
 *         403 origin_not_allowed, conversation_not_yours | 409 conversation_closed, conversation_full, chat_not_claimable
 *         415 unsupported_content_type | 502 twilio_error | 503 twilio_unavailable
 *
 * Conversation, Task and messages stay; the anonymous token has no access to them afterwards. The response has the
 * user's token. Safe to repeat. The first user who claims a chat gets it.
 *
 * @see https://www.twilio.com/docs/conversations/api/conversation-resource
 */
import { string } from 'valibot';
import { claimChat } from '../assets/chat/claim.private';
import { chatTerms, chatTermsEntries } from '../assets/chat/terms.private';
import { defineFunction } from '../assets/http/define-function.private';
import * as fields from '../assets/http/input.private';
import { issueToken, passEntries } from '../assets/visitor/access-token.private';
import { clientOptions, clientOptionsEntries } from '../assets/visitor/client-options.private';
import { verifyUserToken } from '../assets/visitor/user-token.private';

export const handler = defineFunction({
  access: 'visitor',
  input: { userToken: fields.token, conversationSid: fields.conversationSid },
  answer: () => ({
    ...passEntries(),
    conversationSid: string(),
    ...chatTermsEntries(),
    ...clientOptionsEntries(),
  }),

  async run({ input: { userToken, conversationSid }, pass, twilio, config, note }) {
    const { identity, profile } = verifyUserToken(config, userToken);
    const claim = { conversationSid, visitor: pass.identity, user: identity, profile };
    note({ conversationSid, ...(await claimChat(twilio, claim)) });
    const issued = issueToken(config, identity, { profile });
    return {
      status: 200,
      body: { ...issued, conversationSid, ...chatTerms(config), ...clientOptions(config) },
    };
  },
});
