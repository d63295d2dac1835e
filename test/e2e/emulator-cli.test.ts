import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

let child: ChildProcess;
let output: string;
let taken: Server;
let takenPort: number;

beforeAll(async () => {
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  takenPort = (taken.address() as AddressInfo).port;
});
afterAll(() => taken.close());
afterEach(() => child.kill('SIGKILL'));

const run = (...args: string[]) => {
  output = '';
  child = spawn(process.execPath, ['--import', 'tsx', 'emulator/cli.ts', ...args], { cwd: ROOT });
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (text: Buffer) => (output += text.toString()));
  }
};
const exitCode = async () => ((await once(child, 'exit')) as [number | null])[0];
const printed = async (pattern: RegExp) => {
  while (!pattern.test(output)) await once(child.stdout!, 'data');
  return pattern.exec(output)![1]!;
};

describe('npm run emulator', () => {
  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])(
    'answers at its printed address until %s',
    async (signal) => {
      run('--port', '0', '--proxy-port', '0');
      const url = await printed(/(http:\/\/127\.0\.0\.1:\d+)/);
      await printed(/certificate: (.+)\)/);
      expect((await fetch(`${url}/conversations.twilio.com/v1/Conversations`)).status).toBe(401);

      child.kill(signal);

      expect(await exitCode()).toBe(0);
      await expect(fetch(url)).rejects.toThrow();
    },
  );

  it('ends with a clear message when its port is taken', async () => {
    run('--port', String(takenPort));

    expect(await exitCode()).toBe(1);
    expect(output).toContain(`Port ${takenPort} is taken`);
  });

  it("ends the same way when the proxy's port is taken", async () => {
    run('--port', '0', '--proxy-port', String(takenPort));

    expect(await exitCode()).toBe(1);
    expect(output).toContain(`Port ${takenPort} is taken`);
  });

  it('rejects an invalid port', async () => {
    run('--port', 'home');

    expect(await exitCode()).toBe(1);
    expect(output).toContain('home is not a port');
  });

  it('rejects an invalid number of Messages', async () => {
    run('--max-messages', '0');

    expect(await exitCode()).toBe(1);
    expect(output).toContain('0 is not a number of Messages');
  });
});
