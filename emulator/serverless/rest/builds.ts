/** /Services/{ZS}/Builds. Source: openapi serverless_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formOf, found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { Build } from '../model';
import { toBuiltVersion } from './code';
import { MAX_PAGE_SIZE, serviceOf, V1, type ServerlessApi } from './routes';

export function buildRoutes(app: FastifyInstance, api: ServerlessApi): void {
  const { domain, accountSid } = api;
  const toJson = (build: Build): object => toBuild(build, accountSid);
  const buildOf = (request: FastifyRequest): Build =>
    found(domain.builds.find(serviceOf(request, api).sid, param(request, 'buildSid')), request);

  app.get('/Services/:serviceSid/Builds', (request, reply) => {
    const all = domain.builds.ofService(serviceOf(request, api).sid).reverse();
    reply.send(toPage('builds', all, toJson, pageOf(request, MAX_PAGE_SIZE)));
  });

  app.post('/Services/:serviceSid/Builds', (request, reply) => {
    const service = serviceOf(request, api);
    const form = formOf(request);
    const build = domain.builds.create(service.sid, {
      functionVersionSids: form.list('FunctionVersions'),
      assetVersionSids: form.list('AssetVersions'),
      dependencies: form.string('Dependencies'),
      runtime: form.string('Runtime'),
    });
    reply.code(201).send(toJson(build));
  });

  app.get('/Services/:serviceSid/Builds/:buildSid', (request, reply) => {
    reply.send(toJson(buildOf(request)));
  });

  app.delete('/Services/:serviceSid/Builds/:buildSid', (request, reply) => {
    domain.removeBuild(buildOf(request));
    reply.code(204).send();
  });

  app.get('/Services/:serviceSid/Builds/:buildSid/Status', (request, reply) => {
    const build = buildOf(request);
    reply.send({
      sid: build.sid,
      account_sid: accountSid,
      service_sid: build.serviceSid,
      status: build.status,
      url: `${urlOfBuild(build)}/Status`,
    });
  });
}

function urlOfBuild(build: Build): string {
  return `${V1}/Services/${build.serviceSid}/Builds/${build.sid}`;
}

function toBuild(build: Build, accountSid: string): object {
  const url = urlOfBuild(build);
  return {
    sid: build.sid,
    account_sid: accountSid,
    service_sid: build.serviceSid,
    asset_versions: build.assetVersions.map((version) => toBuiltVersion(version, accountSid)),
    function_versions: build.functionVersions.map((version) => toBuiltVersion(version, accountSid)),
    dependencies: build.dependencies,
    runtime: build.runtime,
    status: build.status,
    date_created: isoSeconds(build.dateCreated),
    date_updated: isoSeconds(build.dateUpdated),
    url,
    links: { build_status: `${url}/Status` },
  };
}
