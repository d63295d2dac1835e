/** The emulator without the rest of this repository: packed, installed in an empty folder, used. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ForeignProject, run } from '../support/foreign-project';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DEVELOPED = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
  dependencies: Record<string, string>;
};
const at = (name: string): string =>
  `${name}@${{ ...DEVELOPED.dependencies, ...DEVELOPED.devDependencies }[name]}`;

let project: ForeignProject;

beforeAll(async () => {
  project = await ForeignProject.create([
    ...['jest', 'twilio', '@twilio/conversations', 'typescript', '@types/node'].map(at),
    'vitest@3',
  ]);
});
afterAll(() => project?.remove());

/** One test for each runner: a visitor's message by the SDK, read by REST. */
const test = (imports: string) => `${imports}
const emulator = useEmulator();

test('a message comes through', async () => {
  const twilio = createTwilioClient(emulator());
  const { sid } = await twilio.conversations.v1.conversations.create({ friendlyName: 'Ada L.' });
  const conversation = twilio.conversations.v1.conversations(sid);
  await conversation.participants.create({ identity: 'ada' });
  const client = new Client(emulator().tokenFor('ada'), emulator().clientOptions);
  await new Promise((resolve) => client.once('initialized', resolve));
  await (await client.getConversationBySid(sid)).sendMessage('hello');
  const [message] = await conversation.messages.list();
  if (message.body !== 'hello') throw new Error(message.body);
  await client.shutdown();
});

test('and is gone in the next test', async () => {
  const twilio = createTwilioClient(emulator());
  if ((await twilio.conversations.v1.conversations.list()).length > 0) throw new Error('still there');
});
`;
const required = (runner: string, more = '') => `
const { useEmulator } = require('flex-chat-emulator/${runner}');
const { createTwilioClient } = require('flex-chat-emulator/twilio');
const { Client } = require('@twilio/conversations');
${more}`;
const imported = (runner: string, more = '') => `
import { useEmulator } from 'flex-chat-emulator/${runner}';
import { createTwilioClient } from 'flex-chat-emulator/twilio';
import { Client } from '@twilio/conversations';
${more}`;

it('brings what it needs and no more', () => {
  const folder = join(project.folder, 'node_modules', 'flex-chat-emulator');

  expect(readdirSync(folder).sort()).toEqual(['README.md', 'dist', 'package.json']);
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const needed = new Set<string>();
  for (const file of ['index.js', 'cli.js', 'jest.js', 'node-test.js']) {
    const text = readFileSync(join(folder, 'dist', file), 'utf8');
    for (const [, name] of text.matchAll(/\b(?:require|import)\("([^."][^"]*)"\)/g)) {
      if (!name!.startsWith('node:') && name !== 'esbuild') needed.add(name!);
    }
  }
  // The pinned version of what Fastify needs is not required by name.
  const { 'light-my-request': _pinned, ...declared } = dependencies;
  expect([...needed].sort()).toEqual(Object.keys(declared).sort());
});

it("answers the guide's four commands", async () => {
  const emulator = project.start('flex-chat-emulator', '--port', '0', '--proxy-port', '0');
  try {
    const exports: string[] = [];
    for await (const line of createInterface(emulator.stdout!)) {
      if (line.startsWith('export ')) exports.push(line);
      if (line.includes('Ctrl-C')) break;
    }
    const curl = (path: string, ...form: string[]) =>
      `curl -sS -f -X POST https://conversations.twilio.com/v1/Conversations${path} -u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN ${form
        .map((field) => `--data-urlencode '${field}'`)
        .join(' ')}`;
    const script = [
      ...exports,
      `CH=$(${curl('', 'MessagingServiceSid=MG00000000000000000000000000000001', 'FriendlyName=My First')} | node -p 'JSON.parse(require("fs").readFileSync(0)).sid')`,
      curl('/$CH/Participants', 'Identity=customer'),
      curl(
        '/$CH/Webhooks',
        'Target=studio',
        'Configuration.FlowSid=FW00000000000000000000000000000001',
        'Configuration.Filters=onMessageAdded',
      ),
      `${curl('/$CH/Messages', 'Author=customer', 'Body=hello')} -H 'X-Twilio-Webhook-Enabled: true'`,
      'curl -sS -f https://taskrouter.twilio.com/v1/Workspaces/WS00000000000000000000000000000001/Tasks -u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN',
    ].join('\n');

    const { code, output } = await run('bash', ['-ec', script], project.folder);

    expect(output).toContain('"assignment_status":"reserved"');
    expect(code).toBe(0);
  } finally {
    emulator.kill('SIGTERM');
    if (emulator.exitCode === null) await once(emulator, 'exit');
  }
});

it('serves the desk', async () => {
  const script = `
    const { Emulator } = require('flex-chat-emulator');
    Emulator.start().then(async (emulator) => {
      const html = await (await fetch(emulator.url)).text();
      const js = await (await fetch(emulator.url + '/emulator/desk/desk.js')).text();
      await emulator.stop();
      console.log(html.includes('desk.js'), js.length > 100_000);
    });`;

  expect(await project.node('-e', script)).toEqual({ code: 0, output: 'true true\n' });
});

it('runs what is deployed to it, with the packages of the folder where it is used', async () => {
  const script = `
    import { Emulator } from 'flex-chat-emulator';
    const emulator = await Emulator.start();
    const { services, environments, code, builds } = emulator.world.serverless;
    const service = services.create('shop', 'A shop', {});
    const environment = environments.create(service, 'dev-environment', 'dev');
    const content = Buffer.from("exports.handler = (context, event, callback) => callback(null, typeof require('twilio'));");
    const version = code.upload(code.create(service.sid, 'function', '/f'), { path: '/f', visibility: 'public', content, contentType: 'text/javascript' });
    const dependencies = JSON.stringify([{ name: 'twilio', version: '6.2.0' }]);
    const build = builds.create(service.sid, { functionVersionSids: [version.sid], assetVersionSids: [], dependencies });
    emulator.clock.advance(1000);
    emulator.world.serverless.deploy(environment, build.sid);
    console.log(await (await fetch(emulator.url + '/' + environment.domainName + '/f')).text());
    await emulator.stop();`;
  project.write({ 'deploy.mjs': script });

  expect(await project.node('deploy.mjs')).toEqual({ code: 0, output: 'function\n' });
});

describe('lets the process end by itself, tests passed, with', () => {
  it('Jest', async () => {
    project.write({ 'jest/chat.test.js': test(required('jest')) });

    const { code, output } = await project.bin('jest', '--rootDir=jest', '--verbose');

    expect(code).toBe(0);
    expect(output).not.toContain('did not exit');
  });

  it('Vitest', async () => {
    project.write({ 'vitest/chat.test.mjs': test(imported('vitest', "import { test } from 'vitest';")) });

    expect(await project.bin('vitest', 'run', '--dir', 'vitest')).toMatchObject({ code: 0 });
  });

  it.each([
    ['require', 'node-test/chat.test.cjs', required('node-test', "const { test } = require('node:test');")],
    ['import', 'node-test/chat.test.mjs', imported('node-test', "import { test } from 'node:test';")],
  ])('node:test, by %s', async (_how, file, imports) => {
    project.write({ [file]: test(imports) });

    expect(await project.node('--test', file)).toMatchObject({ code: 0 });
  });
});

describe('has types that a strict project takes', () => {
  const program = `
import { Emulator, ConnectProxy, type Account, type EmulatorOptions, type Fault, type JournalEntry } from 'flex-chat-emulator';
import { useEmulator } from 'flex-chat-emulator/jest';
import { useEmulator as forNode } from 'flex-chat-emulator/node-test';

export async function use(): Promise<void> {
  const options: EmulatorOptions = { port: 0, allowedOrigins: ['https://shop.example'] };
  const emulator = await Emulator.start(options);
  const account: Account = emulator.account;
  const fault: Fault = { kind: 'status', status: 503 };
  emulator.faults.add(fault);
  const entries: readonly JournalEntry[] = emulator.journal.entries;
  const token: string = emulator.tokenFor('ada', { ttlSeconds: 60 });
  emulator.clock.advance(1000);
  await emulator.settled();
  const proxy = await ConnectProxy.start({ port: 0, emulatorUrl: emulator.url });
  console.log(account.accountSid, entries.length, token, emulator.clientOptions.Twilsock.uri, proxy.caFile);
  // @ts-expect-error: there is no such fault
  emulator.faults.add({ kind: 'explode' });
  await emulator.stop();
}
export const emulator: () => Emulator = useEmulator({ kept: true });
export const another: () => Emulator = forNode();
`;
  const vitestProgram = `
import { useEmulator } from 'flex-chat-emulator/vitest';
export const emulator = useEmulator({ kept: true });
export const url: string = emulator().url;
`;
  const twilioProgram = `
import { Emulator } from 'flex-chat-emulator';
import { createTwilioClient, EmulatorHttpClient } from 'flex-chat-emulator/twilio';
import twilio from 'twilio';
export async function use(): Promise<string> {
  const emulator = await Emulator.start();
  const client: twilio.Twilio = createTwilioClient(emulator);
  twilio('AC1', 'x', { httpClient: new EmulatorHttpClient(emulator.url) });
  return (await client.conversations.v1.conversations.create({})).sid;
}
`;
  const compile = (name: string, files: Record<string, string>, compilerOptions: object) => {
    project.write(
      Object.fromEntries([
        ...Object.entries(files).map(([file, text]) => [`${name}/${file}`, text] as const),
        [
          `${name}/tsconfig.json`,
          JSON.stringify({
            compilerOptions: {
              strict: true,
              exactOptionalPropertyTypes: true,
              noUncheckedIndexedAccess: true,
              skipLibCheck: false,
              noEmit: true,
              target: 'es2022',
              types: ['node'],
              ...compilerOptions,
            },
            include: ['*'],
          }),
        ],
      ]),
    );
    return project.bin('tsc', '-p', name);
  };

  it.each([
    ['node16', 'a module', { 'use.mts': program, 'vitest.mts': vitestProgram }, 'node16', 'node16'],
    ['nodenext', 'CommonJS', { 'use.cts': program }, 'nodenext', 'nodenext'],
    ['bundler', 'a bundler', { 'use.ts': program }, 'esnext', 'bundler'],
    [
      'node10',
      'CommonJS of old',
      { 'use.ts': program.replace(/^.*(jest|node-test)'.*\n|^export const.*\n/gm, '') },
      'commonjs',
      'node10',
    ],
  ])('(%s: %s)', async (name, _kind, files, module, moduleResolution) => {
    expect(await compile(name, files, { module, moduleResolution })).toEqual({ code: 0, output: '' });
  });

  it('(with twilio, whose own types are not that strict)', async () => {
    const options = {
      module: 'node16',
      moduleResolution: 'node16',
      skipLibCheck: true,
      esModuleInterop: true,
    };

    expect(await compile('with-twilio', { 'use.mts': twilioProgram }, options)).toEqual({
      code: 0,
      output: '',
    });
  });
});
