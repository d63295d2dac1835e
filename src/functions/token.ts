/**
 * POST /token: an Access Token for the SDK and for the other Functions (Flex guide, step 1).
 *
 * In      {} or { humanCheck } for a new anonymous visitor, { token } to renew that token,
 *         { userToken } for a signed-in user; each with platform? for push notifications
 * Out     200 { token, identity, expiresAt, maxMessageChars, openHours?, clientOptions? }
 * Fails   400 invalid_request | 401 invalid_token, session_ended, invalid_user_token,
 *         user_token_required | 403 origin_not_allowed, human_check_failed
 *         415 unsupported_content_type | 503 human_check_unavailable
 *
 * The identity is created here and never taken from the request. `clientOptions` is the second argument of the SDK's
 * `new Client(token, clientOptions)`, and present only against the emulator.
 *
 * @see https://www.twilio.com/docs/iam/access-tokens
 */
import { chatTerms, chatTermsEntries } from '../assets/chat/terms.private';
import { defineFunction } from '../assets/http/define-function.private';
import { ChatError } from '../assets/http/errors.private';
import { passEntries } from '../assets/visitor/access-token.private';
import { clientOptions, clientOptionsEntries } from '../assets/visitor/client-options.private';
import { isVisitorIdentity } from '../assets/visitor/identity.private';

export const handler = defineFunction({
  access: 'newcomer',
  input: {},
  answer: () => ({ ...passEntries(), ...chatTermsEntries(), ...clientOptionsEntries() }),

  async run({ input, pass, config }) {
    // The host site decides how long a signed-in user's session lasts: it signs a new userToken.
    if (input.token !== undefined && !isVisitorIdentity(pass.identity)) {
      throw new ChatError('user_token_required');
    }
    return { status: 200, body: { ...pass, ...chatTerms(config), ...clientOptions(config) } };
  },
});
