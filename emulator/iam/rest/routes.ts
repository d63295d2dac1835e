/** The REST API: https://iam.twilio.com/v1 */
import type { FastifyInstance } from 'fastify';
import { scope } from '../../core/scope';
import { apiKeyRoutes } from './api-keys';
import type { IamApi } from './paths';

export function registerRest(http: FastifyInstance, api: IamApi): void {
  scope(http, '/iam.twilio.com/v1', (scoped) => apiKeyRoutes(scoped, api));
}
