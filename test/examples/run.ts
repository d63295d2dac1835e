/**
 * `npm run test:examples`: each project in examples/ is installed with its own packages and the client of this repository,
 * built as its own tools build it, served, and driven through a chat in a browser.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildClient } from '../../scripts/build/client';
import { EXAMPLES, folderOf, runNpm } from './example';

const ROOT = join(__dirname, '..', '..');

async function main(): Promise<void> {
  // Where their package.json looks for it.
  await buildClient(join(ROOT, 'dist', 'client'));
  for (const example of EXAMPLES) await runNpm(['ci'], folderOf(example));
  const jest = spawn(
    process.execPath,
    [join(ROOT, 'node_modules', 'jest/bin/jest.js'), '-c', 'test/examples/jest.config.js'],
    { cwd: ROOT, stdio: 'inherit' },
  );
  jest.on('exit', (code) => (process.exitCode = code ?? 1));
}

main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
