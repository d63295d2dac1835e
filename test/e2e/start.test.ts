/** `npm start` and `npm run start:live`, run as programs in a copy: their settings, and with wrong ones neither builds nor serves. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../support/free-ports';
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

it.each([
  ['OPERATNG_HOURS=Mo-Fr', 'no setting is called OPERATNG_HOURS. Did you mean OPERATING_HOURS?'],
  ['foo=bar', 'no setting is called foo.'],
  ['=bar', 'no setting is called .'],
  ['toString=bar', 'no setting is called toString.'],
  ['OPERATING_HOURS', '--set OPERATING_HOURS has no value'],
  ['OPERATING_HOURS=9-5', '--set OPERATING_HOURS: OPERATING_HOURS must be rules'],
  ['TRANSCRIPTS=true', '--set TRANSCRIPTS: TRANSCRIPTS needs SITE_HOOK_URL'],
  ['CONVERSATIONS_SERVICE_SID=', '--set CONVERSATIONS_SERVICE_SID: CONVERSATIONS_SERVICE_SID is missing'],
  ['TWILIO_API_BASE_URL=http://127.0.0.1:1', 'npm start sets it itself'],
  ['UNANSWERED_MESSAGE=two\\nlines\nor three', 'cannot be written as a line of a .env file'],
])('start rejects --set %s', async (setting, problem) => {
  copy.write('.env.emulator', readFileSync(join(root, '.env.emulator'), 'utf8'));

  const { code, output } = await runNode(
    ['scripts/run.mjs', 'scripts/start.ts', '--set', setting],
    copy.folder,
    {},
  );

  expect(code).toBe(1);
  expect(output).toContain(problem);
  expect(output).toContain('Next: ');
  expect(existsSync(copy.path('dist'))).toBe(false);
});

it('start takes settings for one run, warns about a misspelled line, and says how a page is allowed', async () => {
  const embedded = readFileSync(join(root, '.env.emulator'), 'utf8');
  copy.write('.env.emulator', `${embedded}OPERATING_HOUR=Mo-Fr 09:00-17:00\n`);
  const [port, emulatorPort, proxyPort] = await freePorts(3);
  const program = spawn(
    process.execPath,
    [
      ...[
        'scripts/run.mjs',
        'scripts/start.ts',
        '--set',
        'MAX_MESSAGE_CHARS=7',
        '--set',
        'SESSION_MAX_SECONDS=',
      ],
      ...['--set', `VISITOR_NAME=It's # "me"`, `--port=${port}`],
      ...[`--emulator-port=${emulatorPort}`, `--proxy-port=${proxyPort}`],
    ],
    { cwd: copy.folder },
  );
  let output = '';
  for (const stream of [program.stdout, program.stderr]) {
    stream.on('data', (text: Buffer) => (output += text.toString()));
  }
  try {
    while (!output.includes('Set for this run')) {
      await Promise.race([once(program.stdout, 'data'), once(program, 'exit')]);
      if (program.exitCode !== null) throw new Error(output);
    }
    const post = async (
      origin: string,
    ): Promise<{ maxMessageChars?: number; error?: { message: string } }> => {
      const headers = { 'content-type': 'application/json', origin };
      const response = await fetch(`http://localhost:${port}/token`, { method: 'POST', headers, body: '{}' });
      return response.json() as Promise<object>;
    };

    expect(output).toContain('Set for this run: MAX_MESSAGE_CHARS, SESSION_MAX_SECONDS, VISITOR_NAME');
    expect(output).toMatch(/\.env\.emulator sets OPERATING_HOUR, .* Did you mean OPERATING_HOURS\?/);
    expect(output).not.toMatch(/sets TASKROUTER_/);
    expect(await post(`http://localhost:${port}`)).toMatchObject({ maxMessageChars: 7 });
    expect((await post('https://shop.example')).error!.message).toMatch(
      /npm start -- --origin https:\/\/shop\.example$/,
    );
    // --origin takes none of these.
    for (const origin of ['null', 'capacitor://localhost']) {
      expect((await post(origin)).error!.message).toMatch(/: serve /);
    }
    expect(output).not.toContain('--origin null');
    expect(readFileSync(copy.path('.env.emulator'), 'utf8')).toContain('SESSION_MAX_SECONDS=86400');
  } finally {
    program.kill('SIGTERM');
    if (program.exitCode === null) await once(program, 'exit');
  }
});
