/** Which files of some folders have changed. It polls, because editors and containers do not report every change. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LOOK_EVERY_MS = 200;

export interface Change {
  /** With the folder before it. */
  file: string;
  kind: 'added' | 'changed' | 'removed';
}

export class ChangedFiles {
  private known: Map<string, string>;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly folders: readonly string[]) {
    this.known = this.scan();
  }

  /** Calls `report` with what has changed since the last time, one call after the other. */
  watch(report: (changes: Change[]) => Promise<void>): void {
    this.timer = setTimeout(async () => {
      const changes = this.changes();
      if (changes.length > 0) await report(changes);
      if (this.timer) this.watch(report);
    }, LOOK_EVERY_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private changes(): Change[] {
    const before = this.known;
    this.known = this.scan();
    const removed = [...before.keys()].filter((file) => !this.known.has(file));
    return [
      ...[...this.known].flatMap(([file, stamp]): Change[] => {
        const was = before.get(file);
        if (was === stamp) return [];
        return [{ file, kind: was === undefined ? 'added' : 'changed' }];
      }),
      ...removed.map((file): Change => ({ file, kind: 'removed' })),
    ];
  }

  private scan(): Map<string, string> {
    const stamps = new Map<string, string>();
    for (const folder of this.folders) {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const file = join(folder, name);
        const stat = statSync(file, { throwIfNoEntry: false });
        if (stat?.isFile()) stamps.set(file, `${stat.mtimeMs} ${stat.size}`);
      }
    }
    return stamps;
  }
}
