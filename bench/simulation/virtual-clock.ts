/** Virtual time: it passes only when nothing else can happen, so that hours of starts take a second of CPU. */
import type { Timing } from '../../src/assets/twilio/timing.private';

export class VirtualClock implements Timing {
  private atMs = 0;
  private readonly due: { atMs: number; wake: () => void }[] = [];

  /**
   * @param random 0..1, so that a run can be repeated
   */
  constructor(readonly random: () => number) {}

  nowMs = (): number => this.atMs;

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((wake) => {
      if (ms === Infinity) return;
      const entry = { atMs: this.atMs + ms, wake };
      this.due.push(entry);
      signal?.addEventListener('abort', () => {
        entry.wake = () => undefined;
        wake();
      });
    });

  /** Runs until `work` is done, together with everything due by then. */
  async run<Result>(work: Promise<Result>): Promise<Result> {
    let isDone = false;
    void work.finally(() => (isDone = true));
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone && this.due.length === 0) return work;
      if (this.due.length === 0) throw new Error('Nothing is due, but the work is not done');
      const atMs = Math.min(...this.due.map((entry) => entry.atMs));
      this.atMs = Math.max(this.atMs, atMs);
      const now = this.due.filter((entry) => entry.atMs <= atMs);
      for (const entry of now) this.due.splice(this.due.indexOf(entry), 1);
      for (const { wake } of now) wake();
    }
  }
}

/** mulberry32: small, fast, and good enough for delays. Source: public domain */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
