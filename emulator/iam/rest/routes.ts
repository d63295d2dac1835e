/** The REST API: https://iam.twilio.com/v1 */
import type { Routing } from '../../core/routing';
import { apiKeyRoutes } from './api-keys';
import type { IamApi } from './paths';

export function registerRest(http: Routing, api: IamApi): void {
  http.serve('/iam.twilio.com/v1', (scoped) => apiKeyRoutes(scoped, api));
}
