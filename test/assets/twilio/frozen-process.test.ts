/**
 * The platform freezes a process between calls, and its connections die in the meantime. No test sleeps: the event loop
 * is blocked, as in a frozen process, while a server in another process closes idle connections.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import twilio from 'twilio';
import type { Config } from '../../../src/assets/settings/config.private';
import { createTwilioCalls } from '../../../src/assets/twilio/client.private';

/** Answers any request, and closes idle connections after a moment. */
const SERVER = `
  const server = require('node:http').createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', connection: 'keep-alive' });
      response.end(JSON.stringify({ sid: 'CH' + '0'.repeat(32), state: 'active' }));
      const timer = setTimeout(() => request.socket.destroy(), 50);
      request.socket.once('data', () => clearTimeout(timer));
    });
  });
  // No Keep-Alive header: with a timeout in it, a client would not keep the connection.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;
const FROZEN_MS = 300;
const ACCOUNT = `AC${'0'.repeat(32)}`;

let server: ChildProcess;
let config: Config;

beforeAll(async () => {
  server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(server.stdout!, 'data')) as [Buffer];
  config = { TWILIO_API_BASE_URL: `http://127.0.0.1:${String(port).trim()}` } as Config;
});
afterAll(async () => {
  server.kill();
  await once(server, 'exit');
});

/** As in one call of a Function, with the connections of earlier calls. */
const inOneCall = () => {
  const context = { getTwilioClient: (options: object) => twilio(ACCOUNT, 'x'.repeat(32), options) };
  const calls = createTwilioCalls(context, config, performance.now());
  const conversation = calls.client.conversations.v1.conversations(`CH${'0'.repeat(32)}`);
  return { retry: calls.retry, fetch: () => conversation.fetch() };
};
const freeze = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FROZEN_MS);

it('finds its connections dead after a freeze', async () => {
  await inOneCall().fetch();

  freeze();

  await expect(inOneCall().fetch()).rejects.toMatchObject({ name: 'TwilioFailure', outcome: 'lost' });
});

it('answers anyway, ten times out of ten', async () => {
  const states: string[] = [];
  for (let thaw = 0; thaw < 10; thaw++) {
    const { retry, fetch } = inOneCall();
    states.push((await retry.repeat(fetch)).state);
    freeze();
  }

  expect(states).toEqual(Array(10).fill('active'));
});

it('keeps its connections from one call to the next', async () => {
  const agent = require('node:http').globalAgent as { totalSocketCount: number };
  const { retry, fetch } = inOneCall();
  await retry.repeat(fetch);
  const before = agent.totalSocketCount;

  await inOneCall().fetch();

  expect(agent.totalSocketCount).toBe(before);
});
