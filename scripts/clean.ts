/** Removes the output of builds and runs. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../infra/terminal';

const FOLDERS = ['dist', 'build', 'coverage', 'emulator/dist'];

async function clean(): Promise<void> {
  for (const folder of FOLDERS) rmSync(join(__dirname, '..', folder), { recursive: true, force: true });
}

runCommand(clean, { command: 'npm run clean', does: `Removes ${FOLDERS.join(', ')}.` });
