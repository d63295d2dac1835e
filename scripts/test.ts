/**
 * `npm test`: types, lint, format, build and every test that needs neither a browser nor a whole program (those are
 * `npm run test:e2e`). Arguments go to Jest, for example `npm test -- test/functions`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, type CommandOptions } from '../infra/terminal';
import { build } from './build';
import { STATIC_CHECKS } from './test/checks';
import { runJest, runProgram, secondsSince, timed } from './test/jest';

const { testPathIgnorePatterns } = createRequire(__filename)('../jest.config.js') as {
  testPathIgnorePatterns: string[];
};
const WITHOUT_E2E = ['--testPathIgnorePatterns', ...testPathIgnorePatterns, '<rootDir>/test/e2e/'];

async function test({ args = [] }: CommandOptions): Promise<number> {
  const startedAt = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'flex-custom-chat-'));
  try {
    const dist = join(folder, 'dist');
    const [built, ...results] = await Promise.all([
      timed('build', () => build(dist).then(() => true)),
      ...STATIC_CHECKS.map((check) => runProgram(check)),
    ]);
    if (!built || results.includes(false)) {
      console.error('Fix the errors above; tests were not run.');
      return 1;
    }
    return (await runJest(dist, args.length > 0 ? args : WITHOUT_E2E)) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
    console.log(`npm test took ${secondsSince(startedAt)}`);
  }
}

runCommand(test, {
  command: 'npm test',
  forwardsArguments: true,
  does: 'Types, lint, format, build, and the tests without a browser. What follows -- goes to Jest: npm test -- test/functions',
});
