/** What the browser has kept of this chat, as far as the launcher needs it. */
import { storageKeyOf } from '../transport/deployment';

/**
 * The values whose keys go on with `rest` behind the deployment's own: nothing for an anonymous visitor's chat, `#` for a
 * known user's, `?` for the panel, `/` for another deployment's.
 */
function read(functionsUrl: string, rest: RegExp, andForget?: boolean): string[] {
  const ownKey = storageKeyOf(functionsUrl);
  try {
    return [localStorage, sessionStorage].flatMap((storage) =>
      Object.entries<string>(storage).flatMap(([key, value]) => {
        if (!key.startsWith(ownKey) || !rest.test(key.slice(ownKey.length))) return [];
        if (andForget) storage.removeItem(key);
        return value;
      }),
    );
  } catch {
    // Null, or throwing, where the browser or an app's web view keeps nothing: then there is nothing to find either.
    return [];
  }
}

/** Perhaps: which of the known users' chats is whose, the panel finds out. */
export function hasChat(functionsUrl: string, isOfUser: boolean): boolean {
  return read(functionsUrl, isOfUser ? /^#/ : /^$/).some((value) => value.includes('"conversationSid":"'));
}

/** Of this tab, from page to page: `true` or `false`; undefined: the visitor has neither opened nor closed the panel. */
export function wasOpen(functionsUrl: string): string | undefined {
  return read(functionsUrl, /^\?/)[0];
}

/** Everybody's. */
export function forgetChats(functionsUrl: string): void {
  read(functionsUrl, /^(#|$)/, true);
}

export function forgetOpen(functionsUrl: string): void {
  read(functionsUrl, /^\?/, true);
}
