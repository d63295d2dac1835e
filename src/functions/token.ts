/**
 * POST /token: an Access Token for the SDK and for the other Functions (Flex guide, step 1).
 *
 * In      {} or { humanCheck } for a new anonymous visitor, { token } to renew one's token,
 *         { userToken } for a user that the host site knows
 * Out     200 { token, identity, expiresAt, clientOptions? }
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended, invalid_user_token,
 *         user_token_required | 403 origin_not_allowed, human_check_failed
 *         415 unsupported_content_type | 503 human_check_unavailable
 *
 * The identity is made here and never taken from the request. `clientOptions` is the second argument of the SDK's
 * `new Client(token, clientOptions)`, and only there against the emulator.
 *
 * @see https://www.twilio.com/docs/iam/access-tokens
 */
import type * as Define from '../assets/define-function.private';
import type * as Errors from '../assets/errors.private';
import type * as Identity from '../assets/identity.private';
import type * as Sdk from '../assets/client-options.private';

const { defineFunction } = require(Runtime.getAssets()['/define-function.js']!.path) as typeof Define;
const { ChatError } = require(Runtime.getAssets()['/errors.js']!.path) as typeof Errors;
const { isVisitorIdentity } = require(Runtime.getAssets()['/identity.js']!.path) as typeof Identity;
const { clientOptions } = require(Runtime.getAssets()['/client-options.js']!.path) as typeof Sdk;

export const handler = defineFunction({
  access: 'newcomer',
  input: {},

  async run({ input, pass, config }) {
    // How long a known user stays is the host site's to say: it signs a new userToken.
    if (input.token !== undefined && !isVisitorIdentity(pass.identity)) {
      throw new ChatError('user_token_required');
    }
    return { status: 200, body: { ...pass, ...clientOptions(config) } };
  },
});
