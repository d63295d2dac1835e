/** /Services/{ZS}/Environments/{ZE}/Variables. Source: openapi serverless_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formOf, found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { Environment, Variable } from '../model';
import { environmentOf, MAX_PAGE_SIZE, V1, type ServerlessApi } from './routes';

export function variableRoutes(app: FastifyInstance, api: ServerlessApi): void {
  const { domain, accountSid } = api;
  const { environments } = domain;
  const variables = '/Services/:serviceSid/Environments/:environmentSid/Variables';
  const located = (request: FastifyRequest) => {
    const environment = environmentOf(request, api);
    const all = environments.variablesOf(environment.sid);
    return {
      environment,
      variable: found(
        all.find(({ sid }) => sid === param(request, 'variableSid')),
        request,
      ),
    };
  };

  app.get(variables, (request, reply) => {
    const environment = environmentOf(request, api);
    const toJson = (variable: Variable): object => toVariable(variable, environment, accountSid);
    reply.send(
      toPage('variables', environments.variablesOf(environment.sid), toJson, pageOf(request, MAX_PAGE_SIZE)),
    );
  });

  app.post(variables, (request, reply) => {
    const environment = environmentOf(request, api);
    const form = formOf(request);
    const variable = environments.setVariable(environment, form.required('Key'), form.required('Value'));
    domain.changed(environment);
    reply.code(201).send(toVariable(variable, environment, accountSid));
  });

  app.get(`${variables}/:variableSid`, (request, reply) => {
    const { environment, variable } = located(request);
    reply.send(toVariable(variable, environment, accountSid));
  });

  app.post(`${variables}/:variableSid`, (request, reply) => {
    const { environment, variable } = located(request);
    const form = formOf(request);
    environments.updateVariable(variable, form.string('Key'), form.string('Value'));
    domain.changed(environment);
    reply.send(toVariable(variable, environment, accountSid));
  });

  app.delete(`${variables}/:variableSid`, (request, reply) => {
    const { environment, variable } = located(request);
    environments.removeVariable(variable);
    domain.changed(environment);
    reply.code(204).send();
  });
}

function toVariable(variable: Variable, environment: Environment, accountSid: string): object {
  return {
    sid: variable.sid,
    account_sid: accountSid,
    service_sid: environment.serviceSid,
    environment_sid: environment.sid,
    key: variable.key,
    value: variable.value,
    date_created: isoSeconds(variable.dateCreated),
    date_updated: isoSeconds(variable.dateUpdated),
    url: `${V1}/Services/${environment.serviceSid}/Environments/${environment.sid}/Variables/${variable.sid}`,
  };
}
