/** /v2/Flows/{FW}/Executions/{FN}/Steps and their Context */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { Execution, Step } from '../model';
import { executionOf, executionUrl, MAX_PAGE_SIZE } from './paths';
import type { StudioApi } from './routes';

const LIST = '/:flowSid/Executions/:executionSid/Steps';

export function stepRoutes(app: FastifyInstance, { studio, accountSid }: StudioApi): void {
  const find = (request: FastifyRequest): { execution: Execution; step: Step } => {
    const execution = executionOf(studio, request);
    const step = execution.steps.find(({ sid }) => sid === param(request, 'stepSid'));
    return { execution, step: found(step, request) };
  };

  app.get(LIST, (request) => {
    const execution = executionOf(studio, request);
    const toJson = (step: Step): object => stepJson(step, execution, accountSid);
    return toPage('steps', execution.steps.toReversed(), toJson, pageOf(request, MAX_PAGE_SIZE));
  });

  app.get(`${LIST}/:stepSid`, (request) => {
    const { execution, step } = find(request);
    return stepJson(step, execution, accountSid);
  });

  app.get(`${LIST}/:stepSid/Context`, (request) => {
    const { execution, step } = find(request);
    return {
      account_sid: accountSid,
      flow_sid: execution.flowSid,
      execution_sid: execution.sid,
      step_sid: step.sid,
      context: step.context,
      url: `${executionUrl(execution)}/Steps/${step.sid}/Context`,
    };
  });
}

function stepJson(step: Step, execution: Execution, accountSid: string): object {
  const url = `${executionUrl(execution)}/Steps/${step.sid}`;
  return {
    sid: step.sid,
    account_sid: accountSid,
    flow_sid: execution.flowSid,
    execution_sid: execution.sid,
    parent_step_sid: null,
    name: step.name,
    type: step.type,
    context: step.context,
    transitioned_from: step.transitionedFrom,
    transitioned_to: step.transitionedTo,
    date_created: isoSeconds(step.dateCreated),
    date_updated: null,
    url,
    links: { step_context: `${url}/Context` },
  };
}
