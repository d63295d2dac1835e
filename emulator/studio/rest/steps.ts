/** /v2/Flows/{FW}/Executions/{FN}/Steps and their Context. Source: openapi studio_v2 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { found, param } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Execution, Step } from '../model';
import { executionOf, executionUrl, MAX_PAGE_SIZE, type StudioApi } from './paths';

const STEPS = '/:flowSid/Executions/:executionSid/Steps';

export function stepRoutes(app: FastifyInstance, api: StudioApi): void {
  const { accountSid } = api;
  const find = (wanted: string, request: FastifyRequest): Step | undefined =>
    executionOf(request, api).steps.find(({ sid }) => sid === wanted);

  serveResources<Step>(app, {
    path: STEPS,
    sid: 'stepSid',
    key: 'steps',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => executionOf(request, api).steps.toReversed(),
    find,
    toJson: (step, request) => stepJson(step, executionOf(request, api), accountSid),
  });

  app.get(`${STEPS}/:stepSid/Context`, (request) => {
    const execution = executionOf(request, api);
    const step = found(find(param(request, 'stepSid'), request), request);
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
