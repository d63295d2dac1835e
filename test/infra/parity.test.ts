/** A recording of an account, and what `npm run emulator -- parity` says of it. Here the account is the emulator's. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GUESSES, GUESSES_FILE, lineOf } from '../../emulator/parity/guesses';
import { parity } from '../../emulator/parity/parity';
import { readRecording, type RecordedCall } from '../../emulator/parity/recording';
import { record } from '../../infra/smoke/parity/record';
import { startEmulator, twilioClient } from '../support/emulator';

const root = join(__dirname, '..', '..');
let folder: string;
let text: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parity-'));
  const emulator = await startEmulator();
  const port = await freePort();
  // The dispatch is behind this promise, so that nothing has to be waited for.
  await record({
    client: twilioClient(emulator),
    serviceSid: emulator.account.conversationsServiceSid,
    file: join(folder, 'recording'),
    webhooksUrl: `http://127.0.0.1:${port}/`,
    port,
    settled: () => emulator.world.webhooks.settled(),
  }).finally(() => emulator.stop());
  text = readFileSync(join(folder, 'recording'), 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What parity prints of a recording with one word changed throughout. */
async function reportOf(change: (line: string) => string): Promise<{ code: number; lines: string[] }> {
  const file = join(folder, 'changed');
  writeFileSync(file, text.split('\n').map(change).join('\n'));
  const lines: string[] = [];
  return { code: await parity(file, (line) => lines.push(line)), lines };
}
const inCall = (method: string, path: RegExp, change: (call: RecordedCall) => object) => (line: string) => {
  if (line === '') return line;
  const call = JSON.parse(line) as RecordedCall;
  const isMeant = call.kind === 'call' && call.method === method && path.test(call.path);
  return isMeant ? JSON.stringify({ ...call, ...change(call) }) : line;
};

it('holds no SID, no address and no text but those of the probe', () => {
  expect(text).not.toMatch(/\b[A-Z]{2}[0-9a-f]{32}\b/);
  expect(text).not.toContain('127.0.0.1');
  expect(text).not.toMatch(/Basic |authorization/i);
  const { calls, webhooks } = readRecording(join(folder, 'recording'));
  expect(calls.length).toBeGreaterThan(15);
  expect(webhooks.map(({ fields }) => fields['EventType'])).toEqual([
    'onParticipantAdded',
    'onMessageAdded',
    'onConversationStateUpdated',
    'onConversationStateUpdated',
    'onConversationStateUpdated',
  ]);
});

it('is the same as what the emulator does', async () => {
  expect(await reportOf((line) => line)).toEqual({ code: 0, lines: ['No difference.'] });
});

it.each<[string, (line: string) => string, string[]]>([
  [
    'a status',
    inCall('GET', /\/Messages\//, ({ answer }) => ({ answer: { ...(answer as object), code: 50500 } })),
    ['status  GET', '404 (50500)', '404 (20404)', 'the path names no Message'],
  ],
  [
    'a field that Twilio has',
    inCall('POST', /\/Webhooks$/, ({ answer }) => {
      const { configuration } = answer as { configuration: object };
      return { answer: { ...(answer as object), configuration: { ...configuration, replay_after: null } } };
    }),
    ['configuration.replay_after', 'Twilio    null', 'emulator  nothing', '`triggers`'],
  ],
  [
    'the closed Conversations',
    inCall('GET', /ParticipantConversations$/, ({ answer }) => ({
      answer: { ...(answer as object), conversations: [] },
    })),
    ['conversations.0', 'Twilio    nothing', 'closed Conversations are listed too'],
  ],
  [
    'a field of a webhook',
    (line) => line.replace('"ChatServiceSid":"IS#1",', ''),
    ['webhook onParticipantAdded  ChatServiceSid', 'Twilio    nothing', 'sent with every event'],
  ],
  [
    'the kind of a value',
    inCall('POST', /\/Messages$/, ({ answer }) => ({ answer: { ...(answer as object), index: '0' } })),
    ['POST /v1/Services/{}/Conversations/{}/Messages  index', 'took this for a fact'],
  ],
])('names %s that differs, and the guess that it settles', async (_what, change, expected) => {
  const { code, lines } = await reportOf(change);

  expect(code).toBe(1);
  for (const part of expected) expect(lines.join('\n')).toContain(part);
});

it('is a command, whose exit code says whether there is a difference', async () => {
  const file = join(folder, 'recording');
  const command = [join(root, 'scripts', 'run.mjs'), 'emulator/cli.ts', 'parity', file];

  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root });
  expect(stdout).toBe('No difference.\n');

  writeFileSync(file, text.replace('"status":201', '"status":200'));
  await expect(promisify(execFile)(process.execPath, command, { cwd: root })).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^status {2}POST \S+\n {8}Twilio {4}200\n {8}emulator {2}201\n/),
  });
});

it('names another order of the webhooks', async () => {
  const swapped = text.split('\n');
  const [first, second] = ['onParticipantAdded', 'onMessageAdded'].map((type) =>
    swapped.findIndex((line) => line.includes('"kind":"webhook"') && line.includes(`"${type}"`)),
  ) as [number, number];
  [swapped[first], swapped[second]] = [swapped[second]!, swapped[first]!];
  const lines = text.split('\n');

  const report = await reportOf((line) => swapped[lines.indexOf(line)]!);
  expect(report.lines[0]).toBe('order   webhooks');
  expect(report.lines.join('\n')).toContain(
    `docs/emulator-guesses.md:${lineOf(GUESSES.at(-1)!)} (Twilio does not`,
  );
});

it.each(GUESSES)('finds the one line that says "$words"', ({ words }) => {
  const found = readFileSync(GUESSES_FILE, 'utf8')
    .split('\n')
    .filter((line) => line.includes(words));

  expect(found).toHaveLength(1);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
