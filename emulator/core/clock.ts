/** The emulator's time. Tests move it with `POST /emulator/clock` instead of sleeping. */

export interface Timer {
  cancel(): void;
}

/**
 * Wall time plus whatever `advance` has added. Timers fire in order of their due time, whether real time passes
 * or the clock is moved, so a ten minute conversation timer can be tested at once.
 */
export class Clock {
  private offsetMs = 0;
  private readonly timers = new Set<{ dueMs: number; run: () => void; handle?: NodeJS.Timeout }>();

  /** Milliseconds since the Unix epoch. */
  now(): number {
    return Date.now() + this.offsetMs;
  }

  /** At a time that may be in the past; the task then runs as soon as possible. */
  at(time: Date, task: () => void): Timer {
    return this.after(time.getTime() - this.now(), task);
  }

  /** How far it is ahead of wall time. */
  get aheadMs(): number {
    return this.offsetMs;
  }

  set aheadMs(offsetMs: number) {
    this.offsetMs = offsetMs;
  }

  date(): Date {
    return new Date(this.now());
  }

  /** Runs `task` once, `delayMs` from now. Timers never keep the process alive. */
  after(delayMs: number, task: () => void): Timer {
    const timer = { dueMs: this.now() + Math.max(0, delayMs), run: task, handle: undefined };
    this.timers.add(timer);
    this.arm(timer);
    return {
      cancel: () => {
        clearTimeout(timer.handle);
        this.timers.delete(timer);
      },
    };
  }

  /** Moves time forward and runs everything that has come due, oldest first. */
  advance(byMs: number): void {
    if (!(byMs >= 0)) throw new RangeError('The clock only runs forward');
    const target = this.now() + byMs;
    for (;;) {
      const next = [...this.timers].sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!next || next.dueMs > target) break;
      // A timer that starts another one must see the time at which it fired, not the time after the whole jump.
      this.offsetMs += Math.max(0, next.dueMs - this.now());
      this.fire(next);
    }
    this.offsetMs += Math.max(0, target - this.now());
    for (const timer of this.timers) this.arm(timer);
  }

  /** Forgets every timer (reset and shutdown). */
  clear(): void {
    for (const timer of this.timers) clearTimeout(timer.handle);
    this.timers.clear();
  }

  private arm(timer: { dueMs: number; run: () => void; handle?: NodeJS.Timeout }): void {
    clearTimeout(timer.handle);
    // setTimeout takes at most 2^31 - 1 ms; a longer wait is re-armed when that has passed.
    const waitMs = Math.min(Math.max(0, timer.dueMs - this.now()), 2 ** 31 - 1);
    timer.handle = setTimeout(() => {
      if (this.now() < timer.dueMs) this.arm(timer);
      else this.fire(timer);
    }, waitMs);
    timer.handle.unref();
  }

  private fire(timer: { run: () => void; handle?: NodeJS.Timeout }): void {
    clearTimeout(timer.handle);
    if (!this.timers.delete(timer as never)) return;
    timer.run();
  }
}
