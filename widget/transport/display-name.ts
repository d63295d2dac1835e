/**
 * Names that a visitor may read. An agent's identity is a login with every other character written as `_` and its code
 * (`ada@example.com` is `ada_40example_2Ecom`), so it is never a name, and neither is anything that it can be read from.
 */
import { plainLine, plainName } from './plain-text';

const ESCAPE = /_([0-9a-f]{2})/gi;

/** Logins, addresses of other channels, numbers, and the identities that this project's Functions assign. */
const NO_NAME = /[@:]|_[0-9a-f]{2}|^[\d\s()+.-]*$|^(?:visitor|user)-/i;

/** Twilio's author of system messages. */
export const SYSTEM = 'system';

/** A User's friendly name; empty where it says who the User is to Twilio. Twilio's default for it is the identity. */
export function userName(friendlyName: string | null | undefined, identity: string): string {
  const whole = plainLine(friendlyName ?? '');
  // Before it is cut: most of a long login would say as much.
  const revealed = [identity, loginIn(identity)].some((secret) => secret !== '' && reveals(whole, secret));
  return revealed ? '' : plainName(whole);
}

/** The name of an author who is no User, for example a bot's; empty where it may be an identity after all. */
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

/** However it is written, where it is plainly no word that a name may share with it. */
function reveals(name: string, secret: string): boolean {
  if (name.includes(secret)) return true;
  return /[^\p{L}]/u.test(secret) && name.toLowerCase().includes(secret.toLowerCase());
}
