/** An unmodified client that believes to speak to Twilio: a page in a browser that uses the proxy chats and sends a file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@twilio/conversations';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { Emulator } from '../../emulator/emulator';
import { createAgentToken } from '../../emulator/flex/agent-token';
import { ConnectProxy } from '../../emulator/proxy/connect-proxy';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { startEmulator } from '../support/emulator';

/** Where a deployed project's page would be. */
const PAGE = 'https://demo-1234-dev.twil.io/page';

describeInBrowser('a page behind the proxy', () => {
  let emulator: Emulator;
  let proxy: ConnectProxy;
  let browser: Browser;
  let page: Page;
  let folder: string;
  const asked: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'proxy-files-'));
    emulator = await startEmulator();
    proxy = await ConnectProxy.start({ port: 0, emulatorUrl: emulator.url, folder });
    browser = await launchChromium();
    const context = await browser.newContext({ proxy: { server: proxy.url }, ignoreHTTPSErrors: true });
    page = await context.newPage();
    page.on('request', (request) => asked.push(request.url()));
    await page.route(PAGE, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>Demo</title>' }),
    );
    await page.goto(PAGE);
    const { outputFiles } = await build({
      stdin: {
        contents: "import { Client } from '@twilio/conversations'; window.Client = Client;",
        resolveDir: __dirname,
      },
      bundle: true,
      write: false,
      format: 'iife',
      logLevel: 'error',
    });
    await page.addScriptTag({ content: outputFiles[0]!.text });
  });
  afterAll(async () => {
    await browser?.close();
    await proxy?.stop();
    await emulator?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('sends a file and reads it back, and goes to nowhere but Twilio', async () => {
    const { account, world } = emulator;
    const token = createAgentToken(account, account.workers[0], world.clock);

    const read = await page.evaluate(async (jwt) => {
      const sdk = globalThis as unknown as { Client: new (token: string) => Client };
      const client = new sdk.Client(jwt);
      await new Promise((resolve) => client.once('initialized', () => resolve(undefined)));
      const conversation = await client.createConversation({ friendlyName: 'Files' });
      await conversation.join();
      const added = new Promise<Awaited<ReturnType<typeof conversation.getMessages>>['items'][0]>((resolve) =>
        conversation.once('messageAdded', resolve),
      );
      const form = new FormData();
      form.append('file', new Blob(['a file'], { type: 'text/plain' }), 'note.txt');
      await conversation.sendMessage(form);
      const [media] = (await added).attachedMedia!;
      const url = (await media!.getContentTemporaryUrl())!;
      const content = await (await fetch(url)).text();
      await client.shutdown();
      return { filename: media!.filename, host: new URL(url).host, content };
    }, token);

    expect(read).toEqual({ filename: 'note.txt', host: 'media.us1.twilio.com', content: 'a file' });
    const hosts = new Set(asked.map((url) => new URL(url).host));
    expect([...hosts].sort()).toEqual([
      'demo-1234-dev.twil.io',
      'mcs.us1.twilio.com',
      'media.us1.twilio.com',
    ]);
    expect(asked.every((url) => url.startsWith('https:'))).toBe(true);
  });
});
