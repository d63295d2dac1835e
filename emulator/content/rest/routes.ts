/** The REST API: https://content.twilio.com/v1/Content. Approval requests concern WhatsApp only and are not served. */
import type { FastifyInstance } from 'fastify';
import { contentRoutes, type ContentApi } from './contents';

export function registerRest(http: FastifyInstance, api: ContentApi): void {
  http.register(async (scoped) => contentRoutes(scoped, api), { prefix: '/content.twilio.com/v1' });
}
