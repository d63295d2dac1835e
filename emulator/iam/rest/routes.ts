/** The REST API: https://iam.twilio.com/v1 */
import type { FastifyInstance } from 'fastify';
import { apiKeyRoutes } from './api-keys';
import type { IamApi } from './paths';

export function registerRest(http: FastifyInstance, api: IamApi): void {
  http.register(async (scoped) => apiKeyRoutes(scoped, api), { prefix: '/iam.twilio.com/v1' });
}
