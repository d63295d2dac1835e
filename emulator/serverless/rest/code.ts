/** /Services/{ZS}/Functions and /Assets with their Versions. Source: openapi serverless_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { found, param } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { CodeKind, CodeResource, Version } from '../model';
import { MAX_PAGE_SIZE, serviceOf, serviceUrl, type ServerlessApi } from './paths';

/** What the two kinds are called on the wire. */
export const NAMES = {
  function: {
    collection: 'Functions',
    list: 'functions',
    sid: 'function_sid',
    versions: 'function_versions',
  },
  asset: { collection: 'Assets', list: 'assets', sid: 'asset_sid', versions: 'asset_versions' },
} as const;

export function codeRoutes(app: FastifyInstance, api: ServerlessApi, kind: CodeKind): void {
  const { domain, accountSid } = api;
  const { code } = domain;
  const { collection, list, versions } = NAMES[kind];
  const resources = `/Services/:serviceSid/${collection}`;

  serveResources<CodeResource>(app, {
    path: resources,
    sid: 'codeSid',
    key: list,
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => code.ofService(serviceOf(request, api).sid, kind),
    find: (sid, request) => code.find(serviceOf(request, api).sid, kind, sid),
    create: (form, request) => code.create(serviceOf(request, api).sid, kind, form.required('FriendlyName')),
    update: (resource, form) => code.rename(resource, form.required('FriendlyName')),
    remove: (resource) => code.remove(resource),
    toJson: (resource) => toCode(resource, accountSid),
  });

  const findVersion = (wanted: string, request: FastifyRequest): Version | undefined =>
    code.versionsOf(codeOf(request, api, kind)).find(({ sid }) => sid === wanted);
  serveResources<Version>(app, {
    path: `${resources}/:codeSid/Versions`,
    sid: 'versionSid',
    key: versions,
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => code.versionsOf(codeOf(request, api, kind)).reverse(),
    find: findVersion,
    toJson: (version) => toVersion(version, accountSid),
  });

  if (kind === 'function') {
    app.get(`${resources}/:codeSid/Versions/:versionSid/Content`, (request) => {
      const version = found(findVersion(param(request, 'versionSid'), request), request);
      return {
        sid: version.sid,
        account_sid: accountSid,
        service_sid: version.serviceSid,
        function_sid: version.resourceSid,
        content: version.content.toString(),
        url: `${urlOfVersion(version)}/Content`,
      };
    });
  }
}

/** The Function or Asset that the path names. */
export function codeOf(request: FastifyRequest, api: ServerlessApi, kind: CodeKind): CodeResource {
  const { sid } = serviceOf(request, api);
  return found(api.domain.code.find(sid, kind, param(request, 'codeSid')), request);
}

export function toVersion(version: Version, accountSid: string): object {
  const url = urlOfVersion(version);
  return {
    ...toBuiltVersion(version, accountSid),
    visibility: version.visibility,
    url,
    ...(version.kind === 'function' ? { links: { function_version_content: `${url}/Content` } } : {}),
  };
}

/** As a Build lists its Versions: without url, and the visibility in capitals. Source: openapi (example of a Build) */
export function toBuiltVersion(version: Version, accountSid: string): object {
  return {
    sid: version.sid,
    account_sid: accountSid,
    service_sid: version.serviceSid,
    [NAMES[version.kind].sid]: version.resourceSid,
    path: version.path,
    visibility: version.visibility.toUpperCase(),
    date_created: isoSeconds(version.dateCreated),
  };
}

function urlOfVersion({ serviceSid, kind, resourceSid, sid }: Version): string {
  return `${serviceUrl(serviceSid)}/${NAMES[kind].collection}/${resourceSid}/Versions/${sid}`;
}

function toCode(code: CodeResource, accountSid: string): object {
  const { collection, versions } = NAMES[code.kind];
  const url = `${serviceUrl(code.serviceSid)}/${collection}/${code.sid}`;
  return {
    sid: code.sid,
    account_sid: accountSid,
    service_sid: code.serviceSid,
    friendly_name: code.friendlyName,
    date_created: isoSeconds(code.dateCreated),
    date_updated: isoSeconds(code.dateUpdated),
    url,
    links: { [versions]: `${url}/Versions` },
  };
}
