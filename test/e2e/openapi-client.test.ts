/** A client that another project's generator makes of /openapi.json: the compiler takes it, and it starts a chat. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { startStack, type Stack } from '../support/stack';

const run = promisify(execFile);
const root = join(__dirname, '..', '..');
const PROGRAM = `
import createClient from 'openapi-fetch';
import type { paths } from './functions.js';

const functions = createClient<paths>({ baseUrl: process.argv[2]! });
const started = await functions.POST('/start-chat', {
  body: { friendlyName: 'Ada L.', preChat: { topic: 'refund' }, message: 'hello', messageId: 'm-1' },
});
if (started.error) throw new Error(started.error.error.message);
const { token, conversationSid, resumed } = started.data;
const sent = await functions.POST('/send-message', { body: { token, conversationSid, body: 'more' } });
const refused = await functions.POST('/send-message', { body: { token, conversationSid: 'CH1', body: 'more' } });

// @ts-expect-error a SID is text
void (() => functions.POST('/end-chat', { body: { token, conversationSid: 7 } }));
// @ts-expect-error a code that this Function never answers with
void (() => refused.error?.error.code === 'too_many_starts');

console.log(JSON.stringify({ conversationSid, resumed, index: sent.data?.index, code: refused.error?.error.code }));
`;
const TSCONFIG = {
  compilerOptions: {
    ...{
      target: 'es2022',
      module: 'nodenext',
      strict: true,
      outDir: 'out',
      types: ['node'],
      skipLibCheck: true,
    },
    rootDir: '.',
  },
  files: ['program.ts'],
};

let stack: Stack;
let folder: string;
beforeAll(async () => {
  stack = await startStack();
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  // Inside node_modules, so that the client's package resolves.
  folder = mkdtempSync(join(cache, 'openapi-client-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await stack.stop();
});

it('starts a chat with a client that openapi-typescript has made', async () => {
  const generator = join(dirname(require.resolve('openapi-typescript')), '..', 'bin', 'cli.js');
  const files = {
    'program.ts': PROGRAM,
    'tsconfig.json': JSON.stringify(TSCONFIG),
    'package.json': '{"type":"module"}',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const served = await fetch(`${stack.functionsUrl}/openapi.json`);
  writeFileSync(join(folder, 'openapi.json'), await served.text());

  await run(process.execPath, [generator, 'openapi.json', '-o', 'functions.d.ts'], { cwd: folder });
  await run(process.execPath, [require.resolve('typescript/bin/tsc')], { cwd: folder }).catch((error) => {
    throw new Error((error as { stdout: string }).stdout);
  });
  const { stdout } = await run(process.execPath, ['out/program.js', stack.functionsUrl], { cwd: folder });

  const { conversationSid, ...rest } = JSON.parse(stdout) as { conversationSid: string };
  expect(rest).toEqual({ resumed: false, index: 1, code: 'conversation_not_yours' });
  const messages = await stack.twilio.conversations.v1.conversations(conversationSid).messages.list();
  expect(messages.map(({ body }) => body)).toEqual(['hello', 'more']);
});
