/** /Services/{ZS}/Environments/{ZE}/Variables. Source: openapi serverless_v1 */
import type { FastifyInstance } from 'fastify';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Environment, Variable } from '../model';
import { environmentOf, environmentUrl, MAX_PAGE_SIZE, type ServerlessApi } from './paths';

export function variableRoutes(app: FastifyInstance, api: ServerlessApi): void {
  const { domain, accountSid } = api;
  const { environments } = domain;

  serveResources<Variable>(app, {
    path: '/Services/:serviceSid/Environments/:environmentSid/Variables',
    sid: 'variableSid',
    key: 'variables',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => environments.variablesOf(environmentOf(request, api).sid),
    find: (wanted, request) =>
      environments.variablesOf(environmentOf(request, api).sid).find(({ sid }) => sid === wanted),
    create: (form, request) => {
      const environment = environmentOf(request, api);
      const variable = environments.setVariable(environment, form.required('Key'), form.required('Value'));
      domain.changed(environment);
      return variable;
    },
    update: (variable, form, request) => {
      environments.updateVariable(variable, form.string('Key'), form.string('Value'));
      domain.changed(environmentOf(request, api));
    },
    remove: (variable, request) => {
      environments.removeVariable(variable);
      domain.changed(environmentOf(request, api));
    },
    toJson: (variable, request) => toVariable(variable, environmentOf(request, api), accountSid),
  });
}

function toVariable(variable: Variable, environment: Environment, accountSid: string): object {
  const { serviceSid, sid: environmentSid } = environment;
  return {
    sid: variable.sid,
    account_sid: accountSid,
    service_sid: serviceSid,
    environment_sid: environmentSid,
    key: variable.key,
    value: variable.value,
    date_created: isoSeconds(variable.dateCreated),
    date_updated: isoSeconds(variable.dateUpdated),
    url: `${environmentUrl({ serviceSid, environmentSid })}/Variables/${variable.sid}`,
  };
}
