/** Sync as a whole, which here means its Lists: ordered items, each with an index that only rises. Source: docs https://www.twilio.com/docs/sync/api/lists */
import type { Clock, Timer } from '../core/clock';
import { invalidParameter, TwilioError } from '../core/errors';
import { createSid } from '../core/sids';
import { MAX_TTL_SECONDS, MAX_UNIQUE_NAME_CHARS } from './limits';
import type { SyncItem, SyncList } from './model';

export class SyncLists {
  private readonly bySid = new Map<string, SyncList>();
  private readonly expiry = new Map<string, Timer>();

  constructor(
    private readonly clock: Clock,
    /** The account's only Sync Service. Differs: Twilio's accounts have any number. */
    readonly serviceSid: string,
  ) {}

  create({ uniqueName, ttlSeconds }: { uniqueName?: string; ttlSeconds?: number }): SyncList {
    if (uniqueName !== undefined) this.checkUniqueName(uniqueName);
    checkTtl(ttlSeconds);
    const now = this.clock.date();
    const list: SyncList = {
      sid: createSid('ES'),
      uniqueName: uniqueName ?? null,
      revision: 0,
      dateExpires: null,
      dateCreated: now,
      dateUpdated: now,
      items: [],
      nextIndex: 0,
    };
    this.bySid.set(list.sid, list);
    if (ttlSeconds !== undefined) this.expire(list, ttlSeconds);
    return list;
  }

  /** By SID or unique name. */
  find(sidOrUniqueName: string): SyncList | undefined {
    return (
      this.bySid.get(sidOrUniqueName) ??
      [...this.bySid.values()].find(({ uniqueName }) => uniqueName === sidOrUniqueName)
    );
  }

  remove(list: SyncList): void {
    this.expiry.get(list.sid)?.cancel();
    this.expiry.delete(list.sid);
    this.bySid.delete(list.sid);
  }

  append(list: SyncList, data: unknown): SyncItem {
    const now = this.clock.date();
    const item = { index: list.nextIndex, data, revision: 0, dateCreated: now, dateUpdated: now };
    list.nextIndex += 1;
    list.revision += 1;
    list.dateUpdated = now;
    list.items.push(item);
    return item;
  }

  resume(): void {
    for (const list of this.bySid.values()) this.startExpiry(list);
  }

  private startExpiry(list: SyncList): void {
    if (!list.dateExpires) return;
    this.expiry.set(
      list.sid,
      this.clock.at(list.dateExpires, () => this.remove(list)),
    );
  }

  private checkUniqueName(uniqueName: string): void {
    if (uniqueName === '' || uniqueName.length > MAX_UNIQUE_NAME_CHARS) {
      throw new TwilioError(400, 54302, 'Invalid unique name');
    }
    // Source: docs https://www.twilio.com/docs/api/errors/54301. Guess: the HTTP status 409.
    if (this.find(uniqueName)) throw new TwilioError(409, 54301, 'Unique name already exists');
  }

  /** 0 means no expiry. Source: openapi sync_v1 (CollectionTtl) */
  private expire(list: SyncList, ttlSeconds: number): void {
    if (ttlSeconds === 0) return;
    list.dateExpires = new Date(this.clock.now() + ttlSeconds * 1000);
    this.startExpiry(list);
  }
}

function checkTtl(seconds = 0): void {
  if (seconds < 0 || seconds > MAX_TTL_SECONDS) throw invalidParameter('Invalid TTL');
}
