/** /v2/Flows/{FW}/Executions and their Context */
import type { FastifyInstance } from 'fastify';
import { invalidParameter } from '../../core/errors';
import type { Form } from '../../core/form';
import { formOf, pageOf, queryOf } from '../../core/http-api';
import { sidFromName } from '../../core/sids';
import { isoSeconds, toPage } from '../../core/wire';
import type { Execution } from '../model';
import { executionOf, executionUrl, flowOf, MAX_PAGE_SIZE } from './paths';
import type { StudioApi } from './routes';

const LIST = '/:flowSid/Executions';

export function executionRoutes(app: FastifyInstance, { studio, accountSid }: StudioApi): void {
  const toJson = (execution: Execution): object => executionJson(execution, accountSid);

  app.get(LIST, (request) => {
    const all = studio.executionsOf(flowOf(studio, request).sid).filter(executionFilter(queryOf(request)));
    return toPage('executions', all, toJson, pageOf(request, MAX_PAGE_SIZE));
  });

  app.post(LIST, (request, reply) => {
    const { sid } = flowOf(studio, request);
    const form = formOf(request);
    const parameters = form.json('Parameters') ?? {};
    if (typeof parameters !== 'object' || Array.isArray(parameters)) {
      throw invalidParameter('Parameters is not a JSON object');
    }
    const wanted = {
      to: form.required('To'),
      from: form.required('From'),
      parameters: parameters as Record<string, unknown>,
    };
    reply.code(201);
    return toJson(studio.request(sid, wanted));
  });

  app.get(`${LIST}/:executionSid`, (request) => toJson(executionOf(studio, request)));

  app.post(`${LIST}/:executionSid`, (request) => {
    const execution = executionOf(studio, request);
    const form = formOf(request);
    form.required('Status');
    if (form.oneOf('Status', ['active', 'ended']) === 'active')
      throw invalidParameter('Only ended can be set');
    studio.end(execution);
    return toJson(execution);
  });

  app.delete(`${LIST}/:executionSid`, (request, reply) => {
    const execution = executionOf(studio, request);
    studio.end(execution);
    studio.delete(execution);
    return reply.code(204).send();
  });

  app.get(`${LIST}/:executionSid/Context`, (request) => {
    const execution = executionOf(studio, request);
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
  const status = query.oneOf('status', ['active', 'ended']);
  return ({ dateCreated, status: current }) =>
    (from === undefined || dateCreated >= from) &&
    (to === undefined || dateCreated <= to) &&
    (status === undefined || status === current);
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
