/** Reads the files that `EMULATOR_RECORDING` fills. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedCall } from '../../../emulator/core/recording';

export function* readRecording(folder: string): Generator<RecordedCall> {
  for (const name of readdirSync(folder)) {
    for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) {
      if (line !== '') yield JSON.parse(line) as RecordedCall;
    }
  }
}
