/** The REST face: https://studio.twilio.com/v2/Flows and their executions. */
import type { FastifyInstance } from 'fastify';
import type { Studio } from '../domain';
import { executionRoutes } from './executions';
import { flowRoutes } from './flows';
import { stepRoutes } from './steps';

const PREFIX = '/studio.twilio.com/v2/Flows';

export interface StudioApi {
  studio: Studio;
  accountSid: string;
}

export function registerStudioRest(app: FastifyInstance, studio: Studio, accountSid: string): void {
  const api: StudioApi = { studio, accountSid };
  app.register(
    async (scoped) => {
      for (const routes of [flowRoutes, executionRoutes, stepRoutes]) routes(scoped, api);
    },
    { prefix: PREFIX },
  );
}
