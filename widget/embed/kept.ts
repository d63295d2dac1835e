/** What the browser has kept of this chat, as far as the launcher needs it. */
import { openKeyOf, storageKeyOf } from '../transport/deployment';

/** Null, or throwing, where the browser or an app's web view keeps nothing: then there is nothing to find either. */
function storages(): Storage[] {
  try {
    return [localStorage, sessionStorage].filter(Boolean);
  } catch {
    return [];
  }
}

export function hasChat(functionsUrl: string): boolean {
  return storages().some((one) => /"conversationSid":"/.test(one.getItem(storageKeyOf(functionsUrl)) ?? ''));
}

/** Of this tab, from page to page; undefined: the visitor has neither opened nor closed the panel. */
export function wasOpen(functionsUrl: string): boolean | undefined {
  const kept = storages().map((one) => one.getItem(openKeyOf(functionsUrl)))[1];
  return kept ? kept === 'true' : undefined;
}

export function forgetChat(functionsUrl: string): void {
  for (const one of storages()) one.removeItem(storageKeyOf(functionsUrl));
}

export function forgetOpen(functionsUrl: string): void {
  for (const one of storages()) one.removeItem(openKeyOf(functionsUrl));
}
