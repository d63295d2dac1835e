/** What a page from another site can do to an emulator on the same machine, in a real browser. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import type { Emulator } from '../../emulator/emulator';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { startEmulator, twilioClient } from '../support/emulator';

describeInBrowser('a page on a machine with an emulator', () => {
  let emulator: Emulator;
  let site: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    emulator = await startEmulator();
    site = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<p>A site</p>');
    }).listen(0, '127.0.0.1');
    await once(site, 'listening');
    // Their owner points the names wherever they like.
    browser = await launchChromium({ resolve: 'MAP *.example 127.0.0.1' });
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    await emulator?.stop();
  });
  beforeEach(async () => {
    await emulator.reset();
    await twilioClient(emulator).conversations.v1.conversations.create({ uniqueName: 'kept' });
    page = await browser.newPage();
  });
  afterEach(() => page.close());

  const emulatorPort = () => new URL(emulator.url).port;
  const sitePort = () => String((site.address() as AddressInfo).port);
  const isKept = () => {
    const { conversations, defaultServiceSid } = emulator.world.conversations;
    expect(conversations.list(defaultServiceSid)).toHaveLength(1);
  };

  /** Status and text as the page sees them; null where the browser shows it nothing. */
  const from = (url: string, init: RequestInit = {}) =>
    page.evaluate(
      async ({ url, init }) => {
        try {
          const response = await fetch(url, init);
          return { status: response.status, text: await response.text() };
        } catch {
          return null;
        }
      },
      { url, init },
    );

  const socketOpens = (url: string): Promise<boolean> =>
    page.evaluate(
      (url) =>
        new Promise<boolean>((resolve) => {
          const socket = new WebSocket(url);
          socket.onopen = () => resolve(true);
          socket.onerror = () => resolve(false);
        }),
      url,
    );

  const basic = (): string =>
    `Basic ${Buffer.from(`${emulator.account.accountSid}:${emulator.account.authToken}`).toString('base64')}`;

  describe('whose name was pointed at 127.0.0.1', () => {
    beforeEach(() => page.goto(`http://evil.example:${emulatorPort()}/`));

    it('is of the same origin for the browser, and gets nothing', async () => {
      expect(await from('/emulator/reset', { method: 'POST' })).toMatchObject({ status: 421 });
      expect(await from('/emulator/desk/token')).toMatchObject({ status: 421 });
      const headers = { authorization: basic() };
      expect(await from('/conversations.twilio.com/v1/Conversations', { headers })).toMatchObject({
        status: 421,
      });
      expect(
        await from('/serverless.twilio.com/v1/Services', {
          method: 'POST',
          headers,
          body: new URLSearchParams({ UniqueName: 'evil', FriendlyName: 'evil' }),
        }),
      ).toMatchObject({ status: 421 });
      expect(await socketOpens(`ws://evil.example:${emulatorPort()}/v3/wsconnect`)).toBe(false);

      isKept();
      expect(emulator.world.serverless.services.list()).toEqual([]);
    });
  });

  describe('of a foreign origin', () => {
    beforeEach(() => page.goto(`http://evil.example:${sitePort()}/`));

    it('changes nothing with requests that need no permission', async () => {
      await from(`${emulator.url}/emulator/reset`, { method: 'POST', mode: 'no-cors' });
      await from(`${emulator.url}/emulator/realtime/drop`, { method: 'POST', mode: 'no-cors' });
      await page.setContent(
        `<form method="post" action="${emulator.url}/emulator/reset"><button>win a phone</button></form>`,
      );
      await Promise.all([page.waitForResponse(/emulator\/reset/), page.click('button')]);

      isKept();
    });

    it('reads nothing, also with the credentials', async () => {
      expect(await from(`${emulator.url}/emulator/journal`)).toBeNull();
      expect(await from(`${emulator.url}/emulator/desk/token`)).toBeNull();
      const headers = { authorization: basic() };
      expect(await from(`${emulator.url}/conversations.twilio.com/v1/Conversations`, { headers })).toBeNull();
    });

    it('opens no socket', async () => {
      expect(await socketOpens(`${emulator.url.replace('http', 'ws')}/v3/wsconnect`)).toBe(false);
    });

    it('shows the desk in no frame', async () => {
      // Its load event comes after that of its frames.
      await page.setContent(`<iframe src="${emulator.url}/"></iframe>`, { waitUntil: 'load' });

      const frame = page.frames().find((one) => one !== page.mainFrame())!;
      expect(await frame.evaluate('location.href')).toMatch(/^chrome-error:/);
    });
  });

  describe('on this machine, on another port', () => {
    beforeEach(() => page.goto(`http://localhost:${sitePort()}/`));

    it('opens the socket', async () => {
      expect(await socketOpens(`${emulator.url.replace('http', 'ws')}/v3/wsconnect`)).toBe(true);
    });
  });
});
