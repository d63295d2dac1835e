/**
 * `npm run test:flex`: Twilio's own Flex UI as the agent, our widget as the customer, both in Chromium. Fetches Flex UI where
 * it is not here yet, and fails where it cannot be had: nothing is skipped.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Remedy } from '../../infra/terminal';
import { fetchFlexUi, isFetched } from '../../scripts/flex-ui/fetch';

const ROOT = join(__dirname, '..', '..');

async function main(): Promise<void> {
  if (!isFetched()) await fetchFlexUi();
  const jest = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
      ...['-c', 'test/flex/jest.config.js', '--runInBand'],
      ...process.argv.slice(2),
    ],
    // A missing browser fails, too.
    { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, CI: 'true' } },
  );
  jest.on('exit', (code) => (process.exitCode = code ?? 1));
}

main().catch((error: Error) => {
  const next = error instanceof Remedy ? `\n${error.remedy}` : '';
  process.stderr.write(`${error.message}${next}\n`);
  process.exitCode = 1;
});
