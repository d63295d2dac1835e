/**
 * The platform freezes a process between calls, and its connections die in the meantime. No test sleeps: the event loop
 * is blocked, as in a frozen process, while a server in another process closes idle connections.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globalAgent } from 'node:http';
import twilio from 'twilio';
import type { Config } from '../../../src/assets/settings/config.private';
import { createTwilioCalls } from '../../../src/assets/twilio/client.private';

/** Answers any request, for a Conversation named `slow` after a moment, and closes idle connections after another. */
const SERVER = `
  const { setTimeout: wait } = require('node:timers/promises');
  const server = require('node:http').createServer((request, response) => {
    request.resume().on('end', async () => {
      if (request.url.endsWith('/slow')) await wait(100);
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

// Each test opens its own connections.
beforeEach(() => globalAgent.destroy());

/** As in one call of a Function, with the connections of earlier calls. */
const inOneCall = (sidOrName = `CH${'0'.repeat(32)}`) => {
  const context = { getTwilioClient: (options: object) => twilio(ACCOUNT, 'x'.repeat(32), options) };
  const calls = createTwilioCalls(context, config, performance.now());
  const conversation = calls.client.conversations.v1.conversations(sidOrName);
  return { retry: calls.retry, fetch: () => conversation.fetch() };
};
const freeze = (ms = FROZEN_MS) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

it('takes the answer that arrived during the freeze, although the wait for it ended as well', async () => {
  const { retry, fetch } = inOneCall('slow');

  const answer = retry.once(fetch, async () => undefined, { ms: 700, searches: false });
  // The request has left by then. After an immediate, due timers run before sockets are read.
  setTimeout(() => setImmediate(() => freeze(1000)), 50);

  expect(await answer).toMatchObject({ state: 'active' });
});

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
  const agent = globalAgent as unknown as { totalSocketCount: number };
  const { retry, fetch } = inOneCall();
  await retry.repeat(fetch);
  const before = agent.totalSocketCount;

  await inOneCall().fetch();

  expect(agent.totalSocketCount).toBe(before);
});
