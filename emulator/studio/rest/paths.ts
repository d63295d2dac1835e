/** The data of Studio's routes, the resources that their paths name, and the `url` of each. */
import type { FastifyRequest } from 'fastify';
import { found, param } from '../../core/http-api';
import type { Studio } from '../domain';
import type { Execution, Flow } from '../model';

export interface StudioApi {
  domain: Studio;
  accountSid: string;
}

/** Source: openapi studio_v2 (PageSize) */
export const MAX_PAGE_SIZE = 1000;

export function flowOf(request: FastifyRequest, { domain }: StudioApi): Flow {
  return found(domain.flows.get(param(request, 'flowSid')), request);
}

export function executionOf(request: FastifyRequest, api: StudioApi): Execution {
  return found(findExecution(param(request, 'executionSid'), request, api), request);
}

export function findExecution(
  sid: string,
  request: FastifyRequest,
  { domain }: StudioApi,
): Execution | undefined {
  const execution = domain.execution(sid);
  return execution?.flowSid === param(request, 'flowSid') ? execution : undefined;
}

export function flowUrl(flowSid: string): string {
  return `https://studio.twilio.com/v2/Flows/${flowSid}`;
}

export function executionUrl({ flowSid, sid }: Pick<Execution, 'flowSid' | 'sid'>): string {
  return `${flowUrl(flowSid)}/Executions/${sid}`;
}
