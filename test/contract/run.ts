/**
 * `npm run test:contract`: Twilio's specification and command line against the emulator and the Functions. With
 * `--write` it only updates docs/emulator-operations.md.
 *
 * The whole test run is recorded and every call checked against the specification. If `EMULATOR_RECORDING` names a folder
 * that an earlier `npm test` has filled, that run is used and the tests are not run again.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand, type CommandOptions } from '../../infra/terminal';
import { writeDocument } from './served/document';
import { checkRecording } from './recording/check';
import { readRecording } from './recording/read';
import { toReport } from './recording/report';
import { Specification } from './specification/specification';

const ROOT = join(__dirname, '..', '..');
const JEST = 'jest/bin/jest.js';

const USAGE = {
  command: 'npm run test:contract',
  does: "Holds the emulator against Twilio's specification and command line, and every answer of a whole test run.",
  options: { write: { type: 'boolean', help: 'only brings docs/emulator-operations.md up to date' } },
} as const;

async function main({ args = [] }: CommandOptions): Promise<number | void> {
  const { values } = parseArgs({ args, options: USAGE.options });
  if (values.write) return writeDocument();

  const given = process.env['EMULATOR_RECORDING'];
  const folder = given ?? mkdtempSync(join(tmpdir(), 'flex-custom-chat-recording-'));
  const isRecorded = existsSync(folder) && readdirSync(folder).length > 0;
  const results = [
    await run('types', 'typescript/bin/tsc', ['--noEmit', '-p', 'test/contract/tsconfig.json'], folder),
    await run('specification, guide, coverage', JEST, ['-c', 'test/contract/jest.config.js'], folder),
    isRecorded || (await run('every other test, recorded', JEST, ['--silent'], folder)),
  ];
  const verdict = checkRecording(readRecording(folder), new Specification());
  if (given === undefined) rmSync(folder, { recursive: true });
  process.stdout.write(toReport(verdict));
  return results.includes(false) || verdict.violations.length > 0 || verdict.answers === 0 ? 1 : 0;
}

function run(name: string, module: string, args: string[], recording: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules', module), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, EMULATOR_RECORDING: recording },
    });
    child.on('exit', (code) => {
      process.stdout.write(`${code === 0 ? 'ok' : 'FAILED'}  ${name}\n`);
      resolve(code === 0);
    });
  });
}

runCommand(main, USAGE);
