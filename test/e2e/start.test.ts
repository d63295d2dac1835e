/** `npm start` and `npm run start:live`, run as programs in a copy: with wrong settings neither builds nor serves. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProjectCopy } from '../support/project-copy';
import { runNode } from '../support/toolkit';

const root = join(__dirname, '..', '..');

let copy: ProjectCopy;

beforeAll(() => {
  copy = new ProjectCopy();
});
afterAll(() => copy.remove());

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
  copy.write(file, text);

  const { code, output } = await runNode(['scripts/run.mjs', `scripts/${command}.ts`], copy.folder, {});

  expect(code).toBe(1);
  expect(output).toContain(problem);
  const number = text.split('\n').indexOf(line || 'TWILIO_API_BASE_URL=http://127.0.0.1:4010') + 1;
  expect(output).toContain(`(${file}, line ${number})`);
  expect(existsSync(copy.path('dist'))).toBe(false);
});
