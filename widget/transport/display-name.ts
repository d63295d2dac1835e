/**
 * Names that a visitor may read. An agent's identity is a login with every other character written as `_` and its code
 * (`ada@example.com` is `ada_40example_2Ecom`), so it is never shown as a name, nor is any text that reveals it.
 */
import { plainLine, plainName } from './plain-text';

const ESCAPE = /_([0-9a-f]{2})/gi;

/** Logins, addresses of other channels, numbers, and the identities that this project's Functions assign. */
const NO_NAME = /[@:]|_[0-9a-f]{2}|^[\d\s()+.-]*$|^(?:visitor|user)-/i;

/** Twilio's author of system messages. */
export const SYSTEM = 'system';

/** A User's friendly name; empty if it reveals the identity, which is Twilio's default for it. */
export function userName(friendlyName: string | null | undefined, identity: string): string {
  const whole = plainLine(friendlyName ?? '');
  // Checked before it is shortened: most of a long login would reveal it, too.
  const revealed = [identity, loginIn(identity)].some((secret) => secret !== '' && reveals(whole, secret));
  return revealed ? '' : plainName(whole);
}

/** The name of an author that is not a User, such as a bot; empty if it may be an identity. */
export function authorName(author: string): string {
  const whole = plainLine(author);
  return NO_NAME.test(whole) ? '' : plainName(whole);
}

function loginIn(identity: string): string {
  try {
    return decodeURIComponent(identity.replace(ESCAPE, '%$1'));
  } catch {
    return identity;
  }
}

/** Ignores case, unless the secret is a plain word that a name may contain. */
function reveals(name: string, secret: string): boolean {
  if (name.includes(secret)) return true;
  return /[^\p{L}]/u.test(secret) && name.toLowerCase().includes(secret.toLowerCase());
}
