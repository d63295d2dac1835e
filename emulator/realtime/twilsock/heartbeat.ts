/** Detects sessions whose network has failed silently: the SDK answers every frame, so it must answer a ping. */
import type { RealtimeSettings } from '../settings';

export class Heartbeat {
  private pingTimer: NodeJS.Timeout | undefined;
  private pongTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly settings: RealtimeSettings,
    private readonly ping: () => void,
    private readonly giveUp: () => void,
  ) {}

  start(): void {
    clearTimeout(this.pingTimer);
    this.pingTimer = setTimeout(() => {
      this.ping();
      this.pongTimer ??= setTimeout(this.giveUp, this.settings.pongTimeoutMs).unref();
      this.start();
    }, this.settings.pingIntervalMs).unref();
  }

  /** Any acknowledgement will do. */
  received(): void {
    clearTimeout(this.pongTimer);
    this.pongTimer = undefined;
  }

  stop(): void {
    clearTimeout(this.pingTimer);
    clearTimeout(this.pongTimer);
  }
}
