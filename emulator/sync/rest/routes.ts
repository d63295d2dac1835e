/** The REST API: the few calls of https://sync.twilio.com/v1 that Functions use, Lists and their items. */
import type { FastifyInstance } from 'fastify';
import { itemRoutes } from './items';
import { listRoutes } from './lists';
import type { SyncApi } from './paths';

export function registerRest(http: FastifyInstance, api: SyncApi): void {
  http.register(
    async (scoped) => {
      for (const routes of [listRoutes, itemRoutes]) routes(scoped, api);
    },
    { prefix: '/sync.twilio.com/v1/Services/:serviceSid' },
  );
}
