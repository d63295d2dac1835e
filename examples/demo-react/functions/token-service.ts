/**
 * GET /token-service: an Access Token for a signed-in user, as the client of twilio-conversations-demo-react
 * requests it.
 *
 * In      the query: identity, the user's identity in Conversations; password, a userToken of the same user
 * Out     200 the token, as text
 * Fails   400 another parameter | 401 no such user | 403 the origin is not allowed | 500 settings; all as text
 *
 * A GET has no content type, and the client shows the text of a 401: that is why this is no `defineFunction`. The
 * password stands in a URL, so it must be one that soon expires: it is verified as /token verifies a userToken.
 *
 * @see https://github.com/twilio/twilio-conversations-demo-react
 */
import type { ServerlessFunctionSignature } from '@twilio-labs/serverless-runtime-types/types';
import { optional, string } from 'valibot';
import { requireConfig, type Context } from '../assets/http/define-handler.private';
import { ChatError, ERRORS, toChatError, type LogFacts } from '../assets/http/errors.private';
import { parseInput } from '../assets/http/input.private';
import { writeLog } from '../assets/http/log.private';
import { corsHeaders, isAllowedOrigin, originsFor, whyRejected } from '../assets/http/origins.private';
import { readRequest } from '../assets/http/request.private';
import type { Config } from '../assets/settings/config.private';
import { issueToken } from '../assets/visitor/access-token.private';
import { verifyUserToken } from '../assets/visitor/user-token.private';

const INPUT = { identity: optional(string()), password: optional(string()) };
const NO_SUCH_USER = 'Unknown user, or the sign-in has expired';

export const handler: ServerlessFunctionSignature = (context, event, callback) => {
  const exchange: Exchange = { allowedOrigin: undefined };
  let status = 200;
  let text: string;
  try {
    text = answer(context, event, exchange);
  } catch (error) {
    const { code, message, facts } = toChatError(error);
    ({ status } = ERRORS[code]);
    text = status === 401 ? NO_SUCH_USER : message;
    exchange.facts = { code, ...facts };
  }
  writeLog('call.answered', { function: context.PATH, status, ...exchange.facts });
  callback(null, toResponse(status, text, corsHeaders(exchange.allowedOrigin)));
};

interface Exchange {
  allowedOrigin: string | undefined;
  facts?: LogFacts;
}

function answer(context: Context, event: object, exchange: Exchange): string {
  const { origin, params } = readRequest(event, 'any');
  // Before the other settings, so that an allowed page can read the error about those.
  if (origin !== undefined && isAllowedOrigin(origin, originsFor(context))) exchange.allowedOrigin = origin;
  const config = requireConfig(context);
  if (origin !== exchange.allowedOrigin) {
    throw new ChatError('origin_not_allowed', { message: whyRejected(origin!) });
  }
  const { identity, password = '' } = parseInput(INPUT, params);
  return tokenFor(config, identity, password);
}

/**
 * To verify your users in another way, replace this: ask your site, and issue the token for the identity that
 * `toUserIdentity` makes of your ID. The identity in the request must never be the one that is issued.
 */
function tokenFor(config: Config, identity: string | undefined, password: string): string {
  const user = verifyUserToken(config, password);
  // The client takes the messages of this identity for the user's own.
  if (user.identity !== identity) throw new ChatError('invalid_user_token');
  return issueToken(config, user.identity, { profile: user.profile }).token;
}

function toResponse(status: number, text: string, headers: Record<string, string>) {
  const response = new Twilio.Response();
  response.setStatusCode(status);
  response.appendHeader('Content-Type', 'text/plain; charset=utf-8');
  response.appendHeader('Cache-Control', 'no-store');
  response.appendHeader('X-Content-Type-Options', 'nosniff');
  for (const [name, value] of Object.entries(headers)) response.appendHeader(name, value);
  response.setBody(text);
  return response;
}
