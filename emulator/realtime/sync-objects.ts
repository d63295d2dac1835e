/**
 * Sync documents, maps and lists with their event logs: what an SDK client keeps a copy of. Only the emulator writes
 * them; clients open, page and subscribe. Source: sdk twilio-sync/builds/lib.js
 */
import { sidFromName, type SidKind } from '../core/sids';

export const SYNC_URL = 'https://cds.us1.twilio.com/v3';

export type SyncType = 'document' | 'map' | 'list';

const SID_KIND: Record<SyncType, SidKind> = { document: 'ET', map: 'MP', list: 'ES' };
const COLLECTION: Record<SyncType, string> = { document: 'Documents', map: 'Maps', list: 'Lists' };

export interface SyncEvent {
  type: string;
  /** In wire form. `id` rises strictly within an object. */
  event: { id: number } & Record<string, unknown>;
}

export interface SyncSubscriber {
  deliver(object: SyncObject, event: SyncEvent): void;
}

/** Where event ids and times come from: one row of ids for all objects, so that a re-created object goes on counting up. */
export interface SyncJournal {
  nextEventId(): number;
  date(): Date;
}

export interface SyncObjectOptions {
  chatServiceSid: string;
  uniqueName: string;
  /** Who may open and subscribe. */
  mayRead: (identity: string) => boolean;
}

export abstract class SyncObject {
  readonly sid: string;
  readonly uniqueName: string;
  readonly mayRead: (identity: string) => boolean;
  readonly subscribers = new Set<SyncSubscriber>();
  lastEventId: number;
  private readonly log: SyncEvent[] = [];
  private readonly dateCreated: string;
  private dateUpdated: string;

  constructor(
    readonly type: SyncType,
    { chatServiceSid, uniqueName, mayRead }: SyncObjectOptions,
    private readonly journal: SyncJournal,
  ) {
    this.sid = sidFromName(SID_KIND[type], `${chatServiceSid}/${uniqueName}`);
    this.uniqueName = uniqueName;
    this.mayRead = mayRead;
    this.lastEventId = journal.nextEventId();
    this.dateCreated = this.dateUpdated = journal.date().toISOString();
  }

  get url(): string {
    return `${SYNC_URL}/${COLLECTION[this.type]}/${this.sid}`;
  }

  /** What a subscriber has missed. Ids at or below its own are never repeated: removals would fire twice. */
  eventsAfter(eventId: number): SyncEvent[] {
    return this.log.filter(({ event }) => event.id > eventId);
  }

  /** The last event of its life. */
  markRemoved(): void {
    this.record(`${this.type}_removed`, {});
    this.subscribers.clear();
  }

  toJson(): Record<string, unknown> {
    return {
      sid: this.sid,
      unique_name: this.uniqueName,
      url: this.url,
      last_event_id: this.lastEventId,
      revision: this.lastEventId.toString(16),
      date_created: this.dateCreated,
      date_updated: this.dateUpdated,
      date_expires: null,
    };
  }

  /** `fields` may need the id of the event, so it can be a function of it. */
  protected record(
    type: string,
    fields: Record<string, unknown> | ((eventId: number, date: string) => Record<string, unknown>),
  ): void {
    const id = this.journal.nextEventId();
    const date = this.journal.date().toISOString();
    this.lastEventId = id;
    this.dateUpdated = date;
    const event: SyncEvent = {
      type,
      event: {
        id,
        [`${this.type}_sid`]: this.sid,
        [`${this.type}_revision`]: id.toString(16),
        date_created: date,
        ...(typeof fields === 'function' ? fields(id, date) : fields),
      },
    };
    this.log.push(event);
    for (const subscriber of [...this.subscribers]) subscriber.deliver(this, event);
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
    this.record('document_updated', { document_unique_name: this.uniqueName, document_data: data });
  }

  override toJson(): Record<string, unknown> {
    return { ...super.toJson(), data: this.data };
  }
}

export interface SyncItem<Key> {
  key: Key;
  data: object;
  lastEventId: number;
  dateUpdated: string;
}

/** Maps and lists: items by key or by index. */
export abstract class SyncCollection<Key extends string | number = string | number> extends SyncObject {
  declare readonly type: 'map' | 'list';
  private readonly items = new Map<Key, SyncItem<Key>>();

  constructor(type: 'map' | 'list', options: SyncObjectOptions, journal: SyncJournal) {
    super(type, options, journal);
  }

  /** What an item is called by: `key` in maps, `index` in lists. */
  private get keyName(): 'key' | 'index' {
    return this.type === 'map' ? 'key' : 'index';
  }

  get(key: Key): object | undefined {
    return this.items.get(key)?.data;
  }

  set(key: Key, data: object): void {
    const change = this.items.has(key) ? 'updated' : 'added';
    this.record(`${this.type}_item_${change}`, (lastEventId, dateUpdated) => {
      this.items.set(key, { key, data, lastEventId, dateUpdated });
      return {
        [`item_${this.keyName}`]: key,
        item_data: data,
        item_revision: lastEventId.toString(16),
        item_url: this.itemUrl(key),
        date_expires: null,
      };
    });
  }

  delete(key: Key): void {
    const item = this.items.get(key);
    if (!item) return;
    this.items.delete(key);
    this.record(`${this.type}_item_removed`, { [`item_${this.keyName}`]: key, item_data: item.data });
  }

  /** Maps in the order of their keys, lists in that of their indexes. */
  sorted(): SyncItem<Key>[] {
    return [...this.items.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  itemToJson(item: SyncItem<Key>): object {
    return {
      [this.keyName]: item.key,
      data: item.data,
      last_event_id: item.lastEventId,
      revision: item.lastEventId.toString(16),
      date_updated: item.dateUpdated,
      date_expires: null,
      url: this.itemUrl(item.key),
    };
  }

  override toJson(): Record<string, unknown> {
    return { ...super.toJson(), links: { items: `${this.url}/Items` } };
  }

  private itemUrl(key: Key): string {
    return `${this.url}/Items/${encodeURIComponent(key)}`;
  }
}

export class SyncMap extends SyncCollection<string> {
  constructor(options: SyncObjectOptions, journal: SyncJournal) {
    super('map', options, journal);
  }
}

export class SyncList extends SyncCollection<number> {
  constructor(options: SyncObjectOptions, journal: SyncJournal) {
    super('list', options, journal);
  }
}
