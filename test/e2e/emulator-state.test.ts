/** State in files, by the command line: seeds, what is kept from one run to the next, and a command beside the emulator. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function exec(options: string[], ...command: string[]): Promise<{ code: number | null; output: string }> {
  const args = ['exec', '--port', '0', '--proxy-port', '0', ...options, '--', ...command];
  const child = spawn(process.execPath, ['--import', 'tsx', 'emulator/cli.ts', ...args], { cwd: ROOT });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

/** A program that reads or changes an account over REST, and prints what it got. */
const rest = (method: string, path: string, form = '') => [
  process.execPath,
  '-e',
  `const { EMULATOR_URL, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = process.env;
   fetch(EMULATOR_URL + '${path}', {
     method: '${method}',
     ${form && `body: new URLSearchParams('${form}'),`}
     headers: { authorization: 'Basic ' + Buffer.from(TWILIO_ACCOUNT_SID + ':' + TWILIO_AUTH_TOKEN).toString('base64') },
   }).then(async (answer) => console.log(await answer.text()));`,
];
const CONVERSATIONS = '/conversations.twilio.com/v1/Conversations';

const seed = (content: unknown): string[] => {
  const file = join(folder, 'seed.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return ['--seed', file];
};

it('exec runs a command and ends with its exit code', async () => {
  expect((await exec([], process.execPath, '-e', 'process.exit(7)')).code).toBe(7);
  expect((await exec([], process.execPath, '-e', 'process.kill(process.pid, "SIGTERM")')).code).toBe(143);
  expect((await exec([])).code).toBe(1);
});

it('a seed is there when the command runs', async () => {
  const options = seed({
    users: [{ identity: 'ada', friendlyName: 'Ada L.' }],
    conversations: [
      { uniqueName: 'first', participants: ['ada'], messages: [{ author: 'ada', body: 'hello' }] },
    ],
    workers: [{ friendlyName: 'linus', activity: 'Available' }],
  });

  const { code, output } = await exec(options, ...rest('GET', `${CONVERSATIONS}/first/Messages`));

  expect(code).toBe(0);
  expect(output).toContain('"body":"hello"');
});

it.each([
  ['{', 'cannot be read as JSON'],
  [{ nonsense: [] }, 'nonsense: unknown key. Known keys: users, conversations, workers, flows'],
  [
    { conversations: [{}, { uniquename: 'a' }] },
    'conversations[1].uniquename: unknown key. Known keys: friendlyName, uniqueName, attributes, participants, messages',
  ],
  [{ users: [{}] }, 'users[0].identity is missing'],
  [{ 'a\u001b[31m': 1 }, 'a??31m: unknown key'],
  [{ users: [{ identity: 7 }] }, 'identity'],
  [{ conversations: [{ uniqueName: 'a' }, { uniqueName: 'a' }] }, 'cannot continue'],
  [{ workers: [{ friendlyName: 'x', activity: 'Asleep' }] }, 'Asleep'],
])('a seed with a mistake is refused: %j', async (content, problem) => {
  const { code, output } = await exec(seed(content), process.execPath, '-e', 'console.log("ran")');

  expect(code).toBe(1);
  expect(output).toContain(problem);
  expect(output).not.toContain('ran\n');
});

it('what one run exports, the next one imports', async () => {
  const kept = join(folder, 'kept');
  await exec(['--export-on-exit', kept], ...rest('POST', CONVERSATIONS, 'UniqueName=kept'));

  const { output } = await exec(['--import', kept], ...rest('GET', `${CONVERSATIONS}/kept`));

  expect(output).toContain('"unique_name":"kept"');
  const missing = await exec(['--import', join(folder, 'none')], process.execPath, '-e', '');
  expect(missing).toMatchObject({ code: 1, output: expect.stringContaining('no readable state') });
});
