/** `npm start -- --host`: a phone in the same network opens the customer page and chats. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { Client, type ClientOptions } from '@twilio/conversations';
import { freePorts } from '../support/free-ports';
import { ProjectCopy } from '../support/project-copy';

interface Started {
  token: string;
  conversationSid: string;
  clientOptions: ClientOptions;
}

const address =
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';

let project: ProjectCopy;
let program: ChildProcess;
let page: string;
let emulator: string;
let output = '';

beforeAll(async () => {
  project = new ProjectCopy();
  const [port, emulatorPort, proxyPort] = await freePorts(3);
  page = `http://${address}:${port}`;
  emulator = `http://${address}:${emulatorPort}`;
  const ports = [`--port=${port}`, `--emulator-port=${emulatorPort}`, `--proxy-port=${proxyPort}`];
  const args = ['scripts/run.mjs', 'scripts/start.ts', '--host=0.0.0.0', ...ports];
  program = spawn(process.execPath, args, { cwd: project.folder });
  for (const stream of [program.stdout!, program.stderr!]) {
    stream.on('data', (text: Buffer) => (output += text.toString()));
  }
  while (!output.includes('Another device opens')) {
    await Promise.race([once(program.stdout!, 'data'), once(program, 'exit')]);
    if (program.exitCode !== null) throw new Error(output);
  }
});
afterAll(async () => {
  if (program.exitCode === null) {
    program.kill('SIGTERM');
    await once(program, 'exit');
  }
  project.remove();
});

it('says what it opens, and the address for the other device', () => {
  expect(output).toContain('WARNING: --host 0.0.0.0 lets every device in this network');
  expect(output).toContain(`Another device opens ${page}/index.html`);
});

it('serves the page there, starts a chat and connects the SDK', async () => {
  expect((await fetch(`${page}/index.html`)).status).toBe(200);
  const answer = await fetch(`${page}/start-chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: page },
    body: JSON.stringify({ message: 'hello from a phone 📱', messageId: 'first' }),
  });
  const { token, conversationSid, clientOptions } = (await answer.json()) as Started;

  const client = new Client(token, clientOptions);
  const conversation = await client.getConversationBySid(conversationSid);
  const { items } = await conversation.getMessages();
  await client.shutdown();

  expect(clientOptions).toMatchObject({ Twilsock: { uri: expect.stringContaining(`ws://${address}:`) } });
  expect(items.map(({ body }) => body)).toEqual(['hello from a phone 📱']);
});

it('serves no page under another name that leads here', async () => {
  const { status } = await fetch(`${emulator}/emulator/journal`, {
    headers: { origin: 'http://evil.example' },
  });

  expect(status).toBe(403);
});
