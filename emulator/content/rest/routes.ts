/** The REST API: https://content.twilio.com/v1/Content. Approval requests concern WhatsApp only and are not served. */
import type { FastifyInstance } from 'fastify';
import { scope } from '../../core/scope';
import { contentRoutes, type ContentApi } from './contents';

export function registerRest(http: FastifyInstance, api: ContentApi): void {
  scope(http, '/content.twilio.com/v1', (scoped) => contentRoutes(scoped, api));
}
