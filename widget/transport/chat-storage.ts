/** What outlives the page: who the visitor is, for all tabs of the site; and what a tab has not yet sent. */
import type { Attachment } from '../state/model';
import type { Pass } from './functions-client';

/** Shared by all tabs. */
export interface SiteData {
  pass: Pass | null;
  /** Of the chat that is on; null before the first and after it was left. */
  conversationSid: string | null;
  visitorName: string;
  /** Of that same chat, once it is kept. Missing in what an earlier version has stored. */
  rating?: number | null;
}

export interface UnsentMessage {
  key: string;
  body: string;
  at: number;
  /** Without their links, which end with the page. Missing in what an earlier version has stored. */
  attachments?: Attachment[];
}

/** Of this tab alone: two tabs never send one message twice. */
export interface TabData {
  draft: string;
  /** Sent by the visitor, not known to be with Twilio. */
  unsent: UnsentMessage[];
  /** Names of what is attached to the draft, or was and is lost: the files themselves cannot be kept. */
  files?: string[];
}

export interface ChatStorage {
  readSite(): SiteData;
  writeSite(data: SiteData): void;
  readTab(): TabData;
  writeTab(data: TabData): void;
  clear(): void;
}

/** The part of the browser's `Storage` that is used. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Asks for the storages each time, and remembers by itself where the browser refuses them (private mode, blocked
 * cookies): the chat works then until the page is left.
 */
export function createChatStorage(
  key: string,
  site: () => KeyValueStorage,
  tab: () => KeyValueStorage,
): ChatStorage {
  let siteData: SiteData = { pass: null, conversationSid: null, visitorName: '' };
  let tabData: TabData = { draft: '', unsent: [] };
  const noSite = siteData;
  const noTab = tabData;
  return {
    readSite: () => read(site, key) ?? siteData,
    writeSite(data) {
      siteData = data;
      write(site, key, data);
    },
    readTab: () => read(tab, key) ?? tabData,
    writeTab(data) {
      tabData = data;
      write(tab, key, data);
    },
    clear() {
      siteData = noSite;
      tabData = noTab;
      for (const storage of [site, tab]) write(storage, key, null);
    },
  };
}

function read<Data>(storage: () => KeyValueStorage, key: string): Data | null {
  try {
    return JSON.parse(storage().getItem(key) ?? 'null') as Data | null;
  } catch {
    return null;
  }
}

function write(storage: () => KeyValueStorage, key: string, data: object | null): void {
  try {
    if (data) storage().setItem(key, JSON.stringify(data));
    else storage().removeItem(key);
  } catch {
    // Resume is lost, the chat is not.
  }
}
