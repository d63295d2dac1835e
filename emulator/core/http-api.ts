/**
 * Twilio's REST hosts on one port: the host is the first segment of the path, so that one address serves all products.
 * Products add plain Fastify routes below their hosts; this file gives them Twilio's auth, forms and errors.
 */
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { allowPages } from './cors';
import { notFound, notServed, TwilioError, unauthorized } from './errors';
import { observeRequests, type Observers } from './fault-injection';
import { Form } from './form';
import { recordCalls } from './recording';
import { listRoutes } from './routes';
import { Routing } from './routing';
import { hostOf, pathOf, urlOf } from './twilio-address';
import type { PageRequest } from './wire';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Other credentials that a route accepts instead of the account's; it checks them itself. */
    credentials?: 'accessToken' | 'none';
  }
}

/** Whether a caller with these credentials may call this host. */
type Admits = (username: string, password: string, host: string) => boolean;

/** Above anything Twilio takes (attributes 16 KB, bodies 32 KB, Flow definitions and uploads are larger). */
const MAX_REQUEST_BYTES = 32 * 1024 * 1024;

/** An identity of 256 characters, each percent-encoded in UTF-8. Fastify's own limit of 100 would make it a 404. */
const MAX_PATH_SEGMENT_CHARS = 256 * 12;

export function createHttpApi(admits: Admits, observers: Observers): Routing {
  return new Routing(() => createApp(admits, observers));
}

function createApp(admits: Admits, observers: Observers): FastifyInstance {
  const app = fastify({
    bodyLimit: MAX_REQUEST_BYTES,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PATH_SEGMENT_CHARS },
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(body as string)),
  );
  listRoutes(app);
  allowPages(app);
  observeRequests(app, observers);
  recordCalls(app);
  app.addHook('onRequest', (request, _reply, done) => {
    const host = request.journalEntry?.host;
    const isRefused =
      host !== undefined && !admits(...credentialsOf(request), host) && !bringsOthers(request);
    done(isRefused ? unauthorized() : undefined);
  });
  app.setErrorHandler((error, request, reply) => {
    const answer = toTwilioError(error, request);
    return reply.code(answer.status).send(answer.toBody());
  });
  app.setNotFoundHandler((request, reply) => {
    const error = hostOf(request.url) ? notServed(`${request.method} ${request.url}`) : notFound(request.url);
    return reply.code(error.status).send(error.toBody());
  });
  return app;
}

/** The request's parameters. Twilio's creates and updates are forms; anything else counts as an empty one. */
export function formOf(request: FastifyRequest): Form {
  return new Form(request.body instanceof URLSearchParams ? request.body : new URLSearchParams());
}

/** The parameters of a list: Twilio takes them in the query, under the same names. */
export function queryOf(request: FastifyRequest): Form {
  return new Form(new URLSearchParams(request.url.split('?')[1] ?? ''));
}

export function pageOf(request: FastifyRequest, maxPageSize: number): PageRequest {
  return { url: urlOf(request), query: new URLSearchParams(request.url.split('?')[1] ?? ''), maxPageSize };
}

/** One segment of the path, by the name it has in the route. */
export function param(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string>)[name]!;
}

/** The resource, or Twilio's 20404 for this path. */
export function found<Resource>(resource: Resource | undefined, request: FastifyRequest): Resource {
  if (resource === undefined) throw notFound(pathOf(request));
  return resource;
}

/** Credentials that are not the account's. */
function bringsOthers({ routeOptions, headers }: FastifyRequest): boolean {
  const { credentials } = routeOptions.config;
  return credentials === 'none' || (credentials === 'accessToken' && headers['x-twilio-token'] !== undefined);
}

/**
 * Basic auth: the Account SID and Auth Token, an API key and its secret, or `token` and an agent's Access Token. Flex UI
 * sends that token in a header of its own, too. Source: sdk @twilio/flex-sdk, which ends its Basic header with a stray
 * character: base64 ends before it.
 */
function credentialsOf({ headers }: FastifyRequest): [username: string, password: string] {
  const flexToken = headers['x-flex-jwe'];
  if (typeof flexToken === 'string') return ['token', flexToken];
  const encoded = /^Basic ([A-Za-z0-9+/=_-]+)/i.exec(headers.authorization ?? '')?.[1] ?? '';
  const decoded = Buffer.from(encoded, 'base64').toString();
  const colon = decoded.indexOf(':');
  return colon > 0 ? [decoded.slice(0, colon), decoded.slice(colon + 1)] : ['', ''];
}

function toTwilioError(error: unknown, request: FastifyRequest): TwilioError {
  if (error instanceof TwilioError) return error;
  const status = (error as { statusCode?: number }).statusCode;
  if (status !== undefined && status >= 400 && status < 500) {
    return new TwilioError(status, 20001, (error as Error).message);
  }
  process.stderr.write(`emulator: ${request.method} ${request.url}: ${(error as Error).stack}\n`);
  return new TwilioError(500, 20500, 'The emulator failed; its log says why');
}
