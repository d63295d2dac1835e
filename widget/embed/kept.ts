/** What the browser has kept of this chat, as far as the launcher needs it. */
import { eraseUnder, keysUnder, openKeyOf, storageKeyOf } from '../transport/deployment';

/** Null, or throwing, where the browser or an app's web view keeps nothing: then there is nothing to find either. */
function storages(): Storage[] {
  try {
    return [localStorage, sessionStorage].filter(Boolean);
  } catch {
    return [];
  }
}

/** Perhaps: which of the known users' chats is whose, the panel finds out. */
export function hasChat(functionsUrl: string, isOfUser: boolean): boolean {
  return storages().some((one) =>
    keysUnder(one, storageKeyOf(functionsUrl)).some(
      (key) => key.includes('#') === isOfUser && /"conversationSid":"/.test(one.getItem(key)!),
    ),
  );
}

/** Of this tab, from page to page; undefined: the visitor has neither opened nor closed the panel. */
export function wasOpen(functionsUrl: string): boolean | undefined {
  const kept = storages().map((one) => one.getItem(openKeyOf(functionsUrl)))[1];
  return kept ? kept === 'true' : undefined;
}

/** Everybody's. */
export function forgetChats(functionsUrl: string): void {
  for (const one of storages()) eraseUnder(one, storageKeyOf(functionsUrl));
}

export function forgetOpen(functionsUrl: string): void {
  for (const one of storages()) one.removeItem(openKeyOf(functionsUrl));
}
