/** The few Sync calls that Functions use, https://sync.twilio.com/v1: Lists and their items. Source: openapi sync_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalidParameter, notFound } from '../../core/errors';
import { refuseUnbuilt } from '../../core/form';
import { formOf, found, pageOf, queryOf } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { SyncItem, SyncList, SyncLists } from '../domain';

const MAX_PAGE_SIZE = 100;
const V1 = 'https://sync.twilio.com/v1';

type Params = { serviceSid: string; listSid: string };

export function registerSyncRest(app: FastifyInstance, lists: SyncLists, accountSid: string): void {
  app.register(async (scoped) => listRoutes(scoped, lists, accountSid), {
    prefix: '/sync.twilio.com/v1/Services/:serviceSid',
  });
}

function listRoutes(app: FastifyInstance, lists: SyncLists, accountSid: string): void {
  const paramsOf = (request: FastifyRequest): Params => {
    const params = request.params as Params;
    if (params.serviceSid !== lists.serviceSid) throw notFound(`/v1/Services/${params.serviceSid}`);
    return params;
  };
  const listOf = (request: FastifyRequest): SyncList => found(lists.find(paramsOf(request).listSid), request);

  app.post('/Lists', (request, reply) => {
    paramsOf(request);
    const form = formOf(request);
    const ttlSeconds = form.integer('CollectionTtl') ?? form.integer('Ttl');
    const uniqueName = form.string('UniqueName');
    const list = lists.create({
      ...(uniqueName === undefined ? {} : { uniqueName }),
      ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
    });
    reply.code(201).send(toList(list, lists.serviceSid, accountSid));
  });

  app.get('/Lists/:listSid', (request, reply) => {
    reply.send(toList(listOf(request), lists.serviceSid, accountSid));
  });

  app.delete('/Lists/:listSid', (request, reply) => {
    lists.remove(listOf(request));
    reply.code(204).send();
  });

  app.post('/Lists/:listSid/Items', (request, reply) => {
    const list = listOf(request);
    const form = formOf(request);
    refuseUnbuilt(form, 'Ttl', 'ItemTtl', 'CollectionTtl');
    form.required('Data');
    const data = form.json('Data');
    // Source: docs https://www.twilio.com/docs/sync/api/listitem-resource (a JSON object)
    if (typeof data !== 'object' || data === null) throw invalidParameter('Data must be a JSON object');
    reply.code(201).send(toItem(lists.append(list, data), list, lists.serviceSid, accountSid));
  });

  app.get('/Lists/:listSid/Items', (request, reply) => {
    const list = listOf(request);
    const query = queryOf(request);
    refuseUnbuilt(query, 'From', 'Bounds');
    const items = query.oneOf('Order', ['asc', 'desc']) === 'desc' ? list.items.toReversed() : list.items;
    const toJson = (item: SyncItem): object => toItem(item, list, lists.serviceSid, accountSid);
    reply.send(toPage('items', items, toJson, pageOf(request, MAX_PAGE_SIZE)));
  });
}

function urlOf(list: SyncList, serviceSid: string): string {
  return `${V1}/Services/${serviceSid}/Lists/${list.sid}`;
}

function toList(list: SyncList, serviceSid: string, accountSid: string): object {
  const url = urlOf(list, serviceSid);
  return {
    sid: list.sid,
    unique_name: list.uniqueName,
    account_sid: accountSid,
    service_sid: serviceSid,
    url,
    links: { items: `${url}/Items`, permissions: `${url}/Permissions` },
    revision: String(list.revision),
    date_expires: list.dateExpires && isoSeconds(list.dateExpires),
    date_created: isoSeconds(list.dateCreated),
    date_updated: isoSeconds(list.dateUpdated),
    created_by: 'system',
  };
}

function toItem(item: SyncItem, list: SyncList, serviceSid: string, accountSid: string): object {
  return {
    index: item.index,
    account_sid: accountSid,
    service_sid: serviceSid,
    list_sid: list.sid,
    url: `${urlOf(list, serviceSid)}/Items/${item.index}`,
    revision: String(item.revision),
    data: item.data,
    date_expires: null,
    date_created: isoSeconds(item.dateCreated),
    date_updated: isoSeconds(item.dateUpdated),
    created_by: 'system',
  };
}
