/**
 * The callers that the emulator answers: the host names it accepts, and the pages that may call. Requests are made on
 * plain sockets.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Emulator } from '../../emulator/emulator';
import { startEmulator } from '../support/emulator';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await Emulator.start({
    port: 0,
    hosts: ['dev-box.example'],
    allowedOrigins: ['https://shop.example'],
  });
});
afterAll(() => emulator.stop());

const portOf = ({ url }: Emulator): number => Number(new URL(url).port);
const basic = (): string => {
  const { accountSid, authToken } = emulator.account;
  return `Authorization: Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
};

/** The status of the answer to a request with exactly these lines. */
async function ask(requestLine: string, ...headers: string[]): Promise<number> {
  const socket = connect(portOf(emulator), '127.0.0.1');
  await once(socket, 'connect');
  socket.write([requestLine, ...headers, 'Connection: close', 'Content-Length: 0', '', ''].join('\r\n'));
  return Number((await text(socket)).split(' ')[1]);
}

async function upgrade(...headers: string[]): Promise<number> {
  const socket = connect(portOf(emulator), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    [
      'GET /v3/wsconnect HTTP/1.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      ...headers,
      '',
      '',
    ].join('\r\n'),
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return Number(answer.toString().split(' ')[1]);
}

const DOORS = [
  ['the desk', 'GET / HTTP/1.1'],
  ["the desk's token", 'GET /emulator/desk/token HTTP/1.1'],
  ['a control', 'POST /emulator/reset HTTP/1.1'],
  ["a product's control", 'POST /emulator/realtime/drop HTTP/1.1'],
  ['the timeline', 'GET /emulator/timeline HTTP/1.1'],
  ['REST', 'GET /conversations.twilio.com/v1/Conversations HTTP/1.1'],
  [
    'uploads of Functions',
    'POST /serverless-upload.twilio.com/v1/Services/ZS/Functions/ZH/Versions HTTP/1.1',
  ],
  ['media', 'POST /mcs.us1.twilio.com/v1/Services/IS/Media HTTP/1.1'],
  ['nothing', 'GET /nothing HTTP/1.1'],
] as const;

const STRANGERS = [
  'Host: evil.example',
  'Host: 127.0.0.1.evil.example',
  'Host: localhost.evil.example',
  'Host: localhost.',
  'Host: evil-localhost',
  'Host: twilio.com.evil.example',
  'Host: eviltwilio.com',
  // A page of a network that answers for Twilio's names; the proxy's clients send no port, or 443.
  'Host: flex.twilio.com:4010',
  'Host: x-1234-dev.twil.io:4010',
  'Host: 127.0.0.1@evil.example',
  'Host: evil.example:127.0.0.1',
  'Host: 10.0.0.7',
  'Host: 0.0.0.0',
  'Host:',
];

describe('a foreign host name', () => {
  it.each(DOORS)('is rejected at %s', async (_door, line) => {
    expect(await ask(line, 'Host: evil.example', basic())).toBe(421);
  });

  it.each([...STRANGERS, ''])('is rejected in any form: %j', async (host) => {
    expect(await ask('GET /emulator/journal HTTP/1.0', ...(host ? [host] : []))).toBe(421);
    if (host) expect(await upgrade(host)).toBe(421);
  });

  it('reaches no deployed Function', async () => {
    expect(await ask('GET /shop-1234-dev.twil.io/hello HTTP/1.1', 'Host: evil.example')).toBe(421);
  });

  it('cannot hide behind another name', async () => {
    const own = `Host: 127.0.0.1:${portOf(emulator)}`;

    expect(await ask('GET http://evil.example/emulator/journal HTTP/1.1', own)).toBe(421);
    expect(await ask('GET /emulator/journal HTTP/1.1', own, 'Host: evil.example')).not.toBe(200);
    expect(await ask('GET /emulator/journal HTTP/1.1', 'Host: evil.example', own)).not.toBe(200);
    expect(
      await ask('GET /v1/Conversations HTTP/1.1', 'Host: evil.example', 'x-emulator-host: api.twilio.com'),
    ).toBe(421);
  });

  it.each([
    '127.0.0.1',
    'localhost',
    '[::1]',
    'LOCALHOST',
    // A forwarded port, of a container for example.
    'localhost:8080',
    'dev-box.example',
    'dev-box.example:4010',
  ])('does not include %s', async (host) => {
    expect(await ask('GET /emulator/journal HTTP/1.1', `Host: ${host}`)).toBe(200);
    expect(await upgrade(`Host: ${host}`)).toBe(101);
  });

  it("does not include Twilio's hosts", async () => {
    expect(await ask('GET /v1/Conversations HTTP/1.1', 'Host: conversations.twilio.com', basic())).toBe(200);
    expect(await upgrade('Host: tsock.us1.twilio.com')).toBe(101);
    expect(await upgrade('Host: tsock.us1.twilio.com:443')).toBe(101);
  });
});

describe('a page of a foreign origin', () => {
  const own = 'Host: localhost';

  it.each(DOORS)('is rejected at %s', async (_door, line) => {
    expect(await ask(line, own, basic(), 'Origin: https://evil.example')).toBe(403);
  });

  it.each([
    'https://evil.example',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'https://shop.example.evil.example',
    'http://shop.example',
    'https://shop.example:444',
    'https://x-1234-dev.twil.io',
    'https://flex.twilio.com',
    'file://localhost',
    'null',
    'localhost',
    '',
  ])('is rejected in any form: %j', async (origin) => {
    const before = emulator.world;

    expect(await ask('POST /emulator/reset HTTP/1.1', own, `Origin: ${origin}`)).toBe(403);
    expect(await upgrade(own, `Origin: ${origin}`)).toBe(403);

    expect(emulator.world).toBe(before);
  });

  it('cannot send two origins', async () => {
    const origins = ['Origin: http://localhost', 'Origin: https://evil.example'];

    expect(await ask('GET /emulator/journal HTTP/1.1', own, ...origins)).toBe(403);
  });

  it.each([
    '/emulator/journal',
    // Scripts that it could run: the settings of Flex UI, and a plugin under development.
    '/flex/settings.js',
  ])('cannot load resources that need no origin: %s', async (path) => {
    const load = (mode: string, site: string) =>
      ask(`GET ${path} HTTP/1.1`, own, `Sec-Fetch-Mode: ${mode}`, `Sec-Fetch-Site: ${site}`);

    expect(await load('no-cors', 'cross-site')).toBe(403);
    expect(await load('navigate', 'cross-site')).toBe(200);
    expect(await load('no-cors', 'same-origin')).toBe(200);
  });

  it.each(['/', '/flex/'])('cannot frame pages on which an agent clicks: %s', async (path) => {
    const { headers } = await fetch(`${emulator.url}${path}`);

    expect(headers.get('content-security-policy')).toMatch(/frame-ancestors '(none|self)'/);
  });

  it.each([
    'http://localhost:5173',
    'http://127.0.0.1:4010',
    'http://[::1]:3000',
    'https://localhost',
    'https://shop.example',
  ])('does not include %s', async (origin) => {
    expect(await ask('GET /emulator/journal HTTP/1.1', own, `Origin: ${origin}`)).toBe(200);
    expect(await upgrade(own, `Origin: ${origin}`)).toBe(101);
  });

  it('does not include a page of the emulator under a configured name', async () => {
    const page = 'Origin: http://dev-box.example:4010';

    expect(await ask('GET /emulator/journal HTTP/1.1', 'Host: dev-box.example:4010', page)).toBe(200);
  });

  it('does not include a deployed page, which a browser reaches only through the proxy', async () => {
    const page = 'Origin: https://shop-1234-dev.twil.io';

    expect(await upgrade('Host: tsock.us1.twilio.com', page)).toBe(101);
  });

  it('may reach deployed Functions, which decide for themselves, as in the cloud', async () => {
    const line = 'GET /shop-1234-dev.twil.io/hello HTTP/1.1';

    expect(await ask(line, own, 'Origin: https://evil.example')).toBe(404);
  });
});

it('an invalid origin in the settings is rejected at the start', async () => {
  for (const allowedOrigins of [['*'], ['shop.example'], ['https://shop.example/'], ['null']]) {
    await expect(Emulator.start({ port: 0, allowedOrigins })).rejects.toThrow('is not an origin');
  }
});

it('listening on all addresses accepts no further host name', async () => {
  const wide = await Emulator.start({ port: 0, host: '0.0.0.0' });
  try {
    expect(wide.url).toBe(`http://127.0.0.1:${portOf(wide)}`);
    expect((await fetch(`${wide.url}/emulator/journal`)).status).toBe(200);
    expect((await fetch(`http://0.0.0.0:${portOf(wide)}/emulator/journal`)).status).toBe(421);
  } finally {
    await wide.stop();
  }
});

it('without settings only loopback may call', async () => {
  const plain = await startEmulator();
  try {
    const headers = { origin: 'https://shop.example' };
    expect((await fetch(`${plain.url}/emulator/journal`, { headers })).status).toBe(403);
  } finally {
    await plain.stop();
  }
});
