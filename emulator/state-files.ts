/** State in a folder: what `--export-on-exit` writes and `--import` reads. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'state.bin';

/** Written atomically, so that a reader never sees an incomplete file. It holds all state, so only its owner may read it. */
export function writeState(folder: string, snapshot: Uint8Array): void {
  mkdirSync(folder, { recursive: true });
  const next = join(folder, `${FILE}.${process.pid}`);
  writeFileSync(next, snapshot, { mode: 0o600 });
  renameSync(next, join(folder, FILE));
}

export function readState(folder: string): Uint8Array {
  try {
    return readFileSync(join(folder, FILE));
  } catch (error) {
    throw new Error(`${folder} contains no readable state: ${(error as Error).message}`);
  }
}
