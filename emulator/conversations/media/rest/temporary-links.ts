/** Links that need no credentials and expire after a short time. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../../core/clock';

/** Guess: Twilio's links live for some minutes, too; how many is not documented. */
const LIFETIME_MS = 300_000;

export class TemporaryLinks {
  private readonly key = randomBytes(32);

  constructor(private readonly clock: Clock) {}

  /** The query of a link to this Media. */
  sign(mediaSid: string): URLSearchParams {
    const expires = String(Math.floor((this.clock.now() + LIFETIME_MS) / 1000));
    return new URLSearchParams({
      Expires: expires,
      Signature: this.signature(mediaSid, expires).toString('hex'),
    });
  }

  isGood(mediaSid: string, query: URLSearchParams): boolean {
    const expires = query.get('Expires') ?? '';
    const given = Buffer.from(query.get('Signature') ?? '', 'hex');
    const right = this.signature(mediaSid, expires);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
    return this.clock.now() < Number(expires) * 1000;
  }

  private signature(mediaSid: string, expires: string): Buffer {
    return createHmac('sha256', this.key).update(`${mediaSid}:${expires}`).digest();
  }
}
