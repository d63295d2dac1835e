/**
 * Whose the data in this browser is. Each user whom the site knows has a name of their own to keep it under, so that nobody
 * is shown, sends or erases what another one has left there.
 */

/** A visitor whom the site does not know. */
export const ANONYMOUS = 'anonymous';

/** Somebody whose userToken cannot be read: nothing is kept for them. */
export const UNREADABLE = 'unreadable';

/** Opaque, and the same for every userToken of the same user: by its `sub`. Not checked: the Functions do that. */
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

/** So that a browser that is left behind does not name its users. Only secure pages have the means. */
async function digest(text: string): Promise<string> {
  const { subtle } = globalThis.crypto as { subtle?: Digester };
  const bytes = new TextEncoder().encode(text);
  const hash = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : bytes;
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
