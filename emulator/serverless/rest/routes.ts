/** The REST API: https://serverless.twilio.com/v1, and https://serverless-upload.twilio.com/v1 for what is uploaded. */
import type { Routing } from '../../core/routing';
import { buildRoutes } from './builds';
import { codeRoutes } from './code';
import { deploymentRoutes } from './deployments';
import { environmentRoutes } from './environments';
import { logRoutes } from './logs';
import type { ServerlessApi } from './paths';
import { serviceRoutes } from './services';
import { uploadRoutes } from './uploads';
import { variableRoutes } from './variables';

export function registerRest(http: Routing, api: ServerlessApi): void {
  http.serve('/serverless.twilio.com/v1', (scoped) => {
    for (const routes of [
      serviceRoutes,
      environmentRoutes,
      logRoutes,
      variableRoutes,
      buildRoutes,
      deploymentRoutes,
    ]) {
      routes(scoped, api);
    }
    codeRoutes(scoped, api, 'function');
    codeRoutes(scoped, api, 'asset');
  });
  http.serve('/serverless-upload.twilio.com/v1', (scoped) => uploadRoutes(scoped, api));
}
