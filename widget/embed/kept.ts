/** The part of this chat's browser storage that the launcher needs. */
import { storageKeyOf } from '../transport/deployment';

/**
 * The values whose keys are the deployment's own key followed by `rest`: nothing for an anonymous visitor's chat, `#…` for
 * a signed-in user's, `?` for the panel. `/…` belongs to another deployment.
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
    // Storage is null or throws if the browser or an app's web view has none.
    return [];
  }
}

/** A guess for signed-in users: only the panel can tell whose chat it is. An anonymous visitor's chat may become the user's. */
export function hasChat(functionsUrl: string, isOfUser: boolean): boolean {
  return read(functionsUrl, isOfUser ? /^(#|$)/ : /^$/).some((value) =>
    value.includes('"conversationSid":"'),
  );
}

/** For this tab, across pages: `true` or `false`; undefined if the visitor has neither opened nor closed the panel. */
export function wasOpen(functionsUrl: string): string | undefined {
  return read(functionsUrl, /^\?/)[0];
}

/** The anonymous visitor's chat and those of all signed-in users. */
export function forgetChats(functionsUrl: string): void {
  read(functionsUrl, /^(#|$)/, true);
}

export function forgetOpen(functionsUrl: string): void {
  read(functionsUrl, /^\?/, true);
}
