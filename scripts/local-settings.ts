/** The settings of the local Functions for the emulator, with the ports and origins of this run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mergeValues, type EnvFile } from '../infra/env-file';

export interface LocalRun {
  functionsPort: number;
  emulatorUrl: string;
  /** Where browsers reach the emulator, for example `ws://192.168.1.20:4010`. */
  realtimeUrl: string;
  /** Allowed besides the pages of this machine. */
  origins: readonly string[];
}

/** Returns the file that twilio-run reads. It contains no secrets: the embedded account is public. */
export function writeLocalSettings(
  root: string,
  embedded: EnvFile,
  { functionsPort, emulatorUrl, realtimeUrl, origins }: LocalRun,
): string {
  const allowed = [embedded.read()['ALLOWED_ORIGINS'], ...origins].join(',');
  const text = mergeValues(embedded.text(), {
    ALLOWED_ORIGINS: allowed,
    TWILIO_API_BASE_URL: emulatorUrl,
    TWILIO_REALTIME_URL: `${realtimeUrl}/v3/wsconnect`,
  });
  const folder = join(root, '.emulator');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `functions-${functionsPort}.env`);
  writeFileSync(file, text);
  return file;
}
