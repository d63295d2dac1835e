/** The REST API: https://content.twilio.com/v1/Content. Approval requests concern WhatsApp only and are not served. */
import type { Routing } from '../../core/routing';
import { contentRoutes, type ContentApi } from './contents';

export function registerRest(http: Routing, api: ContentApi): void {
  http.serve('/content.twilio.com/v1', (scoped) => contentRoutes(scoped, api));
}
