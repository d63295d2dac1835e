/** Clock and randomness for retries, injectable in tests, and the deadline of a Function call. */
import { setTimeout } from 'node:timers/promises';

export interface Timing {
  /** Milliseconds; only differences count. */
  nowMs(): number;
  /** Resolves early when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** 0..1 */
  random(): number;
}

export const REAL_TIMING: Timing = {
  nowMs: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => undefined),
  random: Math.random,
};

/** A call with less time than this would end before Twilio can answer. */
export const MIN_CALL_MS = 200;

export class Deadline {
  private readonly atMs: number;

  constructor(
    private readonly timing: Timing,
    budgetMs: number,
  ) {
    this.atMs = timing.nowMs() + budgetMs;
  }

  leftMs(): number {
    return this.atMs - this.timing.nowMs();
  }

  leavesTimeForCall(afterMs = 0): boolean {
    return this.leftMs() >= afterMs + MIN_CALL_MS;
  }
}
