/**
 * `npm test`: types, lint, format, build and every test. Arguments go to Jest, for example
 * `npm test -- test/functions`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build';

const root = join(__dirname, '..');

interface Check {
  name: string;
  module: string;
  args: string[];
}

const STATIC_CHECKS: Check[] = [
  { name: 'types', module: 'typescript/bin/tsc', args: ['--noEmit'] },
  {
    name: 'types in the browser',
    module: 'typescript/bin/tsc',
    args: ['--noEmit', '-p', 'tsconfig.browser.json'],
  },
  { name: 'lint', module: 'eslint/bin/eslint.js', args: ['.'] },
  { name: 'format', module: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level', 'warn', '.'] },
];

async function test(): Promise<void> {
  const results = await Promise.all(STATIC_CHECKS.map((check) => run(check)));
  if (results.includes(false)) throw new Error('Mend the checks above; no test was run.');

  const folder = mkdtempSync(join(tmpdir(), 'flex-custom-chat-'));
  try {
    await runTests(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runTests(folder: string): Promise<void> {
  // Once for all tests that serve what would be deployed (test/support/stack.ts).
  const dist = join(folder, 'dist');
  await build(dist);
  const summary = join(folder, 'jest.json');
  const passed = await run(
    {
      name: 'tests',
      module: 'jest/bin/jest.js',
      args: ['--json', `--outputFile=${summary}`, ...process.argv.slice(2)],
    },
    { BUILT_DIST: dist },
  );
  if (!passed) process.exitCode = 1;
  // None where Jest did not come to run a test.
  if (!existsSync(summary)) return;
  const counts = JSON.parse(readFileSync(summary, 'utf8')) as Record<string, number>;
  const skipped = counts['numPendingTests']! > 0 ? `, ${counts['numPendingTests']} skipped` : '';
  console.log(`${counts['numPassedTests']} passed, ${counts['numFailedTests']} failed${skipped}`);
}

/** Jest prints its report to stderr and, with --json, the summary to the file only. */
function run({ name, module, args }: Check, env: Record<string, string> = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', module), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('exit', (code) => {
      console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${name}`);
      resolve(code === 0);
    });
  });
}

test().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
