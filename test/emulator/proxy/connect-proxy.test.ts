/**
 * Unmodified clients through the proxy: plain Node sockets, and twilio-node in a process configured only by its
 * environment.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import type { Emulator } from '../../../emulator/emulator';
import { ConnectProxy } from '../../../emulator/proxy/connect-proxy';
import { startEmulator } from '../../support/emulator';

let emulator: Emulator;
let proxy: ConnectProxy;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  emulator = await startEmulator();
  proxy = await ConnectProxy.start({ port: 0, emulatorUrl: emulator.url, folder });
});
afterAll(async () => {
  await proxy.stop();
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

it('answers for Twilio, to a client that trusts its certificate', async () => {
  const answer = await get('conversations.twilio.com', '/v1/Conversations', {
    ca: readFileSync(proxy.caFile),
  });

  expect(answer.status).toBe(401);
  expect(JSON.parse(answer.body)).toMatchObject({ code: 20003, status: 401 });
});

it('fails the handshake of a client that trusts only the public CAs', async () => {
  await expect(get('conversations.twilio.com', '/v1/Conversations', {})).rejects.toThrow(/certificate/);
});

it('serves the hosts below us1, for media', async () => {
  const answer = await get('mcs.us1.twilio.com', '/v1/Services', { ca: readFileSync(proxy.caFile) });

  expect(answer.status).not.toBe(502);
});

it.each([
  'example.com:443',
  'twilio.com.example.com:443',
  'nottwilio.com:443',
  'conversations.twilio.com:80',
  '',
])('opens no tunnel to %p', async (target) => {
  const { status } = await openTunnel(target);

  expect(status).toBe(403);
});

it('rejects another host inside a tunnel to Twilio', async () => {
  const answer = await get('conversations.twilio.com', '/', {
    ca: readFileSync(proxy.caFile),
    hostHeader: 'example.com',
  });

  expect(answer.status).toBe(421);
});

it.each(['/../emulator/journal', '/%2e%2e/emulator/journal', '/x/../../emulator/journal'])(
  'leads from a deployed domain to nothing else: %s',
  async (path) => {
    const answer = await get('shop-1234-dev.twil.io', path, { ca: readFileSync(proxy.caFile) });

    expect(answer.status).toBe(404);
  },
);

it('rejects plain HTTP', async () => {
  const response = await fetch(`${proxy.url}/v1/Conversations`);

  expect(response.status).toBe(405);
});

it('rejects another host than its own on its own port', async () => {
  const status = await new Promise<number>((resolve, reject) => {
    request(proxy.url, { headers: { host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    })
      .on('error', reject)
      .end();
  });

  expect(status).toBe(421);
});

it('rejects a WebSocket to another host inside a tunnel to Twilio', async () => {
  const answer = await get('tsock.us1.twilio.com', '/v3/wsconnect', {
    ca: readFileSync(proxy.caFile),
    hostHeader: 'example.com',
    headers: { connection: 'Upgrade', upgrade: 'websocket' },
  });

  expect(answer.status).toBe(421);
});

it('reports that no emulator is behind it', async () => {
  const closed = createServer().listen(0);
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const lonely = await ConnectProxy.start({ port: 0, emulatorUrl: `http://127.0.0.1:${port}`, folder });

  const answer = await get('api.twilio.com', '/', { ca: readFileSync(lonely.caFile), through: lonely });

  expect(answer).toMatchObject({ status: 502, body: expect.stringContaining('No answer from the emulator') });
  await lonely.stop();
});

it('serves twilio-node, which is configured only by its environment', async () => {
  const { accountSid, authToken } = emulator.account;
  const program = `
    const client = require('twilio')(process.env.ACCOUNT, process.env.TOKEN);
    client.conversations.v1.conversations.create({ friendlyName: 'Ünï & ${'x'.repeat(100)}' })
      .then((conversation) => process.stdout.write(conversation.sid));`;

  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], {
    cwd: join(__dirname, '..', '..', '..'),
    env: {
      ...process.env,
      ACCOUNT: accountSid,
      TOKEN: authToken,
      HTTP_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: proxy.caFile,
    },
  });

  const { conversations, defaultServiceSid } = emulator.world.conversations;
  expect(conversations.find(defaultServiceSid, stdout)?.friendlyName).toBe(`Ünï & ${'x'.repeat(100)}`);
});

it('makes the key of its certificate readable only by the user, and stores no key of the CA', () => {
  expect(statSync(join(folder, 'server.pem')).mode & 0o077).toBe(0);
  expect(readFileSync(proxy.caFile, 'utf8')).not.toContain('PRIVATE KEY');
});

interface Answer {
  status: number;
  body: string;
}

/** GET over TLS in a tunnel, only with Node's own modules. */
async function get(
  host: string,
  path: string,
  {
    ca,
    hostHeader = host,
    headers = {},
    through = proxy,
  }: { ca?: Buffer; hostHeader?: string; headers?: Record<string, string>; through?: ConnectProxy },
): Promise<Answer> {
  const { socket } = await openTunnel(`${host}:443`, through);
  const secure = connectTls({ socket, servername: host, ...(ca && { ca }) });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    secure.once('error', reject);
    secure.once('secureConnect', () => {
      request({ createConnection: () => secure, path, headers: { ...headers, host: hostHeader } }, resolve)
        .on('error', reject)
        .end();
    });
  });
  const body = await text(response);
  secure.destroy();
  return { status: response.statusCode!, body };
}

function openTunnel(target: string, through = proxy): Promise<{ status: number; socket: Socket }> {
  return new Promise((resolve, reject) => {
    request({ ...address(through), method: 'CONNECT', path: target, agent: false })
      .on('connect', (response, socket) => resolve({ status: response.statusCode!, socket }))
      .on('error', reject)
      .end();
  });
}

function address({ url }: ConnectProxy): { host: string; port: string } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port };
}
