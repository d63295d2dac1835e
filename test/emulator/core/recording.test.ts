import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedCall } from '../../../emulator/core/recording';
import { startEmulator, twilioClient } from '../../support/emulator';

const before = process.env['EMULATOR_RECORDING'];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recording-'));
});
afterEach(() => {
  if (before === undefined) delete process.env['EMULATOR_RECORDING'];
  else process.env['EMULATOR_RECORDING'] = before;
  rmSync(folder, { recursive: true });
});

function recorded(): RecordedCall[] {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .flat()
    .map((line) => JSON.parse(line) as RecordedCall);
}

it('records each call with its answer, marks injected ones, and hides credentials', async () => {
  process.env['EMULATOR_RECORDING'] = folder;
  const emulator = await startEmulator();
  const { conversations } = twilioClient(emulator).conversations.v1;

  const { sid } = await conversations.create({ friendlyName: 'Ada & Co' });
  emulator.faults.add({ kind: 'status', status: 503, times: 1 });
  await expect(conversations(sid).remove()).rejects.toMatchObject({ status: 503 });
  await emulator.stop();

  const [created, failed] = recorded();
  expect(created).toMatchObject({
    host: 'conversations.twilio.com',
    method: 'POST',
    path: '/v1/Conversations',
    body: 'FriendlyName=Ada+%26+Co',
    status: 201,
    isFault: false,
  });
  expect(JSON.parse(created!.answer)).toMatchObject({ sid });
  expect(created!.headers).not.toHaveProperty('authorization');
  expect(failed).toMatchObject({ method: 'DELETE', status: 503, isFault: true });
});

it('records nothing by default', async () => {
  delete process.env['EMULATOR_RECORDING'];
  const emulator = await startEmulator();

  await twilioClient(emulator).conversations.v1.conversations.list();
  await emulator.stop();

  expect(readdirSync(folder)).toEqual([]);
});
