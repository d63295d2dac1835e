import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HANGING_MS } from '../support/timeouts';

const root = join(__dirname, '..', '..');

describe('a program that uses the emulator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-program-'));
  let silent: Server;

  beforeAll(async () => {
    silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    silent.closeAllConnections();
    silent.close();
    rmSync(folder, { recursive: true });
  });

  it('ends by itself after stop(), with timers, a webhook, a socket and a stream active', async () => {
    writeFileSync(
      join(folder, 'program.mts'),
      `import { once } from 'node:events';
       import WebSocket from ${JSON.stringify(join(root, 'node_modules', 'ws', 'wrapper.mjs'))};
       import { Emulator } from ${JSON.stringify(join(root, 'emulator', 'emulator.ts'))};
       const emulator = await Emulator.start({ port: 0 });
       const { accountSid, authToken, conversationsServiceSid } = emulator.account;
       const headers = {
         authorization: 'Basic ' + Buffer.from(accountSid + ':' + authToken).toString('base64'),
         'x-twilio-webhook-enabled': 'true',
       };
       const service = emulator.url + '/conversations.twilio.com/v1/Services/' + conversationsServiceSid;
       const post = async (path: string, form: Record<string, string>) => {
         const body = new URLSearchParams(form);
         return (await fetch(service + path, { method: 'POST', headers, body })).json();
       };
       const { sid } = await post('/Conversations', { State: 'active', 'Timers.Closed': 'PT10M' });
       await post('/Conversations/' + sid + '/Webhooks', {
         Target: 'webhook',
         'Configuration.Url': process.env.SILENT_URL!,
         'Configuration.Filters': 'onMessageAdded',
       });
       await post('/Conversations/' + sid + '/Messages', { Body: 'hello' });
       await once(new WebSocket(emulator.url.replace('http', 'ws') + '/v3/wsconnect'), 'open');
       await fetch(emulator.url + '/emulator/timeline');
       await emulator.stop();
       console.log('stopped');`,
    );
    const asked = new Promise((resolve) => silent.once('request', () => resolve(null)));

    const run = promisify(execFile)(process.execPath, ['--import', 'tsx', join(folder, 'program.mts')], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        SILENT_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      },
      timeout: HANGING_MS,
    });

    await expect(run).resolves.toEqual({ stdout: 'stopped\n', stderr: '' });
    await asked;
  });
});
