/** The Sync objects of one Conversations Service, by SID and by unique name. */
import type { Clock } from '../../core/clock';
import { SyncList, SyncMap } from './collections';
import { SyncDocument, type SyncJournal, type SyncObject } from './objects';

/**
 * Event ids start at the time of boot, in microseconds: no life of the emulator makes more than one per microsecond,
 * so the next one always starts above. With the SIDs made from names, clients that outlive a restart find their objects
 * again, and everything in them is newer than what they hold.
 */
export function createSyncJournal(clock: Clock): SyncJournal {
  lastEventId = Math.max(lastEventId, clock.now() * 1000);
  return { nextEventId: () => ++lastEventId, now: () => clock.now() };
}

/** Shared by all worlds of this process: the clock of the next one can be behind that of the last one. */
let lastEventId = 0;

export class SyncStore {
  private readonly bySid = new Map<string, SyncObject>();
  private readonly byName = new Map<string, SyncObject>();
  /** Those that are not in `bySid` yet. */
  private readonly withoutSid = new Set<SyncObject>();

  constructor(
    private readonly chatServiceSid: string,
    private readonly journal: SyncJournal,
  ) {}

  document(uniqueName: string, mayRead: (identity: string) => boolean, data: object): SyncDocument {
    return this.add(new SyncDocument(this.options(uniqueName, mayRead), this.journal, data));
  }

  map(uniqueName: string, mayRead: (identity: string) => boolean): SyncMap {
    return this.add(new SyncMap(this.options(uniqueName, mayRead), this.journal));
  }

  list(uniqueName: string, mayRead: (identity: string) => boolean): SyncList {
    return this.add(new SyncList(this.options(uniqueName, mayRead), this.journal));
  }

  find(sidOrUniqueName: string): SyncObject | undefined {
    const object = this.byName.get(sidOrUniqueName) ?? this.bySid.get(sidOrUniqueName);
    if (object || this.withoutSid.size === 0) return object;
    for (const one of this.withoutSid) this.bySid.set(one.sid, one);
    this.withoutSid.clear();
    return this.bySid.get(sidOrUniqueName);
  }

  remove(object: SyncObject): void {
    if (!this.withoutSid.delete(object)) this.bySid.delete(object.sid);
    this.byName.delete(object.uniqueName);
    object.markRemoved();
  }

  private add<Kind extends SyncObject>(object: Kind): Kind {
    this.withoutSid.add(object);
    this.byName.set(object.uniqueName, object);
    return object;
  }

  private options(uniqueName: string, mayRead: (identity: string) => boolean) {
    return { chatServiceSid: this.chatServiceSid, uniqueName, mayRead };
  }
}
