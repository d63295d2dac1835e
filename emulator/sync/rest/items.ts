/** /v1/Services/{IS}/Lists/{ES}/Items. Source: openapi sync_v1 */
import type { FastifyInstance } from 'fastify';
import { invalidParameter } from '../../core/errors';
import { refuseUnbuilt } from '../../core/form';
import { queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { SyncItem, SyncList } from '../model';
import { listOf, listUrl, MAX_PAGE_SIZE, type SyncApi } from './paths';

export function itemRoutes(app: FastifyInstance, api: SyncApi): void {
  serveResources<SyncItem>(app, {
    path: '/Lists/:listSid/Items',
    sid: 'index',
    key: 'items',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => {
      const { items } = listOf(request, api);
      const query = queryOf(request);
      refuseUnbuilt(query, 'From', 'Bounds');
      return query.oneOf('Order', ['asc', 'desc']) === 'desc' ? items.toReversed() : items;
    },
    create: (form, request) => {
      const list = listOf(request, api);
      refuseUnbuilt(form, 'Ttl', 'ItemTtl', 'CollectionTtl');
      form.required('Data');
      const data = form.json('Data');
      // Source: docs https://www.twilio.com/docs/sync/api/listitem-resource (a JSON object)
      if (typeof data !== 'object' || data === null) throw invalidParameter('Data must be a JSON object');
      return api.domain.append(list, data);
    },
    toJson: (item, request) => toItem(item, listOf(request, api), api),
  });
}

function toItem(item: SyncItem, list: SyncList, api: SyncApi): object {
  return {
    index: item.index,
    account_sid: api.accountSid,
    service_sid: api.domain.serviceSid,
    list_sid: list.sid,
    url: `${listUrl(list, api)}/Items/${item.index}`,
    revision: String(item.revision),
    data: item.data,
    date_expires: null,
    date_created: isoSeconds(item.dateCreated),
    date_updated: isoSeconds(item.dateUpdated),
    created_by: 'system',
  };
}
