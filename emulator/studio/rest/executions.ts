/** /v2/Flows/{FW}/Executions and their Context. Source: openapi studio_v2 */
import type { FastifyInstance } from 'fastify';
import { invalidParameter } from '../../core/errors';
import type { Form } from '../../core/form';
import { queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { sidFromName } from '../../core/sids';
import { isoSeconds } from '../../core/wire';
import type { Execution } from '../model';
import { executionOf, executionUrl, findExecution, flowOf, MAX_PAGE_SIZE, type StudioApi } from './paths';

const EXECUTIONS = '/:flowSid/Executions';

export function executionRoutes(app: FastifyInstance, api: StudioApi): void {
  const { domain, accountSid } = api;

  serveResources<Execution>(app, {
    path: EXECUTIONS,
    sid: 'executionSid',
    key: 'executions',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) =>
      domain.executionsOf(flowOf(request, api).sid).filter(executionFilter(queryOf(request))),
    find: (sid, request) => findExecution(sid, request, api),
    create: (form, request) => {
      const { sid } = flowOf(request, api);
      const parameters = form.json('Parameters') ?? {};
      if (typeof parameters !== 'object' || Array.isArray(parameters)) {
        throw invalidParameter('Parameters is not a JSON object');
      }
      return domain.request(sid, {
        to: form.required('To'),
        from: form.required('From'),
        parameters: parameters as Record<string, unknown>,
      });
    },
    update: (execution, form) => {
      form.required('Status');
      if (form.oneOf('Status', ['active', 'ended']) === 'active')
        throw invalidParameter('Only ended can be set');
      domain.end(execution);
    },
    remove: (execution) => {
      domain.end(execution);
      domain.delete(execution);
    },
    toJson: (execution) => executionJson(execution, accountSid),
  });

  app.get(`${EXECUTIONS}/:executionSid/Context`, (request) => {
    const execution = executionOf(request, api);
    return {
      account_sid: accountSid,
      flow_sid: execution.flowSid,
      execution_sid: execution.sid,
      context: contextOf(execution),
      url: `${executionUrl(execution)}/Context`,
    };
  });
}

function executionFilter(query: Form): (execution: Execution) => boolean {
  const [from, to] = [query.date('DateCreatedFrom'), query.date('DateCreatedTo')];
  query.oneOf('status', ['active', 'ended']);
  return ({ dateCreated, status }) =>
    (from === undefined || dateCreated >= from) &&
    (to === undefined || dateCreated <= to) &&
    query.admits('status', status);
}

function contextOf({ context, error }: Execution): object {
  return error === null ? context : { ...context, error };
}

/** The SID of the Message that began it. Source: sdk twilio/lib/rest/studio/v2/flow/execution.d.ts (initiatedBy) */
function startedBy({ context }: Execution): unknown {
  const { conversation } = context.trigger as { conversation?: { MessageSid?: string } };
  return conversation?.MessageSid ?? null;
}

function executionJson(execution: Execution, accountSid: string): object {
  const url = executionUrl(execution);
  return {
    sid: execution.sid,
    account_sid: accountSid,
    flow_sid: execution.flowSid,
    flow_version: execution.flowRevision,
    contact_channel_address: execution.contactAddress,
    contact_sid: sidFromName('FC', execution.contactAddress),
    status: execution.status,
    context: contextOf(execution),
    initiated_by: startedBy(execution),
    date_created: isoSeconds(execution.dateCreated),
    date_updated: isoSeconds(execution.dateUpdated),
    url,
    links: { steps: `${url}/Steps`, execution_context: `${url}/Context` },
  };
}
