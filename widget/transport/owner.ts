/**
 * The owner of the data in this browser. The data of each signed-in user is stored under a name of its own, so that no visitor
 * sees, sends or erases another user's data.
 */

/** The owner of an anonymous visitor's data. */
export const ANONYMOUS = 'anonymous';

/** The owner if the userToken cannot be read: nothing is stored. */
export const UNREADABLE = 'unreadable';

/** Opaque, and the same for all userTokens of a user: derived from `sub`. The Functions verify the token. */
export async function ownerOf(userToken: string): Promise<string> {
  try {
    const payload = userToken.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
    const { sub } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown };
    return typeof sub === 'string' && sub !== '' ? `user-${await digest(sub)}` : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

interface Digester {
  digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>;
}

/** Hides the users' ids in a shared browser. Only secure pages have `crypto.subtle`. */
async function digest(text: string): Promise<string> {
  const { subtle } = globalThis.crypto as { subtle?: Digester };
  const bytes = new TextEncoder().encode(text);
  const hash = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : bytes;
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
