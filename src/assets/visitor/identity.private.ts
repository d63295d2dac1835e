/**
 * Identities: opaque, because every participant sees them, and created here, never taken from a request. Anonymous:
 * `visitor-<UUIDv7>`, which contains its creation time. Known: `user-<HMAC of the host site's name>`.
 */
import { createHmac, randomInt } from 'node:crypto';
import { V7Generator } from 'uuidv7';

const VISITOR = /^visitor-([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/;
/** Base64url of 32 bytes. */
const USER = /^user-[A-Za-z0-9_-]{43}$/;

/** With a secure random source: without Web Crypto the package would use Math.random. */
const uuids = new V7Generator({ nextUint32: () => randomInt(2 ** 32) });

export function createVisitorIdentity(): string {
  return `visitor-${uuids.generate()}`;
}

/**
 * The same user always gets the same identity, and guessing names requires the key. The label separates this use of the
 * key from the other one, signing tokens.
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

/** Seconds since the Unix epoch at which an anonymous visitor's identity was created: the first 48 bits of a UUIDv7. */
export function createdAtSeconds(visitorIdentity: string): number {
  const uuid = VISITOR.exec(visitorIdentity)?.[1];
  if (uuid === undefined)
    throw new TypeError('Only the identity of an anonymous visitor contains its creation time');
  return parseInt(uuid.replaceAll('-', '').slice(0, 12), 16) / 1000;
}
