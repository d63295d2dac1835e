/** Media from a page of another origin, in a real browser, with the SDK's own browser build. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type * as Sdk from '@twilio/conversations';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { ChatWorld, SDK_PACKAGES } from '../emulator/realtime/sdk';

interface SdkPage {
  Twilio: { Conversations: typeof Sdk };
}

describeInBrowser('Media in the browser', () => {
  let browser: Browser;
  let site: Server;

  beforeAll(async () => {
    browser = await launchChromium();
    site = createServer((request, response) => {
      const name = SDK_PACKAGES.map(([, sdk]) => sdk).find((sdk) => request.url === `/${sdk}.js`);
      response.setHeader('content-type', name ? 'text/javascript' : 'text/html');
      response.end(name ? browserBuild(name) : '<!doctype html><title>A shop</title>');
    });
    await once(site.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  const browserBuild = (name: string): Buffer =>
    readFileSync(
      join(dirname(require.resolve(`${name}/package.json`)), 'builds', 'twilio-conversations.min.js'),
    );

  it.each(SDK_PACKAGES)(
    'is uploaded as Blob and as FormData, and read again (SDK %s)',
    async (_version, sdkPackage) => {
      const chat = await ChatWorld.start(sdkPackage);
      try {
        const { sid } = chat.aConversation(['ada']);
        const page = await aPage(sdkPackage);

        const received = await page.evaluate(talk, {
          sid,
          token: chat.token('ada'),
          uri: `${chat.emulator.url.replace('http', 'ws')}/v3/wsconnect`,
        });

        expect(received).toEqual([
          { filename: 'blob.txt', contentType: 'text/plain', text: 'from a Blob' },
          { filename: 'form.txt', contentType: 'text/plain', text: 'from a form' },
        ]);
        await page.close();
      } finally {
        await chat.stop();
      }
    },
  );

  async function aPage(sdkPackage: string): Promise<Page> {
    const page = await browser.newPage();
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    await page.goto(origin);
    await page.addScriptTag({ url: `${origin}/${sdkPackage}.js` });
    return page;
  }
});

/** Runs in the page. */
async function talk({ sid, token, uri }: { sid: string; token: string; uri: string }) {
  const { Client } = (globalThis as unknown as SdkPage).Twilio.Conversations;
  const client = new Client(token, { Twilsock: { uri } });
  await new Promise((resolve) => client.once('initialized', () => resolve(undefined)));
  const conversation = await client.getConversationBySid(sid);
  await conversation.getMessages();
  const received: object[] = [];
  const nextMessage = async (): Promise<void> => {
    const message = await new Promise<Sdk.Message>((resolve) => conversation.once('messageAdded', resolve));
    const [media] = message.attachedMedia!;
    const { filename, contentType } = media!;
    const text = await (await fetch((await media!.getContentTemporaryUrl())!)).text();
    received.push({ filename, contentType, text });
  };

  const asBlob = nextMessage();
  const blob = new Blob(['from a Blob'], { type: 'text/plain' });
  await conversation.sendMessage({ contentType: 'text/plain', filename: 'blob.txt', media: blob });
  await asBlob;

  const asForm = nextMessage();
  const form = new FormData();
  form.append('file', new Blob(['from a form'], { type: 'text/plain' }), 'form.txt');
  await conversation.sendMessage(form);
  await asForm;

  await client.shutdown();
  return received;
}
