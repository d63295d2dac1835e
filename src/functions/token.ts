/**
 * POST /token: an Access Token for the SDK and for the other Functions (Flex guide, step 1).
 *
 * In      {} for a new anonymous visitor, or { token } to renew an anonymous visitor's
 * Out     200 { token, identity, expiresAt, clientOptions? }
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended, user_token_required
 *         403 origin_not_allowed | 415 unsupported_content_type
 *
 * The identity is made here and never taken from the request. `clientOptions` is the second argument of the SDK's
 * `new Client(token, clientOptions)`, and only there against the emulator.
 *
 * @see https://www.twilio.com/docs/iam/access-tokens
 */
import type * as Define from '../assets/define-function.private';
import type * as Errors from '../assets/errors.private';
import type * as Sdk from '../assets/client-options.private';

const { defineFunction } = require(Runtime.getAssets()['/define-function.js']!.path) as typeof Define;
const { ChatError } = require(Runtime.getAssets()['/errors.js']!.path) as typeof Errors;
const { clientOptions } = require(Runtime.getAssets()['/client-options.js']!.path) as typeof Sdk;

export const handler = defineFunction({
  access: 'newcomer',
  input: {},

  async run({ input, pass, config }) {
    // A known user's token comes back as it is, and so it cannot be renewed: the host site signs a new userToken.
    if (pass.token === input.token) throw new ChatError('user_token_required');
    return { status: 200, body: { ...pass, ...clientOptions(config) } };
  },
});
