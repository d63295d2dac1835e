/** /Services/{ZS}/Functions and /Assets with their Versions. Source: openapi serverless_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formOf, found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { CodeKind, CodeResource, Version } from '../model';
import { MAX_PAGE_SIZE, serviceOf, V1, type ServerlessApi } from './routes';

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
  const { collection, list, versions } = NAMES[kind];
  const resources = `/Services/:serviceSid/${collection}`;
  const toJson = (code: CodeResource): object => toCode(code, accountSid);
  const codeOf = (request: FastifyRequest): CodeResource =>
    found(domain.code.find(serviceOf(request, api).sid, kind, param(request, 'codeSid')), request);
  const versionOf = (request: FastifyRequest): Version => {
    const all = domain.code.versionsOf(codeOf(request));
    return found(
      all.find(({ sid }) => sid === param(request, 'versionSid')),
      request,
    );
  };

  app.get(resources, (request, reply) => {
    const all = domain.code.ofService(serviceOf(request, api).sid, kind);
    reply.send(toPage(list, all, toJson, pageOf(request, MAX_PAGE_SIZE)));
  });

  app.post(resources, (request, reply) => {
    const service = serviceOf(request, api);
    const code = domain.code.create(service.sid, kind, formOf(request).required('FriendlyName'));
    reply.code(201).send(toJson(code));
  });

  app.get(`${resources}/:codeSid`, (request, reply) => {
    reply.send(toJson(codeOf(request)));
  });

  app.post(`${resources}/:codeSid`, (request, reply) => {
    const code = codeOf(request);
    domain.code.rename(code, formOf(request).required('FriendlyName'));
    reply.send(toJson(code));
  });

  app.delete(`${resources}/:codeSid`, (request, reply) => {
    domain.code.remove(codeOf(request));
    reply.code(204).send();
  });

  app.get(`${resources}/:codeSid/Versions`, (request, reply) => {
    const all = domain.code.versionsOf(codeOf(request)).reverse();
    const json = (version: Version): object => toVersion(version, accountSid);
    reply.send(toPage(versions, all, json, pageOf(request, MAX_PAGE_SIZE)));
  });

  app.get(`${resources}/:codeSid/Versions/:versionSid`, (request, reply) => {
    reply.send(toVersion(versionOf(request), accountSid));
  });

  if (kind === 'function') {
    app.get(`${resources}/:codeSid/Versions/:versionSid/Content`, (request, reply) => {
      const version = versionOf(request);
      reply.send({
        sid: version.sid,
        account_sid: accountSid,
        service_sid: version.serviceSid,
        function_sid: version.resourceSid,
        content: version.content.toString(),
        url: `${urlOfVersion(version)}/Content`,
      });
    });
  }
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
  return `${V1}/Services/${serviceSid}/${NAMES[kind].collection}/${resourceSid}/Versions/${sid}`;
}

function toCode(code: CodeResource, accountSid: string): object {
  const { collection, versions } = NAMES[code.kind];
  const url = `${V1}/Services/${code.serviceSid}/${collection}/${code.sid}`;
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
