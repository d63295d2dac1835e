/**
 * Sync objects with their event logs. SDK clients keep copies of them. Only the emulator writes them; clients open,
 * page and subscribe. Source: sdk twilio-sync/builds/lib.js
 */
import { sidFromName, type SidKind } from '../../core/sids';
import { firstNotBefore } from '../../core/sorted';
import { SharedPayload } from '../twilsock/frames';

const SYNC_URL = 'https://cds.us1.twilio.com/v3';

export type SyncType = 'document' | 'map' | 'list';

const SID_KIND: Record<SyncType, SidKind> = { document: 'ET', map: 'MP', list: 'ES' };
const COLLECTION: Record<SyncType, string> = { document: 'Documents', map: 'Maps', list: 'Lists' };

/** As the log keeps it, one for each message: what follows from the object is added when it is sent. */
export interface SyncEvent {
  /** Without the type of the object: `updated`, `item_added`. */
  readonly type: string;
  /** It rises strictly within an object. */
  readonly id: number;
  /** Milliseconds since the Unix epoch; on the wire it is text. */
  readonly at: number;
  /** Of an item. */
  readonly key: string | number | undefined;
  /** Of the item or the document, after this event; of a removed item, what it last was. */
  readonly data: object;
}

export interface SyncSubscriber {
  /** `payload` holds the event as it goes over the wire. */
  deliver(object: SyncObject, event: SyncEvent, payload: SharedPayload): void;
}

/** Where event ids and times come from: one row of ids for all objects, so that a re-created object continues its count. */
export interface SyncJournal {
  nextEventId(): number;
  now(): number;
}

export interface SyncObjectOptions {
  chatServiceSid: string;
  uniqueName: string;
  /** Who may open and subscribe. */
  mayRead: (identity: string) => boolean;
}

/** Source: sdk twilio-sync/builds/lib.js (subscriptions) */
export const EVENT_PROTOCOL_VERSION = 4;

/** ISO 8601. */
export function toIso(at: number): string {
  return new Date(at).toISOString();
}

export abstract class SyncObject<Event extends SyncEvent = SyncEvent> {
  readonly uniqueName: string;
  readonly mayRead: (identity: string) => boolean;
  readonly subscribers = new Set<SyncSubscriber>();
  lastEventId: number;
  private log: Event[] = [];
  private knownSid: string | undefined;
  private readonly createdAt: number;
  private updatedAt: number;

  constructor(
    readonly type: SyncType,
    private readonly options: SyncObjectOptions,
    private readonly journal: SyncJournal,
  ) {
    this.uniqueName = options.uniqueName;
    this.mayRead = options.mayRead;
    this.lastEventId = journal.nextEventId();
    this.createdAt = this.updatedAt = journal.now();
  }

  /** Created on first use: it is a hash, and clients never open most objects. */
  get sid(): string {
    const { chatServiceSid, uniqueName } = this.options;
    return (this.knownSid ??= sidFromName(SID_KIND[this.type], `${chatServiceSid}/${uniqueName}`));
  }

  get url(): string {
    return `${SYNC_URL}/${COLLECTION[this.type]}/${this.sid}`;
  }

  /** The events that a subscriber has missed. Ids at or below its own are never repeated: removals would fire twice. */
  eventsAfter(eventId: number): Event[] {
    return this.log.slice(this.positionAfter(eventId));
  }

  /** The last event of its life. */
  markRemoved(): void {
    this.publish(this.record('removed', undefined, {}));
    this.subscribers.clear();
  }

  payloadOf(event: Event): SharedPayload {
    const { type, id, at } = event;
    return new SharedPayload({
      event_type: `${this.type}_${type}`,
      event_protocol_version: EVENT_PROTOCOL_VERSION,
      strictly_ordered: true,
      event: {
        id,
        [`${this.type}_sid`]: this.sid,
        [`${this.type}_revision`]: id.toString(16),
        date_created: toIso(at),
        ...this.fieldsOf(event),
      },
    });
  }

  toJson(): Record<string, unknown> {
    return {
      sid: this.sid,
      unique_name: this.uniqueName,
      url: this.url,
      last_event_id: this.lastEventId,
      revision: this.lastEventId.toString(16),
      date_created: toIso(this.createdAt),
      date_updated: toIso(this.updatedAt),
      date_expires: null,
    };
  }

  /** What this kind of object adds to its events on the wire. */
  protected abstract fieldsOf(event: Event): object;

  /** A literal, because V8 keeps a hidden class for each object that is made by spreading, several times its size. */
  protected record(type: string, key: Event['key'], data: object): Event {
    const id = this.journal.nextEventId();
    const at = this.journal.now();
    const event: SyncEvent = { type, id, at, key, data };
    this.lastEventId = id;
    this.updatedAt = at;
    this.log.push(event as Event);
    return event as Event;
  }

  protected publish(event: Event): void {
    if (this.subscribers.size === 0) return;
    const payload = this.payloadOf(event);
    for (const subscriber of [...this.subscribers]) subscriber.deliver(this, event, payload);
  }

  /** A later event replaces this one: the log grows with the number of items, not of changes. */
  protected forget(eventId: number): void {
    const position = this.positionAfter(eventId) - 1;
    if (this.log[position]?.id === eventId) this.log.splice(position, 1);
  }

  protected forgetAll(events: ReadonlySet<Event>): void {
    this.log = this.log.filter((event) => !events.has(event));
  }

  private positionAfter(eventId: number): number {
    return firstNotBefore(this.log, ({ id }) => id <= eventId);
  }
}

export class SyncDocument extends SyncObject {
  constructor(
    options: SyncObjectOptions,
    journal: SyncJournal,
    private data: object,
  ) {
    super('document', options, journal);
  }

  /** The client replaces its copy, so this is always all of it. */
  set(data: object): void {
    this.data = data;
    this.forget(this.lastEventId);
    this.publish(this.record('updated', undefined, data));
  }

  override toJson(): Record<string, unknown> {
    return { ...super.toJson(), data: this.data };
  }

  protected override fieldsOf({ type, data }: SyncEvent): object {
    return type === 'removed' ? {} : { document_unique_name: this.uniqueName, document_data: data };
  }
}
