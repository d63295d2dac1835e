/** Sync maps and lists: objects made of items, by key or by index. Source: sdk twilio-sync/builds/lib.js */
import { firstNotBefore } from '../../core/sorted';
import { SyncObject, type SyncJournal, type SyncObjectOptions } from './objects';

export interface SyncItem<Key> {
  key: Key;
  data: object;
  /** Its last event is no longer the one that added it. */
  wasUpdated: boolean;
  lastEventId: number;
  dateUpdated: string;
}

/** Maps and lists: items by key or by index. */
export abstract class SyncCollection<Key extends string | number = string | number> extends SyncObject {
  declare readonly type: 'map' | 'list';
  private readonly byKey = new Map<Key, SyncItem<Key>>();
  /** The same ones in the order of their keys. */
  private readonly inOrder: SyncItem<Key>[] = [];

  constructor(type: 'map' | 'list', options: SyncObjectOptions, journal: SyncJournal) {
    super(type, options, journal);
  }

  /** What an item is called by: `key` in maps, `index` in lists. */
  private get keyName(): 'key' | 'index' {
    return this.type === 'map' ? 'key' : 'index';
  }

  get(key: Key): object | undefined {
    return this.byKey.get(key)?.data;
  }

  set(key: Key, data: object): void {
    const known = this.byKey.get(key);
    if (known?.wasUpdated) this.forget(known.lastEventId);
    this.record(`${this.type}_item_${known ? 'updated' : 'added'}`, (lastEventId, dateUpdated) => {
      const item = { key, data, wasUpdated: known !== undefined, lastEventId, dateUpdated };
      if (known) Object.assign(known, item);
      else this.insert(item);
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
    const item = this.byKey.get(key);
    if (!item) return;
    this.byKey.delete(key);
    this.inOrder.splice(this.positionOf(key), 1);
    this.record(`${this.type}_item_removed`, { [`item_${this.keyName}`]: key, item_data: item.data });
  }

  find(key: Key): SyncItem<Key> | undefined {
    return this.byKey.get(key);
  }

  /** Maps in the order of their keys, lists in that of their indexes. */
  get sorted(): readonly SyncItem<Key>[] {
    return this.inOrder;
  }

  /** In that order, of the first item from this key on. */
  positionOf(key: Key): number {
    return firstNotBefore(this.inOrder, (item) => item.key < key);
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

  private insert(item: SyncItem<Key>): void {
    this.byKey.set(item.key, item);
    this.inOrder.splice(this.positionOf(item.key), 0, item);
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
