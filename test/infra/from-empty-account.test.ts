/**
 * The whole way, as a newcomer goes it: an account on its first day, the four commands, a chat on the deployed bytes, and
 * away again. The commands run as programs, with Twilio's own toolkit, in a copy of the project.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import type { Browser } from 'playwright-core';
import type { Twilio } from 'twilio';
import { Emulator } from '../../emulator/emulator';
import { ConnectProxy } from '../../emulator/proxy/connect-proxy';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { twilioClient } from '../support/emulator';
import { proxyEnvironment, runNode, type Outcome } from '../support/toolkit';

const root = join(__dirname, '..', '..');
/** No package-lock.json: with it, the commands would look after node_modules, which is not this copy's own. */
const COPIED = [
  ...[
    'src',
    'widget',
    'infra',
    'scripts',
    'package.json',
    '.env.example',
    '.twilioserverless',
    '.twilioserverlessrc',
  ],
  ...['tsconfig.json', 'tsconfig.browser.json', 'tsconfig.client.json'],
];

let emulator: Emulator;
let proxy: ConnectProxy;
let copy: string;
let certificates: string;
let domain: string;

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'from-empty-'));
  certificates = mkdtempSync(join(tmpdir(), 'from-empty-ca-'));
  for (const name of COPIED)
    cpSync(join(root, name), join(copy, name), { recursive: true, verbatimSymlinks: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  emulator = await Emulator.start({ port: 0, firstDay: true });
  proxy = await ConnectProxy.start({ port: 0, emulatorUrl: emulator.url, folder: certificates });
});
afterAll(async () => {
  await proxy.stop();
  await emulator.stop();
  for (const folder of [copy, certificates]) rmSync(folder, { recursive: true, force: true });
});

/** Twilio's hosts are reached through the proxy by all of it; only fetch, which knows no proxy, needs the address. */
function run(command: string, ...args: string[]): Promise<Outcome> {
  const { accountSid, authToken } = emulator.account;
  return runNode(['scripts/run.mjs', `infra/${command}.ts`, ...args], copy, {
    ...proxyEnvironment(proxy),
    ACCOUNT_SID: accountSid,
    AUTH_TOKEN: authToken,
    TWILIO_API_BASE_URL: emulator.url,
    TWILIO_REALTIME_URL: `${emulator.url.replace('http', 'ws')}/v3/wsconnect`,
  });
}

/** What a Flex agent's browser and any other back end of the account would call. */
const client = (): Twilio => {
  const { accountSid, authToken } = emulator.account;
  return twilioClient(emulator, { username: accountSid, password: authToken });
};

const env = (): Record<string, string> => parse(readFileSync(join(copy, '.env')));
const edit = (from: RegExp, to: string): void =>
  writeFileSync(join(copy, '.env'), readFileSync(join(copy, '.env'), 'utf8').replace(from, to));
const allow = (origins: string): void => edit(/^ALLOWED_ORIGINS=.*$/m, `ALLOWED_ORIGINS=${origins}`);

it('provisions the account, and the doctor misses nothing but the deployment', async () => {
  const provisioned = await run('provision');
  expect(provisioned).toMatchObject({ code: 0, output: expect.stringContaining('Next: npm run doctor') });

  allow('https://www.shop.test');
  const examined = await run('doctor', '--json');

  expect(JSON.parse(examined.output).filter(({ status }: { status: string }) => status !== 'ok')).toEqual([
    expect.objectContaining({ check: 'deployment', status: 'warning' }),
  ]);
}, 60_000);

it('deploys with the real toolkit nothing but the settings of the Functions', async () => {
  const own = `${readFileSync(join(copy, '.env'), 'utf8')}SHOP_DATABASE_URL=postgres://x\nUNANSWERED_MESSAGE=It's #1\n`;
  writeFileSync(join(copy, '.env'), `${own}NODE_EXTRA_CA_CERTS=/here\n`);
  const refused = await run('deploy', '--skip-tests');
  expect(refused).toMatchObject({
    code: 1,
    output: expect.stringContaining('NODE_EXTRA_CA_CERTS, which works on this machine only'),
  });
  expect(emulator.world.serverless.services.list()).toEqual([]);
  edit(/^NODE_EXTRA.*\n/m, '');

  const deployed = await run('deploy', '--skip-tests');

  expect(deployed.output).toContain('successfully deployed');
  expect(deployed.code).toBe(0);
  const { services, environments } = emulator.world.serverless;
  const [environment] = environments.ofService(services.list()[0]!.sid);
  domain = environment!.domainName;
  expect(deployed.output).toContain(`https://${domain}/start-chat`);
  expect(deployed.output).toContain(`<script async src="https://${domain}/chat.js"></script>`);
  const variables = environments.variablesOf(environment!.sid).map(({ key, value }) => [key, value]);
  const { ACCOUNT_SID: _account, AUTH_TOKEN: _token, SHOP_DATABASE_URL: _foreign, ...settings } = env();
  expect(Object.fromEntries(variables)).toEqual(settings);
  expect(settings).toMatchObject({
    UNANSWERED_MESSAGE: "It's #1",
    TWILIO_API_KEY_SECRET: expect.any(String),
  });
  expect(deployed.output).toMatch(
    /SHOP_DATABASE_URL, which no Function reads: npm run deploy does not deploy it/,
  );
  edit(/^SHOP_DATABASE_URL=.*\n/m, '');
  edit(/^UNANSWERED_MESSAGE=.*$/m, `UNANSWERED_MESSAGE="It's #1"`);
  for (const secret of [emulator.account.authToken, env()['TWILIO_API_KEY_SECRET']!]) {
    expect(deployed.output).not.toContain(secret);
  }
}, 120_000);

it('is healthy then, and a chat goes all the way through it', async () => {
  const examined = await run('doctor');
  expect(examined.output).not.toMatch(/WARNING|PROBLEM/);

  const smoked = await run('smoke', `https://${domain}`);

  expect(smoked.output).toMatch(
    /start-chat gave a token .* official SDK .* the Flow made the Task .* the chat has ended/,
  );
  expect(smoked.code).toBe(0);
}, 60_000);

it('does not deploy beside a setting that works on this machine only', async () => {
  const { services, environments } = emulator.world.serverless;
  const [environment] = environments.ofService(services.list()[0]!.sid);
  const variable = environments.setVariable(environment!, 'HTTPS_PROXY', 'http://127.0.0.1:4011');

  const refused = await run('deploy', '--skip-tests');

  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('HTTPS_PROXY is set at') });
  environments.removeVariable(variable);
}, 60_000);

it('tells a build that changed from the one that is deployed, and deploys it into the same Service', async () => {
  const file = join(copy, 'src/functions/start-chat.ts');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n// Another build.\n`);
  await runNode(['scripts/run.mjs', 'scripts/build.ts'], copy, {});
  allow(`https://www.shop.test,https://${domain}`);

  const stale = await run('doctor');
  expect(stale.output).toMatch(/WARNING deployment .*another build/);
  expect(stale.output).toMatch(/WARNING variables ALLOWED_ORIGINS differs/);
  const deployed = await run('deploy', '--skip-tests');
  expect(deployed.output).toContain(`https://${domain}/start-chat`);
  const healthy = await run('doctor');

  expect(healthy.output).not.toMatch(/WARNING|PROBLEM/);
  expect(emulator.world.serverless.services.list()).toHaveLength(1);
}, 120_000);

describeInBrowser('on the deployed page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium({ proxy: { server: proxy.url } });
  });
  afterAll(() => browser?.close());

  it('a visitor reaches an agent, with production settings and the bytes that were deployed', async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    const offered = new Promise<{ sid: string; taskSid: string }>((resolve) => {
      const off = emulator.world.taskrouter.events.on('reservationCreated', ({ reservation }) => {
        off();
        resolve(reservation);
      });
    });

    const deliveries: string[] = [];
    const { taskrouter, webhooks } = emulator.world;
    taskrouter.eventCallbacks.events.on('delivered', ({ result }) =>
      deliveries.push(`task-events ${JSON.stringify(result)}`),
    );
    webhooks.ofServices.events.on('delivered', ({ result }) =>
      deliveries.push(`conversation-events ${JSON.stringify(result)}`),
    );

    await page.goto(`https://${domain}/index.html`);
    await page.getByRole('textbox').last().fill('Hello from the cloud');
    await page.keyboard.press('Enter');
    const log = page.getByRole('log');
    await log.getByText('Hello from the cloud').waitFor();

    const { taskSid, sid } = await offered;
    const workspace = client().taskrouter.v1.workspaces(emulator.account.workspaceSid);
    const task = await workspace.tasks(taskSid).fetch();
    const { conversationSid } = JSON.parse(task.attributes) as { conversationSid: string };
    await task.reservations()(sid).update({ reservationStatus: 'accepted' });
    const { messages } = client().conversations.v1.conversations(conversationSid);
    await messages.create({ author: emulator.account.workers[0].identity, body: 'Hello from the agent' });
    await log.getByText('Hello from the agent').waitFor();
    await workspace.tasks(taskSid).update({ assignmentStatus: 'completed', reason: 'done' });

    await log.getByText(/ended/i).waitFor();
    await Promise.all([taskrouter.eventCallbacks.settled(), webhooks.settled()]);
    const told = { outcome: 'delivered', status: 200 };
    expect(deliveries).toEqual(
      expect.arrayContaining([
        `task-events ${JSON.stringify(told)}`,
        `conversation-events ${JSON.stringify(told)}`,
      ]),
    );
    expect(new Set(deliveries).size).toBe(2);
    await context.close();
  }, 60_000);
});

it('takes everything away again, after it has shown it', async () => {
  const shown = await run('teardown');
  expect(shown.output).toContain('to be removed');
  expect(emulator.world.serverless.services.list()).toHaveLength(1);

  const done = await run('teardown', '--yes');

  expect(done.code).toBe(0);
  const { iam, studio, serverless } = emulator.world;
  expect([iam.apiKeys.list(), studio.flows.list(), serverless.services.list()]).toEqual([[], [], []]);
  expect(existsSync(join(copy, '.twiliodeployinfo'))).toBe(false);
  expect(env()).toMatchObject({ TWILIO_API_KEY_SID: '', TWILIO_API_KEY_SECRET: '', STUDIO_FLOW_SID: '' });
}, 60_000);
