/** The REST API: https://studio.twilio.com/v2/Flows and their executions. */
import type { Routing } from '../../core/routing';
import { executionRoutes } from './executions';
import { flowRoutes } from './flows';
import type { StudioApi } from './paths';
import { stepRoutes } from './steps';

export function registerRest(http: Routing, api: StudioApi): void {
  http.serve('/studio.twilio.com/v2/Flows', (scoped) => {
    for (const routes of [flowRoutes, executionRoutes, stepRoutes]) routes(scoped, api);
  });
}
