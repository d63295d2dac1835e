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

/** A timer that is this late means that the process stood still: it was frozen, or had no processor. */
const STOOD_STILL_MS = 100;
/** The maximum time to read the answers that arrived while it stood still. */
const MAX_CATCH_UP_MS = 500;

export const REAL_TIMING: Timing = {
  nowMs: () => performance.now(),
  /** Timers run before answers are read, so without the second pause the calls would count as unanswered. */
  async sleep(ms, signal) {
    const dueMs = performance.now() + ms;
    await pause(ms, signal);
    const lateMs = performance.now() - dueMs;
    if (lateMs > STOOD_STILL_MS) await pause(Math.min(lateMs, MAX_CATCH_UP_MS), signal);
  },
  random: Math.random,
};

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return setTimeout(ms, undefined, { signal }).catch(() => undefined);
}

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
