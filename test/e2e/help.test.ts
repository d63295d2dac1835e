/** `--help`: prints what a command does and its options, and does nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from '../support/toolkit';

const root = join(__dirname, '..', '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
/** All of them but the tools of others (tsc, ESLint, Prettier, Jest) and what would install packages first (test/contract). */
const programs = Object.entries(scripts).flatMap(([name, line]) => {
  const [, file] = /run\.mjs (\S+)$/.exec(line) ?? [];
  return file && !file.startsWith('test/contract/') ? [{ name, file }] : [];
});

it.each(programs)('npm run $name', async ({ name, file }) => {
  const { code, output } = await runNode(['scripts/run.mjs', file, '--help'], root, {});

  expect(code).toBe(0);
  const command = { start: 'npm start --', test: 'npm test --', emulator: 'flex-chat-emulator' }[name];
  expect(output).toContain(`${command ?? `npm run ${name} --`} [options]`);
  expect(output).toMatch(/--help +\S/);
});

/** Jest and the benches know their own options, and without a known one they would run everything. */
const forwards = (file: string): boolean =>
  readFileSync(join(root, file), 'utf8').includes('forwardsArguments: true');
/** The emulator's program has one line for an unknown option. */
const strict = programs.filter(({ name, file }) => name !== 'emulator' && !forwards(file));

it.each(strict)('npm run $name reports an unknown option in two lines', async ({ file }) => {
  const { code, output } = await runNode(['scripts/run.mjs', file, '--no-such-option'], root, {});

  expect(code).toBe(1);
  expect(output).toMatch(/^\s*Stopped: Unknown option --no-such-option\.\s+Next: npm .* --help/);
});

it.each([
  [['--prt', '3001'], 'Unknown option --prt. Did you mean --port?'],
  [['-p'], 'Unknown option -p.'],
  [['--port'], '--port needs a value: --port N.'],
  [['--port', '--host', '::1'], '--port needs a value: --port N.'],
  [['--toString'], 'Unknown option --toString.'],
])('npm start says what is wrong with %j', async (args, problem) => {
  const { code, output } = await runNode(['scripts/run.mjs', 'scripts/start.ts', ...args], root, {});

  expect(code).toBe(1);
  expect(output.trim()).toBe(`Stopped: ${problem} Next: npm start -- --help shows the options.`);
});

it('npm run emulator reports an unknown option', async () => {
  const { code, output } = await runNode(
    ['scripts/run.mjs', 'emulator/cli.ts', '--no-such-option'],
    root,
    {},
  );

  expect(code).toBe(1);
  expect(output).toMatch(
    /Unknown option '--no-such-option'\. The options are --port, .*: flex-chat-emulator --help explains them\.\s*$/,
  );
});
