/**
 * The deployed domains: `/<name>-1234-dev.twil.io/<path>` on the emulator's port, and through its proxy
 * https://<name>-1234-dev.twil.io/<path>, with the rules of Twilio's Functions gateway.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound, TwilioError } from '../../core/errors';
import { createSid } from '../../core/sids';
import type { Routing } from '../../core/routing';
import type { ServerlessDomain } from '../domain';
import type { Live, Version } from '../model';
import type { Answer } from './message';
import { checkHeaders, checkSignature, toEvent } from './request';
import type { ServerlessRuntime } from './runtime';

export function registerDeployments(
  http: Routing,
  domain: ServerlessDomain,
  runtime: ServerlessRuntime,
  authToken: string,
): void {
  http.serve('', (scoped) => {
    // Bodies stay bytes: a signature is made over them, and a Function sees only some kinds of them.
    scoped.removeAllContentTypeParsers();
    scoped.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scoped.all('/:domain(^[a-z0-9_-]+\\.twil\\.io$)/*', async (request, reply) => {
      const { domain: name, '*': rest } = request.params as { domain: string; '*': string };
      const path = `/${rest}`;
      const live = domain.live(name);
      if (!live) throw notFound(path);
      if (request.method === 'OPTIONS') return preflight(reply);
      checkHeaders(request.raw.rawHeaders, 'Request');
      const version = findVersion(live, path);
      if (version.visibility === 'protected') {
        checkSignature(request, `https://${name}${request.url.slice(name.length + 1)}`, authToken);
      }
      if (version.kind === 'asset') return sendAsset(request, reply, version);
      checkVerb(request);
      const answer = await runtime.invoke(live, version, {
        event: toEvent(request),
        requestSid: createSid('RQ'),
      });
      return sendAnswer(reply, answer);
    });
  });
}

/** Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions/headers-and-cookies/limitations. Guess: status, methods. */
function preflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(200)
    .headers({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
    })
    .send();
}

/** Private Functions and Assets have no URL. Guess: the answer is the same as for a missing one. */
function findVersion({ build }: Live, path: string): Version {
  const version = [...build.functionVersions, ...build.assetVersions].find(
    (candidate) => candidate.path === path,
  );
  if (!version || version.visibility === 'private') throw notFound(path);
  return version;
}

/** Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow. Guess: 405 for other verbs, and the codes. */
function checkVerb(request: FastifyRequest): void {
  if (request.method !== 'GET' && request.method !== 'POST') {
    throw new TwilioError(405, 20004, `Functions answer GET, POST and OPTIONS, not ${request.method}`);
  }
  if (request.method === 'GET' && (request.body as Buffer | undefined)?.length) {
    throw new TwilioError(403, 20001, 'A GET request must not have a body');
  }
}

function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  { content, contentType }: Version,
): FastifyReply {
  if (request.method !== 'GET') throw new TwilioError(405, 20004, 'Assets answer GET');
  return reply.type(contentType).send(content);
}

function sendAnswer(reply: FastifyReply, { status, headers, type, body }: Answer): FastifyReply {
  checkHeaders(
    Object.entries(headers).flatMap(([name, value]) => [value].flat().flatMap((one) => [name, String(one)])),
    'Response',
  );
  reply.code(status).type(type);
  for (const [name, value] of Object.entries(headers)) reply.header(name, value);
  return reply.send(body instanceof Uint8Array ? Buffer.from(body) : body);
}
