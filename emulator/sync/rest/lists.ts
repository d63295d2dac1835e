/** /v1/Services/{IS}/Lists. Source: openapi sync_v1 */
import type { FastifyInstance } from 'fastify';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { SyncList } from '../model';
import { checkService, listUrl, MAX_PAGE_SIZE, type SyncApi } from './paths';

export function listRoutes(app: FastifyInstance, api: SyncApi): void {
  const { domain } = api;

  serveResources<SyncList>(app, {
    path: '/Lists',
    sid: 'listSid',
    key: 'lists',
    maxPageSize: MAX_PAGE_SIZE,
    find: (sid, request) => {
      checkService(request, api);
      return domain.find(sid);
    },
    create: (form, request) => {
      checkService(request, api);
      const ttlSeconds = form.integer('CollectionTtl') ?? form.integer('Ttl');
      const uniqueName = form.string('UniqueName');
      return domain.create({
        ...(uniqueName === undefined ? {} : { uniqueName }),
        ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
      });
    },
    remove: (list) => domain.remove(list),
    toJson: (list) => toList(list, api),
  });
}

function toList(list: SyncList, api: SyncApi): object {
  const url = listUrl(list, api);
  return {
    sid: list.sid,
    unique_name: list.uniqueName,
    account_sid: api.accountSid,
    service_sid: api.domain.serviceSid,
    url,
    links: { items: `${url}/Items`, permissions: `${url}/Permissions` },
    revision: String(list.revision),
    date_expires: list.dateExpires && isoSeconds(list.dateExpires),
    date_created: isoSeconds(list.dateCreated),
    date_updated: isoSeconds(list.dateUpdated),
    created_by: 'system',
  };
}
