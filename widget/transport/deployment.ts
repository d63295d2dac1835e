/** One deployment of the Functions: its URL, and the storage keys of its data in the browser. */
import { ANONYMOUS } from './owner';

/** With a trailing slash. */
export function baseUrlOf(functionsUrl: string): string {
  return functionsUrl.endsWith('/') ? functionsUrl : `${functionsUrl}/`;
}

/** One per deployment, so that two chats on a site do not interfere. */
export function storageKeyOf(functionsUrl: string): string {
  return `flex-custom-chat:${baseUrlOf(functionsUrl)}`;
}

/** Stores whether the panel is open in this tab. It belongs to no user, so it is not under the key above. */
export function openKeyOf(functionsUrl: string): string {
  return `${storageKeyOf(functionsUrl)}?open`;
}

/** No deployment's URL has a `#`. */
export function keyFor(storageKey: string, owner: string): string {
  return owner === ANONYMOUS ? storageKey : `${storageKey}#${owner}`;
}

interface Keys {
  readonly length: number;
  key(index: number): string | null;
  removeItem(key: string): void;
}

/** The keys of the anonymous visitor and of all signed-in users. */
export function keysUnder(storage: Keys, storageKey: string): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index)!).filter(
    (key) => key.split('#')[0] === storageKey,
  );
}

export function eraseUnder(storage: Keys, storageKey: string): void {
  for (const key of keysUnder(storage, storageKey)) storage.removeItem(key);
}
