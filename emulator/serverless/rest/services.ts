/** /Services. Source: openapi serverless_v1 */
import type { FastifyInstance } from 'fastify';
import { formOf, pageOf } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { Service } from '../model';
import { MAX_PAGE_SIZE, serviceOf, V1, type ServerlessApi } from './routes';

export function serviceRoutes(app: FastifyInstance, api: ServerlessApi): void {
  const { domain } = api;
  const toJson = (service: Service): object => toService(service, api);

  app.get('/Services', (request, reply) => {
    reply.send(toPage('services', domain.services.list(), toJson, pageOf(request, MAX_PAGE_SIZE)));
  });

  app.post('/Services', (request, reply) => {
    const form = formOf(request);
    const service = domain.services.create(form.required('UniqueName'), form.required('FriendlyName'), {
      includeCredentials: form.boolean('IncludeCredentials'),
      uiEditable: form.boolean('UiEditable'),
    });
    reply.code(201).send(toJson(service));
  });

  app.get('/Services/:serviceSid', (request, reply) => {
    reply.send(toJson(serviceOf(request, api)));
  });

  app.post('/Services/:serviceSid', (request, reply) => {
    const service = serviceOf(request, api);
    const form = formOf(request);
    domain.services.update(service, {
      friendlyName: form.string('FriendlyName'),
      includeCredentials: form.boolean('IncludeCredentials'),
      uiEditable: form.boolean('UiEditable'),
    });
    reply.send(toJson(service));
  });

  app.delete('/Services/:serviceSid', (request, reply) => {
    domain.removeService(serviceOf(request, api));
    reply.code(204).send();
  });
}

function toService(service: Service, { accountSid }: ServerlessApi): object {
  const url = `${V1}/Services/${service.sid}`;
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
