/** Which Flow and execution a path names, and where they live as `url` shows it. */
import type { FastifyRequest } from 'fastify';
import { found, param } from '../../core/http-api';
import type { Execution, Flow } from '../model';
import type { Studio } from '../domain';

/** Source: openapi studio_v2 (PageSize) */
export const MAX_PAGE_SIZE = 1000;

export function flowOf(studio: Studio, request: FastifyRequest): Flow {
  return found(studio.flows.get(param(request, 'flowSid')), request);
}

export function executionOf(studio: Studio, request: FastifyRequest): Execution {
  const execution = studio.execution(param(request, 'executionSid'));
  return found(execution?.flowSid === param(request, 'flowSid') ? execution : undefined, request);
}

export function flowUrl(flowSid: string): string {
  return `https://studio.twilio.com/v2/Flows/${flowSid}`;
}

export function executionUrl({ flowSid, sid }: Pick<Execution, 'flowSid' | 'sid'>): string {
  return `${flowUrl(flowSid)}/Executions/${sid}`;
}
