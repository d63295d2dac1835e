/** Invalid input of every control is rejected, and the emulator continues. */
import { request } from 'node:http';
import type { Emulator } from '../../../emulator/emulator';
import { startEmulator, twilioClient } from '../../support/emulator';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
// Refused calls change nothing, so the world is kept; faults of one test end with it.
afterEach(() => emulator.faults.clear());

const post = async (path: string, body: string, contentType = 'application/json') => {
  const response = await fetch(`${emulator.url}/emulator/${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': contentType },
  });
  return { status: response.status, text: await response.text() };
};
const list = () => twilioClient(emulator).conversations.v1.conversations.list();

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

const REFUSED: [control: string, body: string][] = [
  // Headers that are invalid in an answer, or that tell a client where the answer ends.
  ...[
    { 'bad name': 'x' },
    { '': 'x' },
    { 'x:y': 'x' },
    { 'x\r\nset-cookie': 'x' },
    { naïve: 'x' },
    { x: 'a\r\nb' },
    { x: 'a\nb' },
    { x: 'a\u0000b' },
    { x: 'snow ☃' },
    { x: 7 },
    { x: ['a'] },
    { 'content-length': '5' },
    { 'Content-Length': '5' },
    { 'transfer-encoding': 'chunked' },
    { 'Transfer-Encoding': 'gzip' },
    { connection: 'upgrade' },
    { 'keep-alive': 'timeout=0' },
    { upgrade: 'h2c' },
    { trailer: 'x' },
    { x: 'x'.repeat(100_000) },
    { ['x'.repeat(1000)]: 'x' },
    Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`x-${index}`, 'x'])),
  ].map((headers): [string, string] => ['faults', JSON.stringify({ kind: 'status', headers })]),
  // Patterns that never end, and invalid ones.
  ...[
    '(a+)+$',
    '(a*)*$',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(.*)*x',
    '([a-zA-Z]+)*$',
    '(a{1000}){1000}',
    'a{0,1000}'.repeat(20),
    'x'.repeat(100_000),
    '(?=a)b',
    '(a)\\1',
    '(',
    '[',
    '*',
    '\\',
  ].map((path): [string, string] => ['faults', JSON.stringify({ kind: 'status', path })]),
  // Numbers out of range, in every control that has numbers.
  ...[-1, 0.5, 1e300, 2 ** 53, 1e13].map((delayMs): [string, string] => [
    'faults',
    JSON.stringify({ kind: 'delay', delayMs }),
  ]),
  ...[100, 101, 199, 600, 1e9, -1, 200.5].map((status): [string, string] => [
    'faults',
    JSON.stringify({ kind: 'status', status }),
  ]),
  ['faults', '{"kind":"hang","times":0}'],
  ['faults', '{"kind":"hang","seed":1e300}'],
  ['faults', '{"kind":"hang","probability":-0.1}'],
  ['faults', `{"kind":"hang","host":"${'x'.repeat(1000)}"}`],
  ['faults', `{"kind":"hang","method":"${'x'.repeat(1000)}"}`],
  ['clock', '{"advanceMs":1e14}'],
  ['clock', '{"advanceMs":null}'],
  ['limits', '{"conversationWrites":0}'],
  ['limits', '{"interactionRequests":1e300}'],
  ['webhooks', '{"delayMs":1e14}'],
  ['webhooks', '{"delayMs":-1}'],
  ['webhooks', '{"copies":11}'],
  ['webhooks', '{"copies":1000000000}'],
  ['conversations/receipts', '{"conversationSid":7}'],
  ['realtime/drop', `{"identity":"${'x'.repeat(1000)}"}`],
  ['realtime/close', '{"code":1e300}'],
  ['realtime/close', '{"code":308,"reconnectMinMs":1e14}'],
  ['realtime/close', `{"code":308,"description":"${'x'.repeat(1000)}"}`],
  ...[
    'tokenWarningMs',
    'holdSendsMs',
    'latencyMs',
    'estimatedDeliveryMs',
    'pingIntervalMs',
    'pongTimeoutMs',
  ].flatMap((name): [string, string][] => [
    ['realtime/settings', `{"${name}":1e13}`],
    ['realtime/settings', `{"${name}":-1}`],
    ['realtime/settings', `{"${name}":0.5}`],
  ]),
  // A ping each millisecond, and a client that times out before it can answer.
  ['realtime/settings', '{"pingIntervalMs":1}'],
  ['realtime/settings', '{"pongTimeoutMs":1}'],
  ['realtime/settings', '{"typingTimeoutSeconds":1e300}'],
  ['realtime/settings', '{"typingTimeoutSeconds":0}'],
  ['realtime/settings', '{"subscriptionTtlSeconds":1e300}'],
  ['realtime/settings', '{"dropEstablished":1e300}'],
  ['realtime/settings', '{"replayChunk":1e300}'],
  ['realtime/settings', '{"failSubscriptions":{"objectType":"map","status":1e9}}'],
  ['realtime/faults', '{"on":"init","status":1e9}'],
  ['realtime/faults', '{"on":"request","status":200}'],
  ['realtime/faults', '{"on":"request","status":500,"times":1e300}'],
  ['realtime/faults', `{"on":"request","status":500,"path":"${'x'.repeat(1000)}"}`],
  // Bodies that are invalid in an answer.
  ['faults', `{"kind":"status","body":${nested(50_000)}}`],
  ['realtime/faults', `{"on":"request","status":500,"payload":${nested(50_000)}}`],
];

it.each(REFUSED.map(([control, body]) => [control, body.slice(0, 60), body] as const))(
  '%s refuses %s',
  async (control, _shown, body) => {
    const { status, text } = await post(control, body);

    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ code: 20001, status: 400 });
    expect(await list()).toEqual([]);
  },
);

const CONTROLS = [
  'faults',
  'clock',
  'limits',
  'webhooks',
  'conversations/receipts',
  'realtime/drop',
  'realtime/close',
  'realtime/settings',
  'realtime/faults',
];

describe.each(CONTROLS)('%s', (control) => {
  it.each([
    ['a list', '[]', 'application/json'],
    ['a text', '"x"', 'application/json'],
    ['a number', '7', 'application/json'],
    ['an unknown field', '{"nonsense":1}', 'application/json'],
    ['a field of all objects', '{"__proto__":{"x":1}}', 'application/json'],
    ['another', '{"constructor":{"prototype":{"x":1}}}', 'application/json'],
    ['broken JSON', '{', 'application/json'],
    ['deep JSON', nested(100_000), 'application/json'],
    ['a form', 'identity=ada', 'application/x-www-form-urlencoded'],
    ['plain text', '{}', 'text/plain'],
    ['a huge body', `{"x":"${'x'.repeat(40 * 1024 * 1024)}"}`, 'application/json'],
  ])('refuses %s', async (_case, body, contentType) => {
    const { status } = await post(control, body, contentType).catch(() => ({ status: 413 }));

    expect([400, 413, 415]).toContain(status);
    expect(await list()).toEqual([]);
  });
});

it.each(['(a|a)*$', '(a|aa)+$', '(\\w|\\d)+$', '(.|[a-z])*!'])(
  'a pattern that would block JavaScript, %s, blocks no request',
  async (path) => {
    expect((await post('faults', JSON.stringify({ kind: 'status', path: `${path}never` }))).status).toBe(201);

    const { accountSid, authToken } = emulator.account;
    const answer = await fetch(`${emulator.url}/conversations.twilio.com/v1/${'a'.repeat(8000)}!`, {
      headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
    });
    expect(answer.status).toBe(501);
  },
);

it.each([
  ['no text with it', 204, undefined],
  ['a text with it', 204, 'x'],
  ['no text with it', 205, undefined],
  ['an object with it', 304, { x: 1 }],
  ['a number', 500, 7],
  ['null', 500, null],
  ['false', 500, false],
  ['an empty text', 500, ''],
  ['a list', 200, [1]],
])('a fault can answer %s: %i, %j', async (_case, status, body) => {
  expect((await post('faults', JSON.stringify({ kind: 'status', status, body, times: 1 }))).status).toBe(201);

  expect(await statusOf('/conversations.twilio.com/v1/Conversations')).toBe(status);
  expect(await list()).toEqual([]);
});

it('a fault can answer every status with JSON under another type', async () => {
  for (let status = 200; status < 600; status++) {
    const fault = {
      kind: 'status',
      status,
      body: { a: 1 },
      headers: { 'content-type': 'text/html' },
      times: 1,
    };
    expect((await post('faults', JSON.stringify(fault))).status).toBe(201);
    expect(await statusOf('/conversations.twilio.com/v1/Conversations')).toBe(status);
  }
  expect(await list()).toEqual([]);
});

it('accepts at most a thousand unused faults', async () => {
  for (let count = 0; count < 1000; count++) emulator.faults.add({ kind: 'status', times: 1, path: 'never' });

  expect((await post('faults', '{"kind":"hang"}')).status).toBe(400);

  emulator.faults.clear();
  emulator.faults.add({ kind: 'status', times: 1 });
  await expect(list()).rejects.toMatchObject({ status: 500 });
  for (let count = 0; count < 1000; count++) emulator.faults.add({ kind: 'status', times: 1, path: 'never' });
});

it('the clock stops at the largest date', async () => {
  const year = 366 * 86_400_000;
  const steps = Math.floor((Date.UTC(9999, 0) - Date.now()) / year);
  for (let step = 0; step < steps; step++) emulator.world.clock.advance(year);

  expect((await post('clock', JSON.stringify({ advanceMs: year }))).status).toBe(400);
  const conversation = await twilioClient(emulator).conversations.v1.conversations.create({});
  expect(conversation.dateCreated.getTime()).toBeLessThan(Date.UTC(10_000, 0));
});

/** Without fetch, which hides the parts of a request that it does not allow. */
function statusOf(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${emulator.url}${path}`, { agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode!));
    })
      .on('error', reject)
      .end();
  });
}

it.each([
  ['clock', '{"advance":1}', 'advanceMs is missing'],
  ['clock', '{"advanceMs":1,"foo":1}', 'foo: unknown key. Known keys: advanceMs'],
  [
    'clock',
    `{"advanceMs":1,"${'x'.repeat(5000)}":1}`,
    `${'x'.repeat(60)}: unknown key. Known keys: advanceMs`,
  ],
  [
    'limits',
    '{"conversationWrite":1}',
    'conversationWrite: unknown key. Known keys: conversationWrites, interactionRequests',
  ],
])('POST /emulator/%s says where the mistake is: %s', async (control, body, problem) => {
  const { status, text } = await post(control, body);

  expect(status).toBe(400);
  expect((JSON.parse(text) as { message: string }).message).toContain(problem);
});

it('says which Content-Type a control takes, and takes it', async () => {
  const { status, text } = await post('clock', '{"advanceMs":1}', 'application/x-www-form-urlencoded');

  expect(status).toBe(415);
  const [, type] = /Content-Type: (\S+)$/.exec((JSON.parse(text) as { message: string }).message)!;
  expect((await post('clock', '{"advanceMs":1}', type)).status).toBe(200);
});
