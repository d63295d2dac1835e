/** Runs Jest on the built files, with a report of its progress. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

export interface NodeProgram {
  name: string;
  /** Its path in node_modules. */
  module: string;
  args: string[];
}

/** `dist` is what the tests serve that need the deployed files (test/support/stack.ts). */
export function runJest(
  dist: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<boolean> {
  const reporter = join(ROOT, 'scripts', 'progress-reporter.mjs');
  // Last: Jest takes what follows for reporters, too.
  const all = [...args, `--reporters=${reporter}`];
  return runProgram(
    { name: 'tests', module: 'jest/bin/jest.js', args: all },
    { BUILT_DIST: dist, ...environment },
  );
}

export function runProgram(
  { name, module, args }: NodeProgram,
  environment: Record<string, string> = {},
): Promise<boolean> {
  return timed(name, () => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules', module), ...args], {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)));
  });
}

export async function timed(name: string, work: () => Promise<boolean>): Promise<boolean> {
  const startedAt = Date.now();
  const isOk = await work();
  console.log(`${isOk ? 'ok' : 'FAILED'}  ${name}, ${secondsSince(startedAt)}`);
  return isOk;
}

export function secondsSince(startedAt: number): string {
  return `${Math.round((Date.now() - startedAt) / 1000)} s`;
}
