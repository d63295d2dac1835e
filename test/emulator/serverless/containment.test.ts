/** The limits of deployed code: what it may not do to this machine and to the emulator. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useEmulator } from '../../support/emulator';
import { deploy } from './deploy';

const emulator = useEmulator({ kept: true });
const ROOT = join(__dirname, '..', '..', '..');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'containment-'));
  writeFileSync(join(folder, 'secret.txt'), 'the secret');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The answer of a Function with this body. `attempt` is its code; the answer is the error's code if it is refused. */
async function run(
  attempt: string,
  variables: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const code = `exports.handler = async (context, event, callback) => {
    try { callback(null, String(await (${attempt})())); } catch (error) { callback(null, 'refused: ' + (error.code || error.name)); }
  };`;
  const domain = deploy(emulator(), {
    functions: { '/f': code },
    dependencies: JSON.stringify([{ name: 'jsonwebtoken', version: '9.0.3' }]),
  });
  const { serverless } = emulator().world;
  const { environment } = serverless.live(domain)!;
  for (const [key, value] of Object.entries(variables)) {
    serverless.environments.setVariable(environment, key, value);
  }
  const response = await fetch(`${emulator().url}/${domain}/f`);
  return { status: response.status, text: await response.text() };
}

const isAlive = async () => {
  const response = await fetch(`${emulator().url}/emulator/journal`);
  expect(response.status).toBe(200);
};

describe('a deployed Function', () => {
  it.each([
    ['a file of this machine', () => `() => require('fs').readFileSync('/etc/passwd', 'utf8')`],
    [
      'a file of the project',
      () => `() => require('fs').readFileSync(${path(ROOT, 'package.json')}, 'utf8')`,
    ],
    ['a secret', () => `() => require('fs').promises.readFile(${path(folder, 'secret.txt')}, 'utf8')`],
    [
      'a stream',
      () =>
        `async () => { for await (const part of require('fs').createReadStream(${path(folder, 'secret.txt')})) return part; }`,
    ],
    ['a folder', () => `() => require('fs').readdirSync(${path(ROOT)}).join()`],
    ['a module', () => `() => import(${path(ROOT, 'jest.config.js')})`],
    [
      'a link',
      () =>
        `() => { const link = require('path').join(require('os').tmpdir(), 'link'); require('fs').symlinkSync(${path(folder, 'secret.txt')}, link); return require('fs').readFileSync(link, 'utf8'); }`,
    ],
    [
      'a hard link',
      () =>
        `() => { const link = require('path').join(require('os').tmpdir(), 'link'); require('fs').linkSync(${path(folder, 'secret.txt')}, link); return require('fs').readFileSync(link, 'utf8'); }`,
    ],
    [
      'a detour',
      () =>
        `() => require('fs').readFileSync(require('os').tmpdir() + '/../../../../../../../etc/passwd', 'utf8')`,
    ],
  ])('cannot read %s', async (_what, attempt) => {
    expect((await run(attempt())).text).toMatch(/^refused: ERR_ACCESS_DENIED/);
  });

  it.each([
    ['write a file', () => `() => require('fs').writeFileSync(${path('FOLDER', 'written')}, 'x')`],
    ['remove one', () => `() => require('fs').rmSync(${path('FOLDER', 'secret.txt')})`],
    [
      'start a program',
      () => `() => require('child_process').execSync('touch ' + ${path('FOLDER', 'written')})`,
    ],
    ['start another Node', () => `() => require('child_process').fork(__filename)`],
    [
      'start a Worker, which has no such limits',
      () => `() => new (require('worker_threads').Worker)('1', { eval: true })`,
    ],
    ['load native code', () => `() => process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6')`],
    ["reach Node's internals", () => `() => process.binding('fs')`],
  ])('cannot %s', async (_what, attempt) => {
    const { text } = await run(attempt().replaceAll('FOLDER', folder.replaceAll('\\', '\\\\')));

    expect(text).toMatch(/^refused: ERR_(ACCESS_DENIED|DLOPEN_DISABLED)/);
    expect(existsSync(join(folder, 'written'))).toBe(false);
    expect(existsSync(join(folder, 'secret.txt'))).toBe(true);
  });

  it.each([
    ['--allow-child-process', `() => require('child_process').execSync('id').toString()`],
    ['--allow-fs-read=*', `() => require('fs').readFileSync('/etc/passwd', 'utf8')`],
    ['--import data:text/javascript,globalThis.loaded=1', `() => { if (!globalThis.loaded) throw Error(); }`],
  ])('gains nothing by a Variable NODE_OPTIONS with %s', async (NODE_OPTIONS, attempt) => {
    expect((await run(attempt, { NODE_OPTIONS })).text).toMatch(/^refused: /);
  });

  it('finds its Variables in the environment, as in the cloud, with the given proxy and folder', async () => {
    const variables = { SHOP: 'open', HTTP_PROXY: 'http://evil.test', TMPDIR: '/' };
    const { text } = await run(
      `() => [process.env.SHOP, process.env.HTTP_PROXY.includes('127.0.0.1'), require('os').tmpdir() !== '/']`,
      variables,
    );

    expect(text).toBe('open,true,true');
  });

  it.each([
    'process.kill(process.ppid)',
    'process._kill(process.ppid, 9)',
    'process._debugProcess(process.ppid)',
    'require("os").setPriority(process.ppid, 19)',
  ])('cannot reach the emulator by %s', async (attempt) => {
    expect((await run(`() => ${attempt}`)).text).toBe('refused: TypeError');
    await isAlive();
  });

  it("cannot read this machine's environment", async () => {
    const { text } = await run(`() => Object.keys(process.env).join()`);

    expect(text).not.toMatch(/HOME|PATH|USER/);
  });

  it.each([
    'null',
    'undefined',
    '7',
    '[]',
    '{}',
    '{ answer: null }',
    '{ answer: 7 }',
    '{ answer: { status: 9e9, headers: {}, type: "text/plain", body: "" } }',
    '{ answer: { status: 101, headers: {}, type: "text/plain", body: "" } }',
    '{ answer: { status: 200, headers: null, type: "text/plain", body: "" } }',
    '{ answer: { status: 200, headers: { "bad name": "x" }, type: "text/plain", body: "" } }',
    '{ answer: { status: 200, headers: { x: "a\\r\\nb" }, type: "text/plain", body: "" } }',
    '{ answer: { status: 200, headers: {}, type: "text/plain", body: new Map() } }',
    '{ log: null }',
    '{ log: { level: "NONE", message: {} } }',
  ])('may send the emulator %s', async (message) => {
    await run(`() => process.send(${message})`);

    await isAlive();
  });

  it.each([
    ['an invalid status', `new Twilio.Response({ statusCode: 9e9 })`],
    ['an invalid header', `new Twilio.Response({ headers: { 'bad name': 'x' } })`],
    ['a header of two lines', `new Twilio.Response({ headers: { x: 'a\\r\\nb: c' } })`],
  ])('that answers with %s answers 500', async (_what, response) => {
    const code = `exports.handler = (context, event, callback) => callback(null, ${response});`;
    const domain = deploy(emulator(), { functions: { '/f': code } });

    expect((await fetch(`${emulator().url}/${domain}/f`)).status).toBe(500);
    await isAlive();
  });

  it('may use its packages, and write temporary files', async () => {
    expect((await run(`() => typeof require('jsonwebtoken').sign`)).text).toBe('function');
    const write = `() => { const file = require('path').join(require('os').tmpdir(), 'x'); require('fs').writeFileSync(file, 'kept'); return require('fs').readFileSync(file, 'utf8'); }`;
    expect((await run(write)).text).toBe('kept');
  });
});

it.each(['../..', '..', '.', '/etc', '../../../../etc', '@a/../../b', 'a/b', '', 'a\\..\\b'])(
  'a dependency named %j is rejected, because it would become a path',
  (name) => {
    const dependencies = JSON.stringify([{ name, version: '1.0.0' }]);

    expect(() => deploy(emulator(), { functions: { '/f': '' }, dependencies })).toThrow(
      'could not be validated',
    );
  },
);

function path(...parts: string[]): string {
  return JSON.stringify(join(...parts));
}
