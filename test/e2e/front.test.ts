/** The requests that the local server passes to the Functions: as in `npm start`, with the real twilio-run behind it. */
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { startStack, type Stack } from '../support/stack';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.stop());
beforeEach(() => stack.emulator.journal.clear());

const port = (): number => Number(new URL(stack.functionsUrl).port);

interface Reply {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** Without the rules of fetch, which forbids a Host header and normalises paths. */
function call(
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
  address = '127.0.0.1',
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const call = request({ host: address, port: port(), path, method, headers, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, body: text }));
    });
    call.once('error', reject).end(body);
  });
}

/** Headers that pass every check of the Functions. */
const FORGED = encodeURI(
  'request[headers][origin]=http://localhost:3000&request[headers][content-type]=application/json&request[cookies][a]=b',
);
const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

const notCalled = (): void => expect(stack.emulator.journal.entries).toEqual([]);

it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'TRACE'])('passes no %s to a Function', async (method) => {
  const { status, headers } = await call(`/start-chat?${FORGED}`, { method });

  expect([status, headers['allow']]).toEqual([405, 'POST, OPTIONS']);
  notCalled();
});

it.each([
  '/start-chat/',
  '/START-CHAT',
  '//start-chat',
  '/./start-chat',
  '/x/../start-chat',
  '/%73tart-chat',
  '/start-chat%2f',
  '/start-chat;x',
  '/conversation-events',
  'http://localhost/start-chat',
])('starts nothing by a GET of %s', async (path) => {
  const { status } = await call(`${path}?${FORGED}`);

  expect([400, 404, 405]).toContain(status);
  notCalled();
});

it.each([
  ['a query', '?request=x', {}, ''],
  ['a nested query', `?${FORGED}`, {}, ''],
  ['an escaped query', '?%72equest%5Bheaders%5D%5Borigin%5D=x', {}, ''],
  ['a query in brackets', '?%5Brequest%5D%5Bheaders%5D=x', {}, ''],
  ['a form', '', form, 'friendlyName=x&request=y'],
  ['a nested form', '', form, 'request%5Bheaders%5D=y'],
  ['JSON', '', json, '{"request":{"headers":{"origin":"x"},"cookies":{}}}'],
  [
    'JSON with an escaped name',
    '',
    { 'content-type': 'Application/JSON; charset="UTF-8"' },
    '{"\\u0072equest":1}',
  ],
])('rejects the parameter request in %s', async (_what, query, headers, body) => {
  const reply = await call(`/start-chat${query}`, { method: 'POST', headers: { ...json, ...headers }, body });

  expect(reply.status).toBe(400);
  expect(reply.body).toContain('The parameter name request is not allowed');
  notCalled();
});

/** A request that passes every check of the Functions, from a page that they reject. */
const FORGED_JSON = JSON.stringify({
  request: { headers: { origin: 'http://localhost:3000', 'content-type': 'application/json' }, cookies: {} },
});
const UTF_16 = Buffer.from(FORGED_JSON, 'utf16le');

it.each<[Record<string, string>, string | Buffer]>([
  [{ 'content-encoding': 'gzip' }, 'x'],
  [{ 'content-type': 'application/json; charset=utf-16' }, UTF_16],
  [{ 'content-type': 'application/json; charset=utf-8; charset=utf-16le' }, UTF_16],
  [{ 'content-type': 'application/json; charset =utf-16le' }, UTF_16],
  [{ 'content-type': 'application/json; x="a;charset=utf-8;"; charset=utf-16le' }, UTF_16],
  [json, `\ufeff${FORGED_JSON}`],
  [form, '\ufeff[request][headers][origin]=x'],
])('rejects a body that another parser may read differently, with %j', async (headers, body) => {
  const foreign = { origin: 'https://evil.test', ...json, ...headers };
  const reply = await call('/start-chat', { method: 'POST', headers: foreign, body });

  expect(reply.status).toBe(415);
  notCalled();
});

it('rejects malformed JSON without showing a stack', async () => {
  const reply = await call('/start-chat', { method: 'POST', headers: json, body: '{"a"' });

  expect(reply.status).toBe(400);
  // The shape of all errors (docs/http-api.md).
  expect(JSON.parse(reply.body)).toEqual({
    error: {
      code: 'refused_locally',
      message: 'The body is not valid JSON',
      retryable: false,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  });
});

it.each(['evil.test', 'localhost.evil.test', '127.0.0.1.evil.test', 'evil.test:3000', '0.0.0.0'])(
  'is not %s',
  async (host) => {
    const start = { method: 'POST', headers: { ...json, host }, body: '{}' };

    expect((await call('/start-chat', start)).status).toBe(421);
    expect((await call('/index.html', { headers: { host } })).status).toBe(421);
    notCalled();
  },
);

it('serves what the cloud serves', async () => {
  expect((await call('/index.html')).status).toBe(200);
  expect((await call('/')).status).toBe(200);
  expect((await call('/chat.js', { method: 'HEAD' })).status).toBe(200);
  expect((await call('/nothing')).status).toBe(404);
  expect((await call('/chat/start.js')).status).toBe(404);
  const preflight = await call('/start-chat', {
    method: 'OPTIONS',
    headers: { origin: 'https://shop.test' },
  });
  expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, '*']);
  const started = await call('/start-chat', {
    method: 'POST',
    headers: { ...json, origin: stack.functionsUrl, 'transfer-encoding': 'chunked' },
    body: '{"friendlyName":"request"}',
  });
  expect(started.status).toBe(200);
});

it('listens only on the loopback interface', async () => {
  const others = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address),
  );

  for (const address of others) {
    await expect(call('/index.html', {}, address)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }
});
