/** /Services/{ZS}/Environments. Source: openapi serverless_v1 */
import type { FastifyInstance } from 'fastify';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Environment } from '../model';
import { environmentUrl, MAX_PAGE_SIZE, serviceOf, type ServerlessApi } from './paths';

export function environmentRoutes(app: FastifyInstance, api: ServerlessApi): void {
  const { domain, accountSid } = api;
  const { environments } = domain;

  serveResources<Environment>(app, {
    path: '/Services/:serviceSid/Environments',
    sid: 'environmentSid',
    key: 'environments',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => environments.ofService(serviceOf(request, api).sid),
    find: (sid, request) => environments.find(serviceOf(request, api).sid, sid),
    create: (form, request) =>
      environments.create(serviceOf(request, api), form.required('UniqueName'), form.string('DomainSuffix')),
    remove: (environment) => domain.removeEnvironment(environment),
    toJson: (environment) => toEnvironment(environment, accountSid),
  });
}

function toEnvironment(environment: Environment, accountSid: string): object {
  const url = environmentUrl({ serviceSid: environment.serviceSid, environmentSid: environment.sid });
  return {
    sid: environment.sid,
    account_sid: accountSid,
    service_sid: environment.serviceSid,
    build_sid: environment.buildSid,
    unique_name: environment.uniqueName,
    domain_suffix: environment.domainSuffix,
    domain_name: environment.domainName,
    date_created: isoSeconds(environment.dateCreated),
    date_updated: isoSeconds(environment.dateUpdated),
    url,
    links: { variables: `${url}/Variables`, deployments: `${url}/Deployments`, logs: `${url}/Logs` },
  };
}
