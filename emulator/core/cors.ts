/**
 * Pages that call Twilio's hosts from a browser: Twilio answers their preflights without credentials, and names their
 * origin. Pages that may not call at all have been refused before (callers.ts). Source: openapi (the header fields of every answer); sdk @twilio/flex-sdk and Flex UI send such calls.
 */
import type { FastifyInstance } from 'fastify';
import { hostOf } from './twilio-address';

const METHODS = 'GET, POST, PUT, DELETE, OPTIONS';
/** What pages may read besides the body. Guess: what Flex UI reads. */
const EXPOSED_HEADERS = 'ETag';
const MAX_AGE_SECONDS = 600;

/** Before everything else: a preflight has no credentials, and is not a call of Twilio's API. */
export function allowPages(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    if (origin === undefined || hostOf(request.url) === undefined) return done();
    reply.headers({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': EXPOSED_HEADERS,
      vary: 'Origin',
    });
    if (request.method !== 'OPTIONS') return done();
    reply
      .code(204)
      .headers({
        'access-control-allow-methods': METHODS,
        'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '',
        'access-control-max-age': MAX_AGE_SECONDS,
      })
      .send();
  });
}
