/**
 * `npm run test:examples`: each project in examples/ is installed with its own packages and the client of this repository,
 * built as its own tools build it, served, and driven through a chat in a browser.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { runCommand, type CommandOptions } from '../../infra/terminal';
import { buildClient } from '../../scripts/build/client';
import { EXAMPLES, folderOf, runNpm } from './example';

const ROOT = join(__dirname, '..', '..');

async function main({ args = [] }: CommandOptions): Promise<number> {
  // Where their package.json looks for it.
  await buildClient(join(ROOT, 'dist', 'client'));
  for (const example of EXAMPLES) await runNpm(['ci'], folderOf(example));
  const jest = spawn(
    process.execPath,
    [join(ROOT, 'node_modules', 'jest/bin/jest.js'), '-c', 'test/examples/jest.config.js', ...args],
    { cwd: ROOT, stdio: 'inherit' },
  );
  const [code] = (await once(jest, 'exit')) as [number | null];
  return code ?? 1;
}

runCommand(main, {
  command: 'npm run test:examples',
  forwardsArguments: true,
  does: 'Installs, builds and drives each project in examples/. What follows -- goes to Jest.',
});
