/** The data of Serverless' routes, the resources that their paths name, and the `url` of each. */
import type { FastifyRequest } from 'fastify';
import { found, param } from '../../core/http-api';
import type { ServerlessDomain } from '../domain';
import type { Environment, Service } from '../model';

export interface ServerlessApi {
  domain: ServerlessDomain;
  accountSid: string;
}

/** Source: openapi serverless_v1, the same for every list */
export const MAX_PAGE_SIZE = 1000;

const V1 = 'https://serverless.twilio.com/v1';

export function serviceOf(request: FastifyRequest, { domain }: ServerlessApi): Service {
  return found(domain.services.find(param(request, 'serviceSid')), request);
}

export function environmentOf(request: FastifyRequest, api: ServerlessApi): Environment {
  const service = serviceOf(request, api);
  return found(api.domain.environments.find(service.sid, param(request, 'environmentSid')), request);
}

export function serviceUrl(serviceSid: string): string {
  return `${V1}/Services/${serviceSid}`;
}

export function environmentUrl({
  serviceSid,
  environmentSid,
}: Record<'serviceSid' | 'environmentSid', string>): string {
  return `${serviceUrl(serviceSid)}/Environments/${environmentSid}`;
}
