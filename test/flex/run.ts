/**
 * `npm run test:flex`: Twilio's own Flex UI as the agent, our widget as the customer, both in Chromium. Fetches Flex UI where
 * it is not here yet, and fails where it cannot be had: nothing is skipped.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { runCommand, type CommandOptions } from '../../infra/terminal';
import { fetchFlexUi, isFetched } from '../../scripts/flex-ui/fetch';

const ROOT = join(__dirname, '..', '..');

async function main({ args = [] }: CommandOptions): Promise<number> {
  if (!isFetched()) await fetchFlexUi();
  const jest = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
      ...['-c', 'test/flex/jest.config.js', '--runInBand'],
      ...args,
    ],
    // A missing browser fails, too.
    { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, CI: 'true' } },
  );
  const [code] = (await once(jest, 'exit')) as [number | null];
  return code ?? 1;
}

runCommand(main, {
  command: 'npm run test:flex',
  forwardsArguments: true,
  does: "Plays a whole chat with Twilio's own Flex UI, which it fetches where it is missing. What follows -- goes to Jest.",
});
