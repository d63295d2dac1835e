/**
 * Measures a Function's cold start: a process that loads the built `/token` and mints one token, compared with an empty
 * Node process and with Twilio's own template. With valgrind it counts instructions, which repeat to 0.1 %; otherwise
 * it takes the CPU time of many runs.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readAccount } from '../emulator/core/account';
import { compileSrc } from '../scripts/build/compile-src';

const ROOT = join(__dirname, '..');
/** `/token` may take at most this many times as much as an empty process. */
const TARGET_RATIO = 1.6;
/** The kernel reports CPU times in steps of some milliseconds. */
const RUNS = 40;
const PROGRAMS = { empty: 'an empty process', token: '/token', template: "Twilio's template" };

/** Without what this program's own start loads into its child processes (scripts/lifetime.cjs). */
const PLAIN = { ...process.env, NODE_OPTIONS: '' };

type Program = keyof typeof PROGRAMS;
/** The cost of one run, in a unit that cancels out. */
type Meter = (program: Program) => number;

export async function benchCold(): Promise<void> {
  // Inside node_modules, so that the packages of `dependencies` resolve from the built files.
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const dist = mkdtempSync(join(cache, 'cold-'));
  try {
    compileSrc(dist);
    const args = [dist, JSON.stringify(settings())];
    const hasValgrind = spawnSync('valgrind', ['--version']).status === 0;
    report(hasValgrind ? countInstructions(args) : takeCpuTime(args), hasValgrind);
  } finally {
    rmSync(dist, { recursive: true });
  }
}

function report(meter: Meter, hasValgrind: boolean): void {
  const floor = meter('empty');
  console.log(
    `Start of a Function, in ${hasValgrind ? 'instructions' : `CPU time (median of ${RUNS} runs)`}`,
  );
  for (const program of ['token', 'template'] as const) {
    const ratio = meter(program) / floor;
    const verdict = program === 'token' && ratio > TARGET_RATIO ? `  MISSED: at most ${TARGET_RATIO}` : '';
    console.log(`  ${PROGRAMS[program].padEnd(18)} × ${ratio.toFixed(2)} of ${PROGRAMS.empty}${verdict}`);
  }
}

function settings(): Record<string, string> {
  const { accountSid, authToken, apiKeySid, apiKeySecret, conversationsServiceSid } = readAccount();
  return {
    ACCOUNT_SID: accountSid,
    AUTH_TOKEN: authToken,
    TWILIO_API_KEY_SID: apiKeySid,
    TWILIO_API_KEY_SECRET: apiKeySecret,
    CONVERSATIONS_SERVICE_SID: conversationsServiceSid,
    STUDIO_FLOW_SID: `FW${'0'.repeat(32)}`,
    TASKROUTER_WORKSPACE_SID: `WS${'0'.repeat(32)}`,
    ALLOWED_ORIGINS: 'http://localhost:3000',
  };
}

function countInstructions(args: string[]): Meter {
  return (program) => {
    const { status, stderr } = spawnSync(
      'valgrind',
      [
        ...['--tool=callgrind', '--callgrind-out-file=/dev/null', process.execPath],
        ...['--single-threaded', '--predictable', fileOf(program), ...args],
      ],
      { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], env: PLAIN },
    );
    const [, count] = /Collected : (\d+)/.exec(stderr) ?? [];
    if (status !== 0 || count === undefined) throw new Error(`${PROGRAMS[program]} failed:\n${stderr}`);
    return Number(count);
  };
}

function takeCpuTime(args: string[]): Meter {
  const clock = `const { user, system } = process.cpuUsage(); require('node:fs').writeSync(3, String(user + system));`;
  return (program) => {
    const times = Array.from({ length: RUNS }, () => {
      const code = `process.on('exit', () => { ${clock} }); require(${JSON.stringify(fileOf(program))});`;
      const { output, status } = spawnSync(process.execPath, ['-e', code, fileOf(program), ...args], {
        stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
        env: PLAIN,
      });
      if (status !== 0) throw new Error(`${PROGRAMS[program]} failed`);
      return Number(output[3]);
    });
    return times.sort((a, b) => a - b)[RUNS / 2]!;
  };
}

function fileOf(program: Program): string {
  return join(__dirname, 'cold', `${program}.cjs`);
}
