/**
 * The data that survives the page: the visitor's identity, for all tabs of the site, and the unsent messages of each tab. It
 * is stored separately for each owner (owner.ts).
 */
import type { Attachment } from '../state/model';
import type { Answer } from '../state/rich';
import { eraseUnder, keyFor, keysUnder } from './deployment';
import type { Pass } from './functions-client';
import { ANONYMOUS, UNREADABLE } from './owner';

/** Shared by all tabs. */
export interface SiteData {
  pass: Pass | null;
  /** Of the current chat; null if there is none. */
  conversationSid: string | null;
  visitorName: string;
  /** The rating of the current chat, once saved. Missing in data of earlier versions. */
  rating?: number | null;
}

interface UnsentMessage {
  key: string;
  body: string;
  at: number;
  /** Without links, which end with the page. Missing in data of earlier versions. */
  attachments?: Attachment[];
  answer?: Answer | null;
}

/** For this tab only, so that two tabs never send the same message. */
export interface TabData {
  draft: string;
  /** Sent by the visitor, not confirmed by Twilio. */
  unsent: UnsentMessage[];
  /** Names of files that are attached to the draft, or were lost: the files themselves cannot be stored. */
  files?: string[];
  /** Of the chat that this tab shows and that is not over. Missing in data of earlier versions. */
  conversationSid?: string | null;
}

/** A message that the visitor is about to leave, for this tab. */
interface LeavingData {
  name: string;
  contact: string;
  message: string;
  /** Empty before it is sent. */
  messageId: string;
}

export interface ChatStorage {
  /** Whose data is read and written; null while that is unknown: then nothing is stored. */
  readonly owner: string | null;
  setOwner(owner: string | null): void;
  /** True if stored data may belong to the signed-in user. */
  hasUserData(): boolean;
  /** Takes what the anonymous visitor of this tab had not sent, to move it to the user who has signed in. */
  takeAnonymousTab(): TabData;
  /** The anonymous visitor's chat, if this tab has shown it: the user who signs in may continue it. Otherwise null. */
  readLeft(): { conversationSid: string; pass: Pass } | null;
  /** It has become the user's. */
  dropLeft(): void;
  readSite(): SiteData;
  writeSite(data: SiteData): void;
  readTab(): TabData;
  writeTab(data: TabData): void;
  /** Empty if nothing is kept. */
  readLeaving(): Partial<LeavingData>;
  writeLeaving(data: Partial<LeavingData>): void;
  /** Erases the data of the owner and of the anonymous visitor, who may be the same person. Erases all data if the owner is unknown. */
  clear(): void;
}

/** The part of the browser's `Storage` that is used. */
export interface KeyValueStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const NO_SITE: SiteData = { pass: null, conversationSid: null, visitorName: '' };
const NO_TAB: TabData = { draft: '', unsent: [] };

/**
 * Accesses the browser's storage each time, and falls back to memory if the browser denies it (private mode, blocked
 * cookies): the chat then works until the page is left.
 */
export function createChatStorage(
  key: string,
  site: () => KeyValueStorage,
  tab: () => KeyValueStorage,
  owner: string | null = ANONYMOUS,
): ChatStorage {
  const siteData = new Kept(site, NO_SITE);
  const tabData = new Kept(tab, NO_TAB);
  const leaving = new Kept<Partial<LeavingData>>(tab, {});
  const ownKey = (): string | null => (owner === null || owner === UNREADABLE ? null : keyFor(key, owner));
  return {
    get owner() {
      return owner;
    },
    setOwner(next) {
      // What is written before its owner is known is the next owner's.
      if (owner) leaving.forget();
      owner = next;
      siteData.forget();
      tabData.forget();
    },
    hasUserData: () =>
      [site, tab].some((storage) => attempt(() => keysUnder(storage(), key).length > 0) ?? false),
    takeAnonymousTab() {
      const left = tabData.read(keyFor(key, ANONYMOUS));
      tabData.write(keyFor(key, ANONYMOUS), NO_TAB);
      return left;
    },
    readLeft() {
      const { conversationSid, pass } = siteData.read(keyFor(key, ANONYMOUS));
      const isShown = tabData.read(keyFor(key, ANONYMOUS)).conversationSid === conversationSid;
      return conversationSid && pass && isShown ? { conversationSid, pass } : null;
    },
    dropLeft: () => siteData.write(keyFor(key, ANONYMOUS), NO_SITE),
    readSite: () => siteData.read(ownKey()),
    writeSite: (data) => siteData.write(ownKey(), data),
    readTab: () => tabData.read(ownKey()),
    writeTab: (data) => tabData.write(ownKey(), data),
    readLeaving: () => leaving.read(leavingKey(ownKey())),
    writeLeaving: (data) => leaving.write(leavingKey(ownKey()), data),
    clear() {
      siteData.forget();
      tabData.forget();
      if (ownKey() === null) {
        attempt(() => eraseUnder(site(), key));
        attempt(() => eraseUnder(tab(), key));
      }
      for (const name of [ownKey(), keyFor(key, ANONYMOUS)]) {
        siteData.write(name, NO_SITE);
        tabData.write(name, NO_TAB);
        leaving.write(leavingKey(name), {});
      }
    },
  };
}

function leavingKey(ownerKey: string | null): string | null {
  return ownerKey && `${ownerKey}#leaving`;
}

/** One value in the browser's storage, or in memory if that is not available. */
class Kept<Data extends object> {
  private inMemory: Data | null = null;

  constructor(
    private readonly storage: () => KeyValueStorage,
    private readonly nothing: Data,
  ) {}

  forget(): void {
    this.inMemory = null;
  }

  /** @param key null: the owner is not known yet, so the value stays in memory */
  read(key: string | null): Data {
    if (this.inMemory || key === null) return this.inMemory ?? this.nothing;
    try {
      return (JSON.parse(this.storage().getItem(key) ?? 'null') as Data | null) ?? this.nothing;
    } catch {
      return this.nothing;
    }
  }

  write(key: string | null, data: Data): void {
    this.inMemory = null;
    try {
      // Empty data leaves no key behind.
      if (isEmpty(data)) {
        if (key) this.storage().removeItem(key);
      } else if (!key) this.inMemory = data;
      else this.storage().setItem(key, JSON.stringify(data));
    } catch {
      // The chat works, but cannot be resumed.
      this.inMemory = data;
    }
  }
}

/** Undefined if the browser denies access to its storage. */
function attempt<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function isEmpty(data: object): boolean {
  return Object.values(data).every((value) => !value || (Array.isArray(value) && value.length === 0));
}
