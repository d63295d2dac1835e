/** The two moments in a token's life that its session hears of: shortly before the end, and the end. */
import type { Clock, Timer } from '../../core/clock';
import type { RealtimeSettings } from '../settings';

export class TokenTimers {
  private timers: Timer[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly settings: RealtimeSettings,
    private readonly warn: () => void,
    private readonly expire: () => void,
  ) {}

  /** Anew with each token. One with less time left than the warning takes is warned of at once. */
  arm(expiresAt: number): void {
    this.stop();
    const leftMs = expiresAt - this.clock.now();
    this.timers = [
      this.clock.after(leftMs - this.settings.tokenWarningMs, this.warn),
      this.clock.after(leftMs, this.expire),
    ];
  }

  stop(): void {
    for (const timer of this.timers) timer.cancel();
  }
}
