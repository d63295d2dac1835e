/** Malformed requests: each is rejected, and the emulator continues for all other clients. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import WebSocket from 'ws';
import type { Emulator } from '../../emulator/emulator';
import { decodeFrame, encodeFrame } from '../../emulator/realtime/twilsock/frames';
import { startEmulator, twilioClient } from '../support/emulator';
import { tokenFor } from './realtime/sdk';

let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.stop());

const isAlive = async (): Promise<void> => {
  expect(await twilioClient(emulator).conversations.v1.conversations.list()).toEqual([]);
};

it.each(['/emulator/:a(', '/emulator/:a(((a+)+)+)$', '/emulator/:a', '/emulator/*', '/emulator/constructor'])(
  'the path %s is no route, and no pattern of one',
  async (path) => {
    const answer = await fetch(`${emulator.url}${path}`);

    expect(answer.status).toBe(404);
    await isAlive();
  },
);

describe('a WebSocket to another path than the realtime service', () => {
  const UPGRADE =
    'GET /other HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  const open = async (): Promise<Socket> => {
    const socket = connect({
      port: Number(new URL(emulator.url).port),
      host: '127.0.0.1',
      allowHalfOpen: true,
    });
    await once(socket, 'connect');
    return socket;
  };

  it('is rejected, also if the client disconnects before the answer', async () => {
    for (const socket of await Promise.all(Array.from({ length: 20 }, open))) {
      socket.write(UPGRADE, () => socket.resetAndDestroy());
      await once(socket, 'close');
    }

    await isAlive();
  });

  it('does not keep the emulator from stopping, even if the client never disconnects', async () => {
    const socket = await open();
    socket.write(UPGRADE);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 404 /);

    await emulator.stop();

    socket.destroy();
    emulator = await startEmulator();
  });
});

describe('a frame without a readable request', () => {
  let socket: WebSocket;

  beforeEach(async () => {
    socket = new WebSocket(`${emulator.url.replace('http', 'ws')}/v3/wsconnect`);
    await once(socket, 'open');
    await answerTo({ method: 'init', token: tokenFor(emulator.account, 'ada') });
  });
  afterEach(() => socket.terminate());

  async function answerTo(header: { method: string; [field: string]: unknown }) {
    const message = once(socket, 'message') as Promise<[Buffer]>;
    socket.send(encodeFrame({ id: 'TM1', ...header }));
    return decodeFrame((await message)[0]).header;
  }

  it.each([
    ['no request', undefined],
    ['a request that is text', 'GET /'],
    ['a path that is a number', { method: 'GET', path: 5 }],
    ['a path that is a list', { method: 'GET', path: ['/'] }],
    ['no path', { method: 'GET' }],
  ])('is answered 501, and matches no fault for a path: %s', async (_case, http_request) => {
    emulator.world.realtime.faults.add({ on: 'request', status: 418, times: 1, path: '/' });

    const { status, http_status } = await answerTo({ method: 'message', http_request });

    expect(status).toMatchObject({ code: 200 });
    expect(http_status).toMatchObject({ code: 501 });
  });
});
