/** `npm run dev` in a copy of the project: what is changed there is live, and the emulator's chats stay. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readAccount } from '../../emulator/core/account';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { twilioClientAt } from '../support/emulator';
import { freePorts } from '../support/free-ports';
import { ProjectCopy } from '../support/project-copy';

const account = readAccount();
let project: ProjectCopy;
let dev: ChildProcess;
let url: string;
let output = '';
let client: ReturnType<typeof twilioClientAt>;

beforeAll(async () => {
  project = new ProjectCopy();
  const [port, emulatorPort, proxyPort] = await freePorts(3);
  const ports = [`--port=${port}`, `--emulator-port=${emulatorPort}`, `--proxy-port=${proxyPort}`];
  dev = spawn(process.execPath, ['scripts/run.mjs', 'scripts/dev.ts', ...ports], { cwd: project.folder });
  for (const stream of [dev.stdout!, dev.stderr!])
    stream.on('data', (text: Buffer) => (output += text.toString()));
  url = `http://localhost:${port}`;
  client = twilioClientAt(`http://127.0.0.1:${emulatorPort}`, account);
  await said('Watching');
});
afterAll(async () => {
  if (dev.exitCode === null) {
    dev.kill('SIGTERM');
    await once(dev, 'exit');
  }
  project.remove();
});

/** When it has said this, from `since` on. */
async function said(text: string, since = 0): Promise<void> {
  while (!output.slice(since).includes(text)) {
    await Promise.race([once(dev.stdout!, 'data'), once(dev.stderr!, 'data'), once(dev, 'exit')]);
    if (dev.exitCode !== null) throw new Error(output);
  }
}

/** Does it, and waits until what follows is live. */
async function changing(file: string, change: () => void): Promise<void> {
  const since = output.length;
  change();
  await said(`ms: ${file}`, since);
}

const call = async (path: string): Promise<string> =>
  (await fetch(url + path, { method: 'POST', headers: { origin: url } })).text();
const echo = (text: string): string =>
  `export const handler = (_context: unknown, _event: unknown, done: (error: null, text: string) => void) => {\n  done(null, ${text});\n};\n`;

it('a Function that is new, changed, wrong, and gone', async () => {
  const file = 'src/functions/hello-you.ts';
  const { sid } = await client.conversations.v1.conversations.create({ friendlyName: 'Stays' });

  await changing(file, () => project.write(file, echo("'one'")));
  expect(await call('/hello-you')).toBe('one');
  await changing(file, () => project.write(file, echo("String(new Error('two').stack)")));
  expect(await call('/hello-you')).toContain(`${project.path(file)}:2`);
  const since = output.length;
  project.write(file, 'export const = 1;');
  await said('Not live: functions/hello-you.ts', since);
  expect(await call('/hello-you')).toContain('two');
  await changing(file, () => project.write(file, echo("'three'")));
  expect(await call('/hello-you')).toBe('three');

  expect((await client.conversations.v1.conversations(sid).fetch()).friendlyName).toBe('Stays');
});

it('an asset that Functions share', async () => {
  const asset = 'src/assets/http/errors.private.ts';
  const refused = async () =>
    (await fetch(`${url}/add-webhook`, { method: 'POST', headers: { origin: url } })).text();
  const before = await refused();
  const { message } = (JSON.parse(before) as { error: { message: string } }).error;

  await changing(asset, () => project.change(asset, message, 'Said otherwise'));

  expect(await refused()).toContain('Said otherwise');
});

it('a Flow, as its next revision', async () => {
  const file = 'infra/studio/custom-chat-to-flex.json';

  const { revision } = await client.studio.v2.flows(account.flowSid).fetch();

  await changing(file, () => project.change(file, 'Sorry, we could not', 'We could not'));

  const flow = await client.studio.v2.flows(account.flowSid).fetch();
  expect(flow.revision).toBe(revision + 1);
  expect(JSON.stringify(flow.definition)).toContain('We could not');
});

describeInBrowser('a page and the widget on it', () => {
  it('reload the page', async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(`${url}/index.html`);

      project.change('widget/demo/index.html', 'A site with a chat', 'Another site');
      await page.getByRole('heading', { name: 'Another site' }).waitFor();
      project.change('widget/text/en.ts', 'Chat with us', 'Chat with them');
      await page.getByText('Chat with them').first().waitFor();
    } finally {
      await browser.close();
    }
  });
});
