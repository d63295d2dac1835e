/** Work that follows from a change and that no response waits for. */
export class Afterwards {
  private pending: (() => void)[] = [];

  /** Runs `job` after the current synchronous step, in the order of the calls. */
  add(job: () => void): void {
    if (this.pending.push(job) === 1) queueMicrotask(() => this.finish());
  }

  /** Runs all of it now, for a reader of its result. A job that fails is reported, and the others run: no caller waits for it. */
  finish(): void {
    if (this.pending.length === 0) return;
    const jobs = this.pending;
    this.pending = [];
    for (const job of jobs) {
      try {
        job();
      } catch (error) {
        process.stderr.write(`emulator: ${(error as Error).stack}\n`);
      }
    }
  }
}
