/**
 * Identities: who somebody is to Twilio. Opaque, because every participant sees them; made here, never taken from a
 * request. Anonymous: `visitor-<UUIDv7>`, which tells when it was born. Known: `user-<HMAC of the host site's name>`.
 */
import { createHmac, randomInt } from 'node:crypto';
import { V7Generator } from 'uuidv7';

const VISITOR = /^visitor-([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/;
/** Base64url of 32 bytes. */
const USER = /^user-[A-Za-z0-9_-]{43}$/;

/** With a source of its own: the package's falls back on Math.random where it finds no Web Crypto. */
const uuids = new V7Generator({ nextUint32: () => randomInt(2 ** 32) });

export function createVisitorIdentity(): string {
  return `visitor-${uuids.generate()}`;
}

/**
 * The same person gets the same identity, and nobody can try names against it without the key.
 * The label keeps this use of the key apart from its other one, signing tokens.
 */
export function toUserIdentity(subject: string, key: string): string {
  return `user-${createHmac('sha256', key).update('user-identity\n').update(subject).digest('base64url')}`;
}

export function isVisitorIdentity(identity: string): boolean {
  return VISITOR.test(identity);
}

export function isOurIdentity(identity: unknown): identity is string {
  return typeof identity === 'string' && (VISITOR.test(identity) || USER.test(identity));
}

/** Seconds since the Unix epoch at which an anonymous visitor's identity was made: the first 48 bits of a UUIDv7. */
export function bornAtSeconds(visitorIdentity: string): number {
  const uuid = VISITOR.exec(visitorIdentity)?.[1];
  if (uuid === undefined) throw new TypeError('Only anonymous visitors carry their birth time');
  return parseInt(uuid.replaceAll('-', '').slice(0, 12), 16) / 1000;
}
