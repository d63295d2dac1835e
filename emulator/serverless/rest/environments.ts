/** /Services/{ZS}/Environments and the Logs in them. Source: openapi serverless_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formOf, found, pageOf, param, queryOf } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { Environment, Log } from '../model';
import { environmentOf, MAX_PAGE_SIZE, serviceOf, V1, type ServerlessApi } from './routes';

export function environmentRoutes(app: FastifyInstance, api: ServerlessApi): void {
  const { domain, accountSid } = api;
  const toJson = (environment: Environment): object => toEnvironment(environment, accountSid);
  const environments = '/Services/:serviceSid/Environments';

  app.get(environments, (request, reply) => {
    const all = domain.environments.ofService(serviceOf(request, api).sid);
    reply.send(toPage('environments', all, toJson, pageOf(request, MAX_PAGE_SIZE)));
  });

  app.post(environments, (request, reply) => {
    const service = serviceOf(request, api);
    const form = formOf(request);
    const environment = domain.environments.create(
      service,
      form.required('UniqueName'),
      form.string('DomainSuffix'),
    );
    reply.code(201).send(toJson(environment));
  });

  app.get(`${environments}/:environmentSid`, (request, reply) => {
    reply.send(toJson(environmentOf(request, api)));
  });

  app.delete(`${environments}/:environmentSid`, (request, reply) => {
    domain.removeEnvironment(environmentOf(request, api));
    reply.code(204).send();
  });

  app.get(`${environments}/:environmentSid/Logs`, (request, reply) => {
    const logs = selected(domain.logsOf(environmentOf(request, api).sid), request);
    reply.send(toPage('logs', logs, (log: Log) => toLog(log, accountSid), pageOf(request, MAX_PAGE_SIZE)));
  });

  app.get(`${environments}/:environmentSid/Logs/:logSid`, (request, reply) => {
    const logs = domain.logsOf(environmentOf(request, api).sid);
    const log = logs.find(({ sid }) => sid === param(request, 'logSid'));
    reply.send(toLog(found(log, request), accountSid));
  });
}

function selected(logs: Log[], request: FastifyRequest): Log[] {
  const query = queryOf(request);
  const functionSid = query.string('FunctionSid');
  const [start, end] = [query.date('StartDate'), query.date('EndDate')];
  return logs.filter(
    (log) =>
      (functionSid === undefined || log.functionSid === functionSid) &&
      (start === undefined || log.dateCreated >= start) &&
      (end === undefined || log.dateCreated <= end),
  );
}

function urlOfEnvironment({
  serviceSid,
  environmentSid,
}: {
  serviceSid: string;
  environmentSid: string;
}): string {
  return `${V1}/Services/${serviceSid}/Environments/${environmentSid}`;
}

function toEnvironment(environment: Environment, accountSid: string): object {
  const url = urlOfEnvironment({ serviceSid: environment.serviceSid, environmentSid: environment.sid });
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

function toLog(log: Log, accountSid: string): object {
  return {
    sid: log.sid,
    account_sid: accountSid,
    service_sid: log.serviceSid,
    environment_sid: log.environmentSid,
    build_sid: log.buildSid,
    deployment_sid: log.deploymentSid,
    function_sid: log.functionSid,
    request_sid: log.requestSid,
    level: log.level,
    message: log.message,
    date_created: isoSeconds(log.dateCreated),
    url: `${urlOfEnvironment(log)}/Logs/${log.sid}`,
  };
}
