/** Any single wrong field in a recorded run is found, counted and named. */
import type { RecordedCall } from '../../../emulator/core/recording';
import { startEmulator, twilioClient } from '../../support/emulator';
import { Specification } from '../specification/specification';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkRecording } from './check';
import { readRecording } from './read';

const specification = new Specification();
let calls: RecordedCall[];

/** A real run: requests of twilio-node, answers of the emulator. */
beforeAll(async () => {
  const before = process.env['EMULATOR_RECORDING'];
  const folder = mkdtempSync(join(tmpdir(), 'recording-'));
  process.env['EMULATOR_RECORDING'] = folder;
  const emulator = await startEmulator();
  const { conversations } = twilioClient(emulator).conversations.v1;
  const { sid } = await conversations.create({ friendlyName: 'Ada' });
  await conversations(sid).participants.create({ identity: 'visitor-1' });
  await expect(conversations.create({ state: 'closed' })).rejects.toMatchObject({ code: 50384 });
  await emulator.stop();
  calls = [...readRecording(folder)];
  if (before === undefined) delete process.env['EMULATOR_RECORDING'];
  else process.env['EMULATOR_RECORDING'] = before;
  rmSync(folder, { recursive: true });
});

/** The recorded run with its first call changed. */
function spoiled(change: (call: RecordedCall) => Partial<RecordedCall>): RecordedCall[] {
  return [{ ...calls[0]!, ...change(calls[0]!) }, ...calls.slice(1)];
}

const summary = (recorded: RecordedCall[]): string[] =>
  checkRecording(recorded, specification).violations.map(
    ({ side, operation, problem, count }) => `${count} ${side} ${operation}: ${problem}`,
  );

it('finds no violation in the run itself', () => {
  expect(checkRecording(calls, specification)).toEqual({ requests: 2, answers: 3, violations: [] });
});

it('finds a wrong field in an answer', () => {
  const renamed = ({ answer }: RecordedCall) => ({
    answer: answer.replace('"friendly_name"', '"friendlyName"'),
  });

  expect(summary(spoiled(renamed))).toEqual([
    "1 answer POST conversations.twilio.com/v1/Conversations: must have required property 'friendly_name'",
    '1 answer POST conversations.twilio.com/v1/Conversations: must NOT have additional properties: friendlyName',
  ]);
});

it('finds a wrong parameter in a request that was accepted', () => {
  const misspelt = ({ body }: RecordedCall) => ({ body: body!.replace('FriendlyName', 'FriendlyNme') });

  expect(summary([...spoiled(misspelt), ...spoiled(misspelt)])).toEqual([
    '2 request POST conversations.twilio.com/v1/Conversations: must NOT have additional properties: FriendlyNme',
  ]);
});

it('lets tests send what the emulator refuses, but not our own Functions', () => {
  const refused = calls.find(({ status }) => status === 400)!;
  const ours = {
    ...refused,
    headers: { ...refused.headers, 'user-agent': 'twilio-node/6.2.0 flex-custom-chat' },
  };

  expect(summary([refused])).toEqual([]);
  expect(summary([ours])).toEqual([
    '1 request POST conversations.twilio.com/v1/Conversations: Twilio refuses this with 50384',
  ]);
});

it('allows the Functions to look up anything, in any spelling', () => {
  const headers = { 'user-agent': 'twilio-node/6.2.0 flex-custom-chat' };
  const lookUp = { method: 'GET', path: '/v1/Services/IGbad', headers, body: '', status: 404 };

  const verdict = checkRecording(spoiled(() => lookUp).slice(0, 1), specification);
  expect(verdict.requests).toBe(0);
  expect(verdict.answers).toBe(1);
});

it('ignores requests that were rejected before their body was read', () => {
  const unread = { status: 401, body: null, headers: { 'user-agent': 'twilio-node/6.2.0 flex-custom-chat' } };

  expect(checkRecording(spoiled(() => unread).slice(0, 1), specification).requests).toBe(0);
});

it('does not count an injected fault as an answer of the emulator', () => {
  const fault = { status: 503, answer: 'Bad Gateway', isFault: true };

  expect(summary(spoiled(() => fault))).toEqual([]);
  expect(summary(spoiled(() => ({ ...fault, isFault: false })))).toHaveLength(1);
});

it('finds an answer without a Twilio operation', () => {
  expect(summary(spoiled(() => ({ path: '/v1/Conversation' })))).toContain(
    '1 answer POST conversations.twilio.com/v1/Conversation: no such operation',
  );
});
