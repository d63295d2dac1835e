/** serverless-upload.twilio.com: new Versions, as multipart. Source: sdk @twilio-labs/serverless-api api/functions.js, api/assets.js */
import type { FastifyInstance } from 'fastify';
import { found, param } from '../../core/http-api';
import type { CodeKind } from '../model';
import { parseUpload } from '../multipart';
import { NAMES, toVersion } from './code';
import { serviceOf, type ServerlessApi } from './routes';

export function uploadRoutes(app: FastifyInstance, api: ServerlessApi, kind: CodeKind): void {
  const { code } = api.domain;
  if (!app.hasContentTypeParser('multipart/form-data')) {
    app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
  }

  app.post(`/Services/:serviceSid/${NAMES[kind].collection}/:codeSid/Versions`, (request, reply) => {
    const service = serviceOf(request, api);
    const resource = found(code.find(service.sid, kind, param(request, 'codeSid')), request);
    const version = code.upload(resource, parseUpload(request.body, request.headers['content-type']));
    reply.code(201).send(toVersion(version, api.accountSid));
  });
}
