/** The REST API: https://studio.twilio.com/v2/Flows and their executions. */
import type { FastifyInstance } from 'fastify';
import { executionRoutes } from './executions';
import { flowRoutes } from './flows';
import type { StudioApi } from './paths';
import { stepRoutes } from './steps';

export function registerRest(http: FastifyInstance, api: StudioApi): void {
  http.register(
    async (scoped) => {
      for (const routes of [flowRoutes, executionRoutes, stepRoutes]) routes(scoped, api);
    },
    { prefix: '/studio.twilio.com/v2/Flows' },
  );
}
