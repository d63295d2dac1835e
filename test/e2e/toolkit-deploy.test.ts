/** The unmodified toolkit deploys to the emulator, and the uploaded files answer under their domain. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from '../../emulator/emulator';
import { ConnectProxy } from '../../emulator/proxy/connect-proxy';
import { startEmulator } from '../support/emulator';
import { ToolkitProject } from '../support/toolkit';

const GREET = `
const greetings = require(Runtime.getAssets()['/greetings.js'].path);
exports.handler = (context, event, callback) =>
  callback(null, { text: greetings.greet(event.name), tone: context.TONE, path: context.PATH });
`;
const GREETINGS = `exports.greet = (name) => 'Hello ' + name;`;
const FILES = {
  'dist/functions/greet.js': GREET,
  'dist/functions/hook.protected.js': `exports.handler = (context, event, callback) => callback(null, 'signed');`,
  'dist/assets/greetings.private.js': GREETINGS,
  'dist/assets/index.html': '<h1>Hello</h1>',
};

let emulator: Emulator;
let proxy: ConnectProxy;
let folder: string;
let project: ToolkitProject;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  emulator = await startEmulator();
  proxy = await ConnectProxy.start({ port: 0, emulatorUrl: emulator.url, folder });
  const { accountSid, authToken } = emulator.account;
  project = new ToolkitProject({
    ...FILES,
    '.env': `ACCOUNT_SID=${accountSid}\nAUTH_TOKEN=${authToken}\nTONE=kind\n`,
  });
});
afterEach(async () => {
  project.remove();
  await proxy.stop();
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

const call = (path: string, init?: RequestInit): Promise<Response> => {
  const [service] = emulator.world.serverless.services.list();
  const [environment] = emulator.world.serverless.environments.ofService(service!.sid);
  return fetch(`${emulator.url}/${environment!.domainName}${path}`, init);
};

it('deploys without a flag, twice, and the second deployment answers', async () => {
  const first = await project.run(proxy, 'deploy');

  expect(first.output).toContain('successfully deployed');
  const greeting = await call('/greet?name=Ada');
  expect(await greeting.json()).toEqual({ text: 'Hello Ada', tone: 'kind', path: '/greet' });
  expect((await call('/hook')).status).toBe(400);
  expect((await call('/greetings.js')).status).toBe(404);
  const page = await call('/index.html');
  expect([page.headers.get('content-type'), await page.text()]).toEqual(['text/html', '<h1>Hello</h1>']);

  project.write({ 'dist/assets/greetings.private.js': GREETINGS.replace('Hello', 'Good day') });
  const second = await project.run(proxy, 'deploy');

  expect(second.output).toContain('successfully deployed');
  expect(await (await call('/greet?name=Ada')).json()).toMatchObject({ text: 'Good day Ada' });
  expect(emulator.world.serverless.services.list()).toHaveLength(1);
});

it('goes back to an earlier Build', async () => {
  await project.run(proxy, 'deploy');
  const { services, builds } = emulator.world.serverless;
  const [service] = services.list();
  const [first] = builds.ofService(service!.sid);
  project.write({ 'dist/assets/greetings.private.js': GREETINGS.replace('Hello', 'Good day') });
  await project.run(proxy, 'deploy');

  const listed = await project.run(proxy, 'list', 'builds', '--service-sid', service!.sid);
  const { output } = await project.run(proxy, 'activate', '--build-sid', first!.sid, '--environment', 'dev');

  expect(listed.output).toContain(first!.sid);
  expect(output).toContain(first!.sid);
  expect(await (await call('/greet?name=Ada')).json()).toMatchObject({ text: 'Hello Ada' });
});

it('rejects a runtime handler that npm has and the platform does not', async () => {
  project.write({ 'package.json': project.read('package.json').replace('"2.0.1"', '"2.1.0"') });

  const { code, output } = await project.run(proxy, 'deploy');

  expect(code).not.toBe(0);
  expect(output).toContain('No matching version found for @twilio/runtime-handler@2.1.0');
});

it('rejects a deploy without a build', async () => {
  rmSync(join(project.folder, 'dist'), { recursive: true });
  for (const name of ['functions', 'assets'])
    mkdirSync(join(project.folder, 'dist', name), { recursive: true });

  const { code, output } = await project.run(proxy, 'deploy');

  expect(code).not.toBe(0);
  expect(output).toContain('At least one Function Version or Asset Version is required');
});

it('reports a Service with the same name, and replaces it only with the flag', async () => {
  emulator.world.serverless.services.create('flex-custom-chat', 'made elsewhere', {});

  const refused = await project.run(proxy, 'deploy');
  const forced = await project.run(proxy, 'deploy', '--override-existing-project');

  expect(refused.output).toContain('already exists with SID');
  expect(refused.code).not.toBe(0);
  expect(forced.output).toContain('successfully deployed');
  expect(emulator.world.serverless.services.list()).toHaveLength(1);
});
