/**
 * Shared by every handler, for visitors and for Twilio: one callback, the shape of errors, one log line per call, and
 * the Twilio client on demand.
 */
import { randomUUID } from 'node:crypto';
import type { ServerlessFunctionSignature } from '@twilio-labs/serverless-runtime-types/types';
import { loadConfig, type Config } from '../settings/config.private';
import type { TwilioCalls, TwilioClientSource } from '../twilio/client.private';
import type { Pass } from '../visitor/access-token.private';
import { ChatError, ERRORS, toChatError, type LogFacts } from './errors.private';
import { writeLog } from './log.private';
import { corsHeaders } from './origins.private';

export interface Answer<Body extends object = object> {
  status: 200 | 201;
  body: Body;
}

export type Context = Parameters<ServerlessFunctionSignature>[0];

export interface Exchange {
  /** On the clock of `performance`. */
  startedAtMs: number;
  requestId: string;
  allowedOrigin: string | undefined;
  /** Set when this call created a new visitor. */
  newPass?: Pass;
  facts: LogFacts;
}

/**
 * The handler is a plain function that settles through `callback` exactly once: the runtimes do not wait for a promise,
 * answer a rejection with its stack, and crash on a second callback.
 */
export function defineHandler(
  respond: (context: Context, event: object, exchange: Exchange) => Promise<Answer>,
): ServerlessFunctionSignature {
  return (context, event, callback) => {
    const exchange: Exchange = {
      startedAtMs: performance.now(),
      requestId: randomUUID(),
      allowedOrigin: undefined,
      facts: {},
    };
    void respond(context, event, exchange)
      .then(
        (answer) => ({ ...answer, headers: {} }),
        (error: unknown) => toFailure(toChatError(error), exchange),
      )
      .then(({ status, body, headers }) => {
        writeLog('call.answered', {
          function: context.PATH,
          status,
          durationMs: Math.round(performance.now() - exchange.startedAtMs),
          requestId: exchange.requestId,
          ...exchange.facts,
        });
        callback(null, toResponse(status, body, { ...corsHeaders(exchange.allowedOrigin), ...headers }));
      });
  };
}

/** The settings. Throws `misconfigured` with all problems in its facts. */
export function requireConfig(context: Context): Config {
  const loaded = loadConfig(context);
  if ('config' in loaded) return loaded.config;
  throw new ChatError('misconfigured', {
    facts: { problems: loaded.problems.map(({ message }) => message) },
  });
}

/** Loaded on demand: twilio-node's HTTP stack is most of a cold start, and /token never needs it. */
export function createCalls(context: Context, config: Config, { startedAtMs }: Exchange): TwilioCalls {
  const { createTwilioCalls } =
    require('../twilio/client.private') as typeof import('../twilio/client.private');
  return createTwilioCalls(context as unknown as TwilioClientSource, config, startedAtMs);
}

/**
 * If the start can be retried, the response contains the new visitor's token: a new token would have a new identity,
 * and what this call created would be lost.
 */
function toFailure(error: ChatError, { requestId, newPass, facts }: Exchange) {
  const { code, message, retryAfterSeconds, answer } = error;
  const { status, retryable } = ERRORS[code];
  Object.assign(facts, { code, ...error.facts });
  return {
    status,
    body: { error: { code, message, retryable, requestId, ...answer }, ...(retryable && newPass) },
    headers: (retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }) as Record<
      string,
      string
    >,
  };
}

function toResponse(status: number, body: object, headers: Record<string, string>) {
  const response = new Twilio.Response();
  response.setStatusCode(status);
  response.appendHeader('Content-Type', 'application/json');
  // Responses contain tokens.
  response.appendHeader('Cache-Control', 'no-store');
  response.appendHeader('X-Content-Type-Options', 'nosniff');
  for (const [name, value] of Object.entries(headers)) response.appendHeader(name, value);
  response.setBody(body);
  return response;
}
