/** /Services. Source: openapi serverless_v1 */
import type { FastifyInstance } from 'fastify';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Service } from '../model';
import { MAX_PAGE_SIZE, serviceUrl, type ServerlessApi } from './paths';

export function serviceRoutes(app: FastifyInstance, api: ServerlessApi): void {
  const { domain } = api;
  const { services } = domain;

  serveResources<Service>(app, {
    path: '/Services',
    sid: 'serviceSid',
    key: 'services',
    maxPageSize: MAX_PAGE_SIZE,
    list: () => services.list(),
    find: (sidOrName) => services.find(sidOrName),
    create: (form) =>
      services.create(form.required('UniqueName'), form.required('FriendlyName'), {
        includeCredentials: form.boolean('IncludeCredentials'),
        uiEditable: form.boolean('UiEditable'),
      }),
    update: (service, form) =>
      services.update(service, {
        friendlyName: form.string('FriendlyName'),
        includeCredentials: form.boolean('IncludeCredentials'),
        uiEditable: form.boolean('UiEditable'),
      }),
    remove: (service) => domain.removeService(service),
    toJson: (service) => toService(service, api),
  });
}

function toService(service: Service, { accountSid }: ServerlessApi): object {
  const url = serviceUrl(service.sid);
  return {
    sid: service.sid,
    account_sid: accountSid,
    friendly_name: service.friendlyName,
    unique_name: service.uniqueName,
    include_credentials: service.includeCredentials,
    ui_editable: service.uiEditable,
    domain_base: service.domainBase,
    date_created: isoSeconds(service.dateCreated),
    date_updated: isoSeconds(service.dateUpdated),
    url,
    links: {
      environments: `${url}/Environments`,
      functions: `${url}/Functions`,
      assets: `${url}/Assets`,
      builds: `${url}/Builds`,
    },
  };
}
