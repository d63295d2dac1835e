/**
 * `npm run test:e2e`: the tests in test/e2e, which use this project as its users do: in a real browser, with its
 * commands and its packages. Arguments go to Jest, for example `npm run test:e2e -- test/e2e/widget`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, type CommandOptions } from '../infra/terminal';
import { serveChromium } from '../test/support/chromium';
import { build } from './build';
import { runJest } from './test/jest';

async function testEndToEnd({ args = [] }: CommandOptions): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'flex-custom-chat-'));
  const browser = await serveChromium();
  try {
    const dist = join(folder, 'dist');
    await build(dist);
    return (await runJest(dist, args.length > 0 ? args : ['test/e2e'], browser?.environment)) ? 0 : 1;
  } finally {
    await browser?.stop();
    rmSync(folder, { recursive: true });
  }
}

runCommand(testEndToEnd, {
  command: 'npm run test:e2e',
  forwardsArguments: true,
  does: 'The tests in a real browser, and of whole programs. What follows -- goes to Jest: npm run test:e2e -- test/e2e/widget',
});
