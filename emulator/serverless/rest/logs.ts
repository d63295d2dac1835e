/** /Services/{ZS}/Environments/{ZE}/Logs. Source: openapi serverless_v1 */
import type { FastifyInstance } from 'fastify';
import type { Form } from '../../core/form';
import { queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Log } from '../model';
import { environmentOf, environmentUrl, MAX_PAGE_SIZE, type ServerlessApi } from './paths';

export function logRoutes(app: FastifyInstance, api: ServerlessApi): void {
  const { domain, accountSid } = api;

  serveResources<Log>(app, {
    path: '/Services/:serviceSid/Environments/:environmentSid/Logs',
    sid: 'logSid',
    key: 'logs',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => selected(domain.logsOf(environmentOf(request, api).sid), queryOf(request)),
    find: (wanted, request) =>
      domain.logsOf(environmentOf(request, api).sid).find(({ sid }) => sid === wanted),
    toJson: (log) => toLog(log, accountSid),
  });
}

function selected(logs: Log[], query: Form): Log[] {
  const [start, end] = [query.date('StartDate'), query.date('EndDate')];
  return logs.filter(
    (log) =>
      query.admits('FunctionSid', log.functionSid) &&
      (start === undefined || log.dateCreated >= start) &&
      (end === undefined || log.dateCreated <= end),
  );
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
    url: `${environmentUrl(log)}/Logs/${log.sid}`,
  };
}
