/**
 * Media over plain HTTP, past the SDK's tunnel: upload, metadata, sets, and the bytes themselves.
 * Source: sdk @twilio/mcs-client/dist, docs https://www.twilio.com/docs/conversations/media-support-conversations
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { ConversationsDomain } from '../../domain';
import type { Clock } from '../../../core/clock';
import { invalidParameter, TwilioError } from '../../../core/errors';
import { found } from '../../../core/http-api';
import type { AccessTokens } from '../../../iam/access-tokens';
import { addressFor } from '../../../core/twilio-address';
import type { Routing } from '../../../core/routing';
import { MEDIA_HOST, TEMPORARY_LINK_HOST } from '../hosts';
import { callerOf, type Caller } from './caller';
import { BYTES_PER_MB, MAX_ATTACHMENT_MB } from '../limits';
import { mediaJson } from './media-json';
import type { Media } from '../library';
import { TemporaryLinks } from './temporary-links';
import { parseUpload } from './upload';

const SERVICE = `/${MEDIA_HOST}/v1/Services/:serviceSid`;
/** Above the limit of the content: a form has lines around its file. */
const MAX_REQUEST_BYTES = (MAX_ATTACHMENT_MB + 1) * BYTES_PER_MB;

const MediaSet = v.object({
  command: v.literal('get'),
  list: v.array(v.object({ media_sid: v.string() })),
});

interface MediaApi {
  domain: ConversationsDomain;
  clock: Clock;
  accessTokens: AccessTokens;
}

export function registerMedia(http: Routing, { domain, clock, accessTokens }: MediaApi): void {
  const links = new TemporaryLinks(clock);
  const config = { credentials: 'accessToken' } as const;
  const caller = (request: FastifyRequest): Caller => callerOf(request, domain, accessTokens);

  /** A missing file and another uploader's get the same answer. */
  const readable = (request: FastifyRequest): Media => {
    const { mayRead } = caller(request);
    const { serviceSid, mediaSid } = request.params as { serviceSid: string; mediaSid: string };
    const media = domain.media.find(serviceSid, mediaSid);
    return found(media && mayRead(media) ? media : undefined, request);
  };
  const toJson = (media: Media, request: FastifyRequest): object =>
    mediaJson(media, links.sign(media.sid), (host) => addressFor(request, host));

  http.serve(SERVICE, (mcs) => {
    mcs.removeAllContentTypeParsers();
    mcs.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    mcs.post('/Media', { config, bodyLimit: MAX_REQUEST_BYTES }, async (request, reply) => {
      const { author } = caller(request);
      const upload = await parseUpload(request.body, request.headers['content-type'], queryOf(request));
      const { serviceSid } = request.params as { serviceSid: string };
      return reply.code(201).send(toJson(domain.media.add(serviceSid, author, upload), request));
    });

    mcs.get('/Media/:mediaSid', { config }, (request, reply) =>
      reply.send(toJson(readable(request), request)),
    );

    mcs.get('/Media/:mediaSid/Content', { config }, (request, reply) =>
      sendContent(readable(request), reply),
    );

    mcs.post('/MediaSet', { config }, (request, reply) => {
      const { mayRead } = caller(request);
      const { serviceSid } = request.params as { serviceSid: string };
      const answers = parseSet(request.body).map((sid) => {
        const media = domain.media.find(serviceSid, sid);
        return media && mayRead(media)
          ? { code: 200, media_record: toJson(media, request) }
          : { code: 404, media_record: { sid } };
      });
      return reply.send(answers);
    });
  });

  http.serve(`/${TEMPORARY_LINK_HOST}`, (content) => {
    content.get('/:mediaSid', { config: { credentials: 'none' } }, (request, reply) => {
      const { mediaSid } = request.params as { mediaSid: string };
      const media = domain.media.get(mediaSid);
      // Guess: the answer to an expired link.
      if (!media || !links.isGood(mediaSid, queryOf(request))) {
        throw new TwilioError(403, 20403, 'The link has expired');
      }
      return sendContent(media, reply);
    });
  });
}

/** The agent desk has the same origin: what visitors upload must not run there. */
function sendContent({ content, contentType, filename }: Media, reply: FastifyReply): FastifyReply {
  return reply
    .headers({
      'content-type': contentType,
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(filename ?? 'media')}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    .send(content);
}

function parseSet(body: unknown): string[] {
  let json: unknown;
  try {
    json = JSON.parse(String(body));
  } catch {
    throw invalidParameter('The body is not valid JSON');
  }
  const result = v.safeParse(MediaSet, json);
  if (!result.success) throw invalidParameter(v.summarize(result.issues));
  return result.output.list.map(({ media_sid: sid }) => sid);
}

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(request.url.split('?')[1]);
}
