/** Sync maps and lists: objects made of items, by key or by index. Source: sdk twilio-sync/builds/lib.js */
import { SyncObject, type SyncJournal, type SyncObjectOptions } from './objects';

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
