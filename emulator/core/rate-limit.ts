/** How often something may happen within any second. Off until a number is set. */
import type { Clock } from './clock';

const WINDOW_MS = 1000;

export class RateLimit {
  /** Null: no limit. */
  perSecond: number | null = null;
  /** When it happened, oldest first, by key. */
  private readonly recent = new Map<string, number[]>();

  constructor(private readonly clock: Clock) {}

  /** False if the limit is exceeded; the attempt is then not counted. */
  take(key: string): boolean {
    if (this.perSecond === null) return true;
    const now = this.clock.now();
    const recent = (this.recent.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
    const isFree = recent.length < this.perSecond;
    if (isFree) recent.push(now);
    this.recent.set(key, recent);
    return isFree;
  }

  set(perSecond: number | null): void {
    this.perSecond = perSecond;
    this.recent.clear();
  }
}
