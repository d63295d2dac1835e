/** `npm start` and `npm run start:live`, run as programs in a copy: with invalid settings they neither build nor serve. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from '../support/toolkit';

const root = join(__dirname, '..', '..');
const COPIED = [
  'src',
  'widget',
  'emulator',
  'infra',
  'scripts',
  'package.json',
  '.env.emulator',
  '.env.example',
];

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'start-'));
  for (const name of COPIED) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

it.each([
  ['start', '.env.emulator', 'TOKEN_TTL_SECONDS=abc', 'TOKEN_TTL_SECONDS must be a whole number'],
  [
    'start',
    '.env.emulator',
    'HUMAN_CHECK_SECRET=x',
    'HUMAN_CHECK_URL and HUMAN_CHECK_SECRET need each other',
  ],
  ['start-live', '.env', 'OPERATING_HOURS=9-5', 'OPERATING_HOURS must be rules'],
  // .env.emulator contains emulator settings, and this command uses the account.
  ['start-live', '.env', '', 'TWILIO_API_BASE_URL is only for the emulator'],
])('%s rejects %s with %s, and names the line', async (command, file, line, problem) => {
  const text = `${readFileSync(join(root, '.env.emulator'), 'utf8')}${line}\n`;
  writeFileSync(join(copy, file), text);

  const { code, output } = await runNode(['scripts/run.mjs', `scripts/${command}.ts`], copy, {});

  expect(code).toBe(1);
  expect(output).toContain(problem);
  const number = text.split('\n').indexOf(line || 'TWILIO_API_BASE_URL=http://127.0.0.1:4010') + 1;
  expect(output).toContain(`(${file}, line ${number})`);
  expect(existsSync(join(copy, 'dist'))).toBe(false);
});
