/**
 * `npm test`: types, lint, format, build and every test. Arguments go to Jest, for example `npm test --
 * test/functions`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, type CommandOptions } from '../infra/terminal';
import { serveChromium } from '../test/support/chromium';
import { build } from './build';

const root = join(__dirname, '..');
/** Cached results for unchanged files. */
const cache = (name: string): string => join('node_modules', '.cache', 'flex-custom-chat', name);

interface Check {
  name: string;
  module: string;
  args: string[];
}

const types = (name: string, ...args: string[]): Check => ({
  name,
  module: 'typescript/bin/tsc',
  args: ['--noEmit', '--incremental', '--tsBuildInfoFile', cache(`${name}.json`), ...args],
});
const cached = (name: string): string[] => [
  '--cache',
  '--cache-strategy',
  'content',
  '--cache-location',
  cache(name),
];

const STATIC_CHECKS: Check[] = [
  types('types'),
  types('types in the browser', '-p', 'tsconfig.browser.json'),
  { name: 'lint', module: 'eslint/bin/eslint.js', args: [...cached('lint'), '.'] },
  {
    name: 'words',
    module: 'textlint/bin/textlint.js',
    args: ['*.md', 'docs/**/*.md', '.github/**/*.md'],
  },
  { name: 'circles', module: 'dependency-cruiser/bin/dependency-cruise.mjs', args: ['.'] },
  { name: 'unused files, exports and dependencies', module: 'knip/bin/knip.js', args: [] },
  {
    name: 'format',
    module: 'prettier/bin/prettier.cjs',
    args: ['--check', '--log-level', 'warn', ...cached('format'), '.'],
  },
];

async function test({ args = [] }: CommandOptions): Promise<number> {
  const startedAt = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'flex-custom-chat-'));
  try {
    // Once for all tests that serve the deployed files (test/support/stack.ts).
    const dist = join(folder, 'dist');
    const [built, ...results] = await Promise.all([
      timed('build', () => build(dist).then(() => true)),
      ...STATIC_CHECKS.map((check) => run(check)),
    ]);
    if (!built || results.includes(false)) {
      console.error('Fix the errors above; tests were not run.');
      return 1;
    }
    return (await runTests(dist, args)) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
    console.log(`npm test took ${secondsSince(startedAt)}`);
  }
}

async function runTests(dist: string, given: string[]): Promise<boolean> {
  const browser = await serveChromium();
  try {
    const reporter = join(root, 'scripts', 'progress-reporter.mjs');
    // Last: Jest takes what follows for reporters, too.
    const args = [...given, `--reporters=${reporter}`];
    const environment = { BUILT_DIST: dist, ...browser?.environment };
    return await run({ name: 'tests', module: 'jest/bin/jest.js', args }, environment);
  } finally {
    await browser?.stop();
  }
}

function run({ name, module, args }: Check, environment: Record<string, string> = {}): Promise<boolean> {
  return timed(name, () => {
    const child = spawn(process.execPath, [join(root, 'node_modules', module), ...args], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)));
  });
}

async function timed(name: string, work: () => Promise<boolean>): Promise<boolean> {
  const startedAt = Date.now();
  const isOk = await work();
  console.log(`${isOk ? 'ok' : 'FAILED'}  ${name}, ${secondsSince(startedAt)}`);
  return isOk;
}

function secondsSince(startedAt: number): string {
  return `${Math.round((Date.now() - startedAt) / 1000)} s`;
}

runCommand(test, {
  command: 'npm test',
  forwardsArguments: true,
  does: 'Types, lint, format, build and every test. What follows -- goes to Jest: npm test -- test/functions',
});
