/**
 * The complete setup of a newcomer: an empty account, the four commands, a chat on the deployed files, and teardown.
 * The commands run as programs, with Twilio's own toolkit, in a copy of the project.
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
/** No package-lock.json: with it, the commands would check node_modules, which is a link here. */
const COPIED = [
  ...[
    'src',
    'widget',
    'infra',
    'scripts',
    'package.json',
    '.env.example',
    '.prettierrc.json',
    '.twilioserverless',
    '.twilioserverlessrc',
  ],
  ...['tsconfig.json', 'tsconfig.browser.json', 'tsconfig.client.json'],
];

let emulator: Emulator;
let proxy: ConnectProxy;
let copy: string;
let certificates: string;

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'from-empty-'));
  certificates = mkdtempSync(join(tmpdir(), 'from-empty-ca-'));
  for (const name of COPIED)
    cpSync(join(root, name), join(copy, name), { recursive: true, verbatimSymlinks: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  emulator = await Emulator.start({ port: 0, firstDay: true });
  const { roles } = emulator.world.conversations;
  const user = roles.list().find(({ type }) => type === 'service')!;
  roles.update(
    user,
    user.permissions.filter((one) => one !== 'createConversation'),
  );
  proxy = await ConnectProxy.start({ port: 0, emulatorUrl: emulator.url, folder: certificates });
});
afterAll(async () => {
  await proxy.stop();
  await emulator.stop();
  for (const folder of [copy, certificates]) rmSync(folder, { recursive: true, force: true });
});

/** All programs reach Twilio's hosts through the proxy, except fetch, which has no proxy support and needs the address. */
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

/** The client for a Flex agent's browser and for other back ends of the account. */
const client = (): Twilio => {
  const { accountSid, authToken } = emulator.account;
  return twilioClient(emulator, { username: accountSid, password: authToken });
};

const env = (): Record<string, string> => parse(readFileSync(join(copy, '.env')));
const edit = (from: RegExp, to: string): void =>
  writeFileSync(join(copy, '.env'), readFileSync(join(copy, '.env'), 'utf8').replace(from, to));
const allow = (origins: string): void => edit(/^ALLOWED_ORIGINS=.*$/m, `ALLOWED_ORIGINS=${origins}`);

/** A shared step: the first test that needs it runs it, so that each test also runs alone or after a failed one. */
function step<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let done: Promise<Result> | undefined;
  return () => (done ??= work());
}

const provisioned = step(async () => {
  const outcome = await run('provision');
  allow('https://www.shop.test');
  return outcome;
});

const OWN_LINES = `SHOP_DATABASE_URL=postgres://x\nUNANSWERED_MESSAGE=It's #1\n`;

const deployed = step(async () => {
  await provisioned();
  writeFileSync(join(copy, '.env'), `${readFileSync(join(copy, '.env'), 'utf8')}${OWN_LINES}`);
  const outcome = await run('deploy', '--skip-tests');
  const settings = env();
  edit(/^SHOP_DATABASE_URL=.*\n/m, '');
  edit(/^UNANSWERED_MESSAGE=.*$/m, `UNANSWERED_MESSAGE="It's #1"`);
  return { ...outcome, settings };
});

const environment = async () => {
  await deployed();
  const { services, environments } = emulator.world.serverless;
  return environments.ofService(services.list()[0]!.sid)[0]!;
};

/** Another build, with its own page in ALLOWED_ORIGINS. */
const redeployed = step(async () => {
  const { domainName } = await environment();
  const file = join(copy, 'src/functions/start-chat.ts');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n// Another build.\n`);
  await runNode(['scripts/run.mjs', 'scripts/build.ts'], copy, {});
  allow(`https://www.shop.test,https://${domainName}`);
  const { output: stale } = await run('doctor');
  return { stale, ...(await run('deploy', '--skip-tests')) };
});

it('provisions the account, and the doctor reports only the missing deployment', async () => {
  expect(await provisioned()).toMatchObject({
    code: 0,
    output: expect.stringContaining('Next: npm run doctor'),
  });

  const examined = await run('doctor', '--json');

  expect(JSON.parse(examined.output).filter(({ status }: { status: string }) => status !== 'ok')).toEqual([
    expect.objectContaining({ check: 'deployment', status: 'warning' }),
  ]);
});

it('refuses to deploy settings that work only on this machine', async () => {
  await provisioned();
  const before = readFileSync(join(copy, '.env'), 'utf8');
  const services = emulator.world.serverless.services.list();
  writeFileSync(join(copy, '.env'), `${before}NODE_EXTRA_CA_CERTS=/here\n`);

  const refused = await run('deploy', '--skip-tests');

  writeFileSync(join(copy, '.env'), before);
  expect(refused).toMatchObject({
    code: 1,
    output: expect.stringContaining('NODE_EXTRA_CA_CERTS, which works only on this machine'),
  });
  expect(emulator.world.serverless.services.list()).toEqual(services);
});

it("deploys only the Functions' settings, with the real toolkit", async () => {
  const { code, output, settings: sent } = await deployed();

  expect(output).toContain('successfully deployed');
  expect(code).toBe(0);
  const { domainName, sid } = await environment();
  expect(output).toContain(`https://${domainName}/start-chat`);
  expect(output).toContain(`<script async src="https://${domainName}/chat.js"></script>`);
  const variables = emulator.world.serverless.environments
    .variablesOf(sid)
    .map(({ key, value }) => [key, value]);
  const { ACCOUNT_SID: _account, AUTH_TOKEN: _token, SHOP_DATABASE_URL: _foreign, ...settings } = sent;
  expect(Object.fromEntries(variables)).toEqual(settings);
  expect(settings).toMatchObject({
    UNANSWERED_MESSAGE: "It's #1",
    TWILIO_API_KEY_SECRET: expect.any(String),
  });
  expect(output).toMatch(/SHOP_DATABASE_URL, which no Function reads: npm run deploy does not deploy it/);
  for (const secret of [emulator.account.authToken, env()['TWILIO_API_KEY_SECRET']!]) {
    expect(output).not.toContain(secret);
  }
});

it('is healthy then, and a complete chat works', async () => {
  const { domainName } = await environment();
  const examined = await run('doctor');
  expect(examined.output).not.toMatch(/WARNING|PROBLEM/);

  const smoked = await run('smoke', `https://${domainName}`);

  expect(smoked.output).toMatch(
    /start-chat returned a token .* official SDK .* the Flow created the Task .* the chat has ended/,
  );
  expect(smoked.code).toBe(0);
  expect(smoked.output).toMatch(/ok \d+ ms a GET with forged headers, as from an <img> is refused \(415\)/);
  // The emulated cloud spreads the parameter as the local runtime does; the smoke test finds out whether Twilio's does.
  expect(smoked.output).toContain('!! a POST of another site with forged headers got a token');
});

it('repairs a deployment with settings of one machine or of an earlier .env by deploying again', async () => {
  const { environments } = emulator.world.serverless;
  const target = await environment();
  const stale = {
    TWILIO_API_BASE_URL: 'http://127.0.0.1:4010',
    TWILIO_REALTIME_URL: 'ws://127.0.0.1:4010/v3/wsconnect',
    HTTPS_PROXY: 'http://127.0.0.1:4011',
    MAX_MESSAGE_CHARS: '100',
  };
  for (const [key, value] of Object.entries({ ...stale, OF_SOMEBODY_ELSE: 'x' }))
    environments.setVariable(target, key, value);
  const broken = await run('doctor');
  expect(broken).toMatchObject({ code: 1, output: expect.stringContaining('TWILIO_API_BASE_URL') });

  const repaired = await run('deploy', '--skip-tests');

  expect(repaired.code).toBe(0);
  const names = environments.variablesOf(target.sid).map(({ key }) => key);
  for (const name of Object.keys(stale)) {
    expect(names).not.toContain(name);
    expect(repaired.output).toContain(`removed Variable ${name} of ${target.domainName}`);
  }
  expect(names).toContain('OF_SOMEBODY_ELSE');
  const examined = await run('doctor');
  expect(examined).toMatchObject({ code: 0 });
  expect(examined.output).toMatch(
    /WARNING variables OF_SOMEBODY_ELSE .*npx twilio-run env unset --key OF_SOMEBODY_ELSE --service-sid ZS/,
  );
  const foreign = environments.variablesOf(target.sid).find(({ key }) => key === 'OF_SOMEBODY_ELSE');
  environments.removeVariable(foreign!);
});

it('detects a changed build, and deploys it into the same Service', async () => {
  const { stale, output } = await redeployed();

  expect(stale).toMatch(/WARNING deployment .*another build/);
  expect(stale).toMatch(/WARNING variables ALLOWED_ORIGINS differs/);
  expect(output).toContain(`https://${(await environment()).domainName}/start-chat`);
  expect((await run('doctor')).output).not.toMatch(/WARNING|PROBLEM/);
  expect(emulator.world.serverless.services.list()).toHaveLength(1);
});

describeInBrowser('on the deployed page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium({ proxy: { server: proxy.url } });
  });
  afterAll(() => browser?.close());

  it('a visitor reaches an agent, with production settings and the deployed files', async () => {
    await redeployed();
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

    await page.goto(`https://${(await environment()).domainName}/index.html`);
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
    const reported = { outcome: 'delivered', status: 200 };
    expect(deliveries).toEqual(
      expect.arrayContaining([
        `task-events ${JSON.stringify(reported)}`,
        `conversation-events ${JSON.stringify(reported)}`,
      ]),
    );
    expect(new Set(deliveries).size).toBe(2);
    await context.close();
  });
});

it('removes everything again, after listing it', async () => {
  await deployed();
  const shown = await run('teardown');
  expect(shown.output).toContain('to be removed');
  expect(emulator.world.serverless.services.list()).toHaveLength(1);

  const done = await run('teardown', '--confirm', 'flex-custom-chat');

  expect(done.code).toBe(0);
  const { iam, studio, serverless } = emulator.world;
  expect([iam.apiKeys.list(), studio.flows.list(), serverless.services.list()]).toEqual([[], [], []]);
  expect(existsSync(join(copy, '.twiliodeployinfo'))).toBe(false);
  expect(env()).toMatchObject({ TWILIO_API_KEY_SID: '', TWILIO_API_KEY_SECRET: '', STUDIO_FLOW_SID: '' });
});
