/** serverless-upload.twilio.com: new Versions, as multipart. Source: sdk @twilio-labs/serverless-api api/functions.js, api/assets.js */
import type { FastifyInstance } from 'fastify';
import { invalidParameter } from '../../core/errors';
import { isMultipart, parseMultipart } from '../../core/multipart';
import type { Upload } from '../code';
import { codeOf, NAMES, toVersion } from './code';
import type { ServerlessApi } from './paths';

export function uploadRoutes(app: FastifyInstance, api: ServerlessApi): void {
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  for (const kind of ['function', 'asset'] as const) {
    const path = `/Services/:serviceSid/${NAMES[kind].collection}/:codeSid/Versions`;
    app.post(path, async (request, reply) => {
      const resource = codeOf(request, api, kind);
      const upload = await parseUpload(request.body, request.headers['content-type']);
      reply.code(201);
      return toVersion(api.domain.code.upload(resource, upload), api.accountSid);
    });
  }
}

/** A Version's Path and Visibility, which are text, and its Content, which is a file. */
async function parseUpload(body: unknown, contentType: string | undefined): Promise<Upload> {
  if (!isMultipart(contentType) || !Buffer.isBuffer(body))
    throw invalidParameter('A Version is uploaded as multipart/form-data');
  const form = await parseMultipart(body, contentType);
  const need = (name: string): string | File => {
    const value = form.get(name);
    if (value === null) throw invalidParameter(`Missing required parameter ${name}`);
    return value;
  };
  const content = need('Content');
  return {
    path: String(need('Path')),
    visibility: String(need('Visibility')),
    content: typeof content === 'string' ? Buffer.from(content) : Buffer.from(await content.arrayBuffer()),
    // Guess: the type of a Content without one.
    contentType: (typeof content === 'string' ? '' : content.type) || 'text/plain',
  };
}
