/** /Services/{ZS}/Builds. Source: openapi serverless_v1 */
import type { FastifyInstance } from 'fastify';
import { found, param } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Build } from '../model';
import { toBuiltVersion } from './code';
import { MAX_PAGE_SIZE, serviceOf, serviceUrl, type ServerlessApi } from './paths';

export function buildRoutes(app: FastifyInstance, api: ServerlessApi): void {
  const { domain, accountSid } = api;
  const { builds } = domain;

  serveResources<Build>(app, {
    path: '/Services/:serviceSid/Builds',
    sid: 'buildSid',
    key: 'builds',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => builds.ofService(serviceOf(request, api).sid).reverse(),
    find: (sid, request) => builds.find(serviceOf(request, api).sid, sid),
    create: (form, request) =>
      builds.create(serviceOf(request, api).sid, {
        functionVersionSids: form.list('FunctionVersions'),
        assetVersionSids: form.list('AssetVersions'),
        dependencies: form.string('Dependencies'),
        runtime: form.string('Runtime'),
      }),
    remove: (build) => domain.removeBuild(build),
    toJson: (build) => toBuild(build, accountSid),
  });

  app.get('/Services/:serviceSid/Builds/:buildSid/Status', (request) => {
    const build = found(builds.find(serviceOf(request, api).sid, param(request, 'buildSid')), request);
    return {
      sid: build.sid,
      account_sid: accountSid,
      service_sid: build.serviceSid,
      status: build.status,
      url: `${urlOfBuild(build)}/Status`,
    };
  });
}

function urlOfBuild(build: Build): string {
  return `${serviceUrl(build.serviceSid)}/Builds/${build.sid}`;
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
