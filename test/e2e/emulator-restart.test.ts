/** The emulator process restarts while clients are connected: its state is lost, and the clients continue. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Client, ConnectionState, Conversation } from '@twilio/conversations';
import type twilio from 'twilio';
import { readAccount } from '../../emulator/core/account';
import { twilioClientAt } from '../support/emulator';
import { next, nextMessage, numbered } from '../emulator/realtime/events';
import { clientOptions, SDK_PACKAGES, settled, tokenFor } from '../emulator/realtime/sdk';

const ROOT = join(__dirname, '..', '..');
const account = readAccount();

/** `npm run emulator`, without npm. */
class EmulatorProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(port = '0'): Promise<EmulatorProcess> {
    const args = ['--import', 'tsx', 'emulator/cli.ts', '--port', port, '--proxy-port', '0'];
    const child = spawn(process.execPath, args, { cwd: ROOT });
    let output = '';
    let url: string | undefined;
    while (url === undefined) {
      const [text] = (await once(child.stdout, 'data')) as [Buffer];
      output += text.toString();
      url = /(http:\/\/127\.0\.0\.1:\d+) /.exec(output)?.[1];
    }
    child.stdout.resume();
    // As in ChatWorld: the SDK does not clear this timer on shutdown.
    await fetch(`${url}/emulator/realtime/settings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ estimatedDeliveryMs: 800 }),
    });
    return new EmulatorProcess(child, url);
  }

  /** Without a close frame, like a crash. */
  async kill(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }
}

describe.each(SDK_PACKAGES)('a restart of the emulator under the SDK %s', (_version, sdkPackage) => {
  let emulator: EmulatorProcess;
  let client: Client;

  beforeEach(async () => {
    emulator = await EmulatorProcess.start();
  });
  afterEach(async () => {
    await settled(client);
    await client.shutdown();
    await emulator.kill();
  });

  const service = (): ReturnType<twilio.Twilio['conversations']['v1']['services']> =>
    twilioClientAt(emulator.url, account).conversations.v1.services(account.conversationsServiceSid);

  async function aConversation(): Promise<string> {
    const { sid } = await service().conversations.create();
    await service().conversations(sid).participants.create({ identity: 'ada' });
    return sid;
  }

  const state = (wanted: ConnectionState) =>
    next<ConnectionState>(client, 'connectionStateChanged', (now) => now === wanted);

  it('loses the old state, and the client sees and uses the new one', async () => {
    const { Client: SdkClient } = require(sdkPackage) as { Client: typeof Client };
    client = new SdkClient(tokenFor(account, 'ada'), clientOptions(emulator.url));
    await next(client, 'initialized');
    const before = await aConversation();
    const old = await next<Conversation>(client, 'conversationJoined', ({ sid }) => sid === before);
    await old.sendMessage('an old life');
    // The indexes get further than they will after the restart.
    for (const body of numbered(40)) await service().conversations(before).messages.create({ body });
    const named = next(client, 'userUpdated', () => client.user.friendlyName === 'Countess');
    await service().users('ada').update({ friendlyName: 'Countess' });
    await named;

    const lost = next<ConnectionState>(client, 'connectionStateChanged', (now) => now !== 'connected');
    await emulator.kill();
    await lost;
    const back = state('connected');
    emulator = await EmulatorProcess.start(new URL(emulator.url).port);
    await back;

    const joined = next<Conversation>(client, 'conversationJoined');
    const after = await aConversation();
    const view = await joined;
    expect(view.sid).toBe(after);
    await expect(old.sendMessage('to no one')).rejects.toMatchObject({ status: 404, body: { code: 50350 } });
    await view.getMessages();
    const received = nextMessage(view, 'a new life');
    await service().conversations(after).messages.create({ author: 'agent', body: 'a new life' });
    await received;
    expect(await view.sendMessage('indeed')).toBe(1);
    // The client has an older version of this object: changes after the restart must count as newer.
    const renamed = next(client, 'userUpdated', () => client.user.friendlyName === 'Ada Lovelace');
    await service().users('ada').update({ friendlyName: 'Ada Lovelace' });
    await renamed;
    expect((await service().conversations.list()).map(({ sid }) => sid)).toEqual([after]);
  });
});
