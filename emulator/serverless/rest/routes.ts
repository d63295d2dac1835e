/** The REST face: https://serverless.twilio.com/v1, and https://serverless-upload.twilio.com/v1 for what is uploaded. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { found, param } from '../../core/http-api';
import type { ServerlessDomain } from '../domain';
import type { Environment, Service } from '../model';
import { buildRoutes } from './builds';
import { codeRoutes } from './code';
import { deploymentRoutes } from './deployments';
import { environmentRoutes } from './environments';
import { serviceRoutes } from './services';
import { uploadRoutes } from './uploads';
import { variableRoutes } from './variables';

export interface ServerlessApi {
  domain: ServerlessDomain;
  accountSid: string;
}

export const V1 = 'https://serverless.twilio.com/v1';
/** Source: openapi serverless_v1, the same for every list */
export const MAX_PAGE_SIZE = 1000;

export function registerServerlessRest(
  app: FastifyInstance,
  domain: ServerlessDomain,
  accountSid: string,
): void {
  const api: ServerlessApi = { domain, accountSid };
  app.register(
    async (scoped) => {
      for (const routes of [
        serviceRoutes,
        environmentRoutes,
        variableRoutes,
        buildRoutes,
        deploymentRoutes,
      ]) {
        routes(scoped, api);
      }
      codeRoutes(scoped, api, 'function');
      codeRoutes(scoped, api, 'asset');
    },
    { prefix: '/serverless.twilio.com/v1' },
  );
  app.register(
    async (scoped) => {
      uploadRoutes(scoped, api, 'function');
      uploadRoutes(scoped, api, 'asset');
    },
    { prefix: '/serverless-upload.twilio.com/v1' },
  );
}

export function serviceOf(request: FastifyRequest, { domain }: ServerlessApi): Service {
  return found(domain.services.find(param(request, 'serviceSid')), request);
}

export function environmentOf(request: FastifyRequest, api: ServerlessApi): Environment {
  const service = serviceOf(request, api);
  return found(api.domain.environments.find(service.sid, param(request, 'environmentSid')), request);
}
