/**
 * POST /refreshToken: a later token for the visitor, as the client of twilio-webchat-react-app requests it.
 *
 * In      { token }
 * Out     200 { token, expiration }
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended, user_token_required
 *         403 origin_not_allowed | 415 unsupported_content_type
 *
 * `expiration` is in milliseconds since the Unix epoch. The renewal is that of /token, but an expired token is not
 * renewed: the client never sends one.
 *
 * @see https://github.com/twilio/twilio-webchat-react-app
 */
import { number, string } from 'valibot';
import { defineFunction } from '../assets/http/define-function.private';
import { ChatError } from '../assets/http/errors.private';
import { admit } from '../assets/visitor/admission.private';
import { isVisitorIdentity } from '../assets/visitor/identity.private';

export const handler = defineFunction({
  access: 'visitor',
  input: {},
  answer: () => ({ token: string(), expiration: number() }),

  async run({ input, pass, config }) {
    // The host site decides how long a signed-in user's session lasts: it signs a new userToken.
    if (!isVisitorIdentity(pass.identity)) throw new ChatError('user_token_required');
    const { token, expiresAt } = (await admit(config, { token: input.token })).pass;
    return { status: 200, body: { token, expiration: Date.parse(expiresAt) } };
  },
});
