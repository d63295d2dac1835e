/** The progress of a download: one updated line on a terminal, otherwise a line from time to time. */

/** The interval of lines without a terminal. */
const LINE_EVERY_MS = 10_000;

export class Progress {
  private readonly seen = new Set<string>();
  private readonly startedAt = Date.now();
  private readonly ticks: NodeJS.Timeout;

  constructor(private readonly about: number) {
    // Also while nothing arrives, as when npm requests the package lists.
    this.ticks = setInterval(() => this.show(), process.stderr.isTTY ? 1_000 : LINE_EVERY_MS);
  }

  see(archive: string): void {
    this.seen.add(archive);
    if (process.stderr.isTTY) this.show();
  }

  note(text: string): void {
    process.stderr.write(`${process.stderr.isTTY ? '\n' : ''}${text}\n`);
  }

  end(): void {
    clearInterval(this.ticks);
    this.show();
    if (process.stderr.isTTY) process.stderr.write('\n');
  }

  private show(): void {
    const seconds = Math.round((Date.now() - this.startedAt) / 1000);
    const line = `Downloading: ${this.seen.size} of about ${this.about} packages, ${seconds} s`;
    process.stderr.write(process.stderr.isTTY ? `\r${line}` : `${line}\n`);
  }
}
