/** Sync as the Conversations SDK uses it: open objects, page through their items, subscribe. Source: sdk twilio-sync/builds/lib.js */
import { invalidParameter, TwilioError } from '../../core/errors';
import { firstNotBefore, reversed, type Pageable } from '../../core/sorted';
import type { RealtimeSettings } from '../settings';
import { SyncCollection, type SyncItem } from './collections';
import type { SyncObject, SyncType } from './objects';
import type { SyncStore } from './store';
import { ok, type Route, type TunnelRequest, type TunnelResponse } from '../twilsock/tunnel';
import type { SubscriptionRequest } from './subscriptions';

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 100;
/** Subscriptions in one request. Source: sdk twilio-sync/builds/lib.js (its own limit) */
const MAX_BATCH_SIZE = 100;
const OBJECT_TYPES: readonly string[] = ['document', 'map', 'list'];

export function syncRoutes(
  storeOf: (chatServiceSid: string) => SyncStore,
  settings: RealtimeSettings,
): Route[] {
  const open = (type: SyncType) => (request: TunnelRequest) =>
    ok(openObject(findObject(request, type), request));
  const items = (type: SyncType) => (request: TunnelRequest) => {
    const object = findObject(request, type);
    if (!(object instanceof SyncCollection)) throw objectNotFound();
    return ok(pageOfItems(object, request.query));
  };

  function findObject(request: TunnelRequest, type: SyncType): SyncObject {
    const object = storeOf(request.session.chatServiceSid).find(request.params['object']!);
    if (object?.type !== type) throw objectNotFound();
    if (!object.mayRead(request.session.identity)) throw accessDenied();
    return object;
  }

  /** Answered one by one after the reply, as Twilio does it. */
  function subscribe(request: TunnelRequest): TunnelResponse {
    const { session, body } = request;
    const wanted = parseSubscriptions(body);
    const act = body['action'] === 'cancel' ? cancel : establish;
    return {
      ...ok({
        max_batch_size: MAX_BATCH_SIZE,
        ...(settings.subscriptionTtlSeconds === null ? {} : { ttl_in_s: settings.subscriptionTtlSeconds }),
        estimated_delivery_in_ms: settings.estimatedDeliveryMs,
      }),
      afterReply: () => {
        // In a later event loop turn: the client must read the reply before the first answer arrives.
        setImmediate(() => {
          for (const one of wanted) act(session, one);
        });
      },
    };
  }

  function establish(session: TunnelRequest['session'], wanted: SubscriptionRequest): void {
    const { subscriptions } = session;
    const object = storeOf(session.chatServiceSid).find(wanted.objectSid);
    const refused = settings.failSubscriptions;
    if (refused?.objectType === wanted.objectType) {
      subscriptions.fail(wanted, refused.status, 54007, 'Refused on request of a test');
    } else if (object?.type !== wanted.objectType) {
      const { status, code, message } = objectNotFound();
      subscriptions.fail(wanted, status, code, message);
    } else if (!object.mayRead(session.identity)) {
      const { status, code, message } = accessDenied();
      subscriptions.fail(wanted, status, code, message);
    } else {
      subscriptions.establish(object, wanted);
    }
  }

  function cancel(session: TunnelRequest['session'], wanted: SubscriptionRequest): void {
    session.subscriptions.cancel(storeOf(session.chatServiceSid).find(wanted.objectSid), wanted);
  }

  return [
    { method: 'GET', path: '/v3/Documents/:object', handle: open('document') },
    { method: 'GET', path: '/v3/Maps/:object', handle: open('map') },
    { method: 'GET', path: '/v3/Lists/:object', handle: open('list') },
    { method: 'GET', path: '/v3/Maps/:object/Items', handle: items('map') },
    { method: 'GET', path: '/v3/Lists/:object/Items', handle: items('list') },
    { method: 'POST', path: '/v4/Subscriptions', handle: subscribe },
  ];
}

function openObject(object: SyncObject, { query }: TunnelRequest): object {
  const json = object.toJson();
  if (!(object instanceof SyncCollection) || query.get('Include') !== 'items') return json;
  return { ...json, items: object.sorted.map((item) => object.itemToJson(item)) };
}

/**
 * `From` is inclusive and need not exist any more. The two tokens are never sent back, only looked at: they say
 * whether something lies before or after the page in the order asked for, and must not be wrong.
 */
function pageOfItems(collection: SyncCollection, query: URLSearchParams): object {
  const toKey = (text: string): string | number => (collection.type === 'list' ? Number(text) : text);
  const one = query.get(collection.type === 'list' ? 'Index' : 'Key');
  const pageSize = parsePageSize(query.get('PageSize'));
  const isDescending = query.get('Order') === 'desc';

  const all = one === null ? collection.sorted : [collection.find(toKey(one)) ?? []].flat();
  const items: Pageable<SyncItem<string | number>> = isDescending ? reversed(all) : all;
  const from = query.get('From');
  let start = 0;
  if (from !== null) {
    const key = toKey(from);
    start = isDescending
      ? all.length - firstNotBefore(all, (item) => item.key <= key)
      : firstNotBefore(all, (item) => item.key < key);
  }
  const end = start + pageSize;
  return {
    items: items.slice(start, end).map((item) => collection.itemToJson(item)),
    meta: {
      key: 'items',
      page_size: pageSize,
      previous_token: start > 0 ? `before-${start}` : null,
      next_token: end < items.length ? `from-${end}` : null,
    },
  };
}

function parsePageSize(text: string | null): number {
  const pageSize = Number(text ?? DEFAULT_PAGE_SIZE);
  if (!Number.isInteger(pageSize) || pageSize < 1)
    throw invalidParameter('PageSize must be a positive integer');
  return Math.min(pageSize, MAX_PAGE_SIZE);
}

function parseSubscriptions(body: TunnelRequest['body']): SubscriptionRequest[] {
  const { correlation_id: correlationId, requests } = body;
  if (typeof correlationId !== 'number' || !Array.isArray(requests)) {
    throw invalidParameter('correlation_id and requests are required');
  }
  return requests.map((one: Record<string, unknown>) => {
    const { object_sid: objectSid, object_type: objectType, last_event_id: lastEventId } = one;
    if (typeof objectSid !== 'string' || !OBJECT_TYPES.includes(objectType as string)) {
      throw invalidParameter('Each request names an object_sid and an object_type');
    }
    return {
      objectSid,
      objectType: objectType as SyncType,
      lastEventId: typeof lastEventId === 'number' ? lastEventId : null,
      correlationId,
    };
  });
}

/** Source: sdk twilio-sync/builds/lib.js (54100 and status 404 mean absent) */
function objectNotFound(): TwilioError {
  return new TwilioError(404, 54100, 'Unique name not found');
}

/** Source: docs https://www.twilio.com/docs/api/errors/54007 */
function accessDenied(): TwilioError {
  return new TwilioError(403, 54007, 'Access forbidden for identity');
}
