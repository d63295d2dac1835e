/** `--help`: prints what a command does and its options, and does nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from '../support/toolkit';

const root = join(__dirname, '..', '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
/** The commands that reach an account, and the local servers. */
const programs = Object.entries(scripts).flatMap(([name, line]) => {
  const [, file] = /run\.mjs (infra\/\S+|scripts\/start\S*)$/.exec(line) ?? [];
  return file ? [{ name, file }] : [];
});

it.each(programs)('npm run $name', async ({ name, file }) => {
  const { code, output } = await runNode(['scripts/run.mjs', file, '--help'], root, {});

  expect(code).toBe(0);
  expect(output).toContain(name === 'start' ? 'npm start -- [options]' : `npm run ${name} -- [options]`);
  expect(output).toContain('--help shows this help');
});

it.each(programs)('npm run $name reports an unknown option in two lines', async ({ file }) => {
  const { code, output } = await runNode(['scripts/run.mjs', file, '--no-such-option'], root, {});

  expect(code).toBe(1);
  expect(output).toMatch(/^\s*Stopped: Unknown option '--no-such-option'.*\s+Next: npm .* --help/);
});
