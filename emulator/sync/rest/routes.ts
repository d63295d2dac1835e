/** The REST API: the few calls of https://sync.twilio.com/v1 that Functions use, Lists and their items. */
import type { Routing } from '../../core/routing';
import { itemRoutes } from './items';
import { listRoutes } from './lists';
import type { SyncApi } from './paths';

export function registerRest(http: Routing, api: SyncApi): void {
  http.serve('/sync.twilio.com/v1/Services/:serviceSid', (scoped) => {
    for (const routes of [listRoutes, itemRoutes]) routes(scoped, api);
  });
}
