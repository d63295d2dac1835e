/** The two events in a token's life that its session receives: shortly before expiry, and expiry. */
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

  /** Restarts with each token. A token that expires within the warning period triggers the warning at once. */
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
