/** The REST API: https://studio.twilio.com/v2/Flows and their executions. */
import type { FastifyInstance } from 'fastify';
import { scope } from '../../core/scope';
import { executionRoutes } from './executions';
import { flowRoutes } from './flows';
import type { StudioApi } from './paths';
import { stepRoutes } from './steps';

export function registerRest(http: FastifyInstance, api: StudioApi): void {
  scope(http, '/studio.twilio.com/v2/Flows', (scoped) => {
    for (const routes of [flowRoutes, executionRoutes, stepRoutes]) routes(scoped, api);
  });
}
