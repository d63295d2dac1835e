/** Sync maps and lists: objects made of items, by key or by index. Source: sdk twilio-sync/builds/lib.js */
import { firstNotBefore } from '../../core/sorted';
import { SyncObject, toIso, type SyncEvent, type SyncJournal, type SyncObjectOptions } from './objects';

/** An item is the last event about it. */
export interface SyncItem<Key extends string | number> extends SyncEvent {
  readonly key: Key;
}

/** Maps and lists: items by key or by index. */
export abstract class SyncCollection<Key extends string | number = string | number> extends SyncObject<
  SyncItem<Key>
> {
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
    if (known?.type === 'item_updated') this.forget(known.id);
    const item = this.record(known ? 'item_updated' : 'item_added', key, data);
    this.byKey.set(key, item);
    this.inOrder.splice(this.positionOf(key), known ? 1 : 0, item);
    this.publish(item);
  }

  delete(key: Key): void {
    const item = this.byKey.get(key);
    if (!item) return;
    this.forget(item.id);
    this.byKey.delete(key);
    this.inOrder.splice(this.positionOf(key), 1);
    this.publish(this.record('item_removed', key, item.data));
  }

  /** Without an event: subscribers keep their copies of what comes before this key. */
  discardBefore(key: Key): void {
    const discarded = new Set(this.inOrder.splice(0, this.positionOf(key)));
    for (const item of discarded) this.byKey.delete(item.key);
    this.forgetAll(discarded);
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
      last_event_id: item.id,
      revision: item.id.toString(16),
      date_updated: toIso(item.at),
      date_expires: null,
      url: this.itemUrl(item.key),
    };
  }

  override toJson(): Record<string, unknown> {
    return { ...super.toJson(), links: { items: `${this.url}/Items` } };
  }

  protected override fieldsOf({ type, key, data, id }: SyncItem<Key>): object {
    if (type === 'removed') return {};
    const item = { [`item_${this.keyName}`]: key, item_data: data };
    if (type === 'item_removed') return item;
    return { ...item, item_revision: id.toString(16), item_url: this.itemUrl(key), date_expires: null };
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
