/** What a page on another origin can do, in a real browser against the real twilio-run: the allow-list and CORS. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { pathsWithAccess, PUBLIC_PATHS } from '../support/functions';
import { startStack, type Stack } from '../support/stack';

interface Seen {
  /** Null where the browser lets the page see nothing. */
  status: number | null;
  body?: Record<string, string>;
}

describeInBrowser('a page on another origin', () => {
  let sites: Server[];
  let allowedOrigin: string;
  let foreignOrigin: string;
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    sites = await Promise.all([aSite(), aSite()]);
    [allowedOrigin, foreignOrigin] = sites.map(originOf) as [string, string];
    stack = await startStack({ ALLOWED_ORIGINS: allowedOrigin });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    for (const site of sites) site.close();
  });
  beforeEach(() => stack.emulator.reset());

  const calls = () => stack.emulator.journal.entries.map(({ method, path }) => `${method} ${path}`);

  async function on<Result>(origin: string, act: (page: Page) => Promise<Result>): Promise<Result> {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(origin);
      return await act(page);
    } finally {
      await context.close();
    }
  }

  /** As a widget does it; the browser decides what the page may see. */
  const post = (page: Page, path: string, body: object): Promise<Seen> =>
    page.evaluate(
      async ({ url, json }) => {
        try {
          const response = await fetch(url, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: json,
          });
          return { status: response.status, body: (await response.json()) as Record<string, string> };
        } catch {
          return { status: null };
        }
      },
      { url: stack.functionsUrl + path, json: JSON.stringify(body) },
    );

  it('that is allowed can start a chat and take every step', async () => {
    const statuses = await on(allowedOrigin, async (page) => {
      const start = await post(page, '/start-chat', { friendlyName: 'Ada L.' });
      const { token, conversationSid } = start.body!;
      const renewed = await post(page, '/token', { token });
      const sent = await post(page, '/send-message', { token, conversationSid, body: 'hello' });
      return [start.status, renewed.status, sent.status];
    });

    expect(statuses).toEqual([200, 200, 201]);
  });

  it('that is allowed can read why it was refused', async () => {
    const { status, body } = await on(allowedOrigin, (page) =>
      post(page, '/start-chat', { friendlyName: 7 }),
    );

    expect({ status, body }).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
  });

  it.each(pathsWithAccess('newcomer').filter((path) => PUBLIC_PATHS.includes(path)))(
    'that is foreign learns nothing from %s and causes nothing',
    async (path) => {
      expect(await on(foreignOrigin, (page) => post(page, path, {}))).toEqual({ status: null });
      expect(calls()).toEqual([]);
    },
  );

  it('that is foreign cannot use a token that it got hold of', async () => {
    const token = stack.tokenFor('visitor-01a208ee-4882-758d-9e30-8b538077bd1a');

    expect(await on(foreignOrigin, (page) => post(page, '/create-conversation', { token }))).toEqual({
      status: null,
    });
    expect(calls()).toEqual([]);
  });

  it('that is foreign cannot start a chat blindly, without a preflight', async () => {
    await on(foreignOrigin, (page) =>
      // As text, because these are the browser's globals.
      page.evaluate(`(async (url) => {
        const body = '{"friendlyName":"Ada L."}';
        await fetch(url, { method: 'POST', mode: 'no-cors', body });
        await fetch(url, { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ friendlyName: 'Ada L.' }) });
        await fetch(url + '?friendlyName=Ada', { mode: 'no-cors' });
        navigator.sendBeacon(url, body);
      })('${stack.functionsUrl}/start-chat')`),
    );

    expect(calls()).toEqual([]);
  });

  it('that is foreign cannot start a chat with a form', async () => {
    const text = await on(foreignOrigin, async (page) => {
      await page.setContent(
        `<form method="post" action="${stack.functionsUrl}/start-chat"><button name="friendlyName" value="Ada">Go</button></form>`,
      );
      await page.getByRole('button', { name: 'Go' }).click();
      await page.waitForURL(`${stack.functionsUrl}/start-chat`);
      return page.innerText('body');
    });

    expect(text).toContain('origin_not_allowed');
    expect(calls()).toEqual([]);
  });

  it('that is allowed but sandboxed counts as foreign', async () => {
    const inTheFrame = `fetch('${stack.functionsUrl}/start-chat', {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}',
      }).then((response) => response.text(), () => 'nothing').then((text) => parent.postMessage(text, '*'))`;
    const seen = await on(allowedOrigin, (page) =>
      page.evaluate(`new Promise((resolve) => {
        addEventListener('message', ({ data }) => resolve(data));
        const frame = document.createElement('iframe');
        frame.setAttribute('sandbox', 'allow-scripts');
        frame.srcdoc = ${JSON.stringify(`<script>${inTheFrame}</script>`).replaceAll('/', '\\/')};
        document.body.append(frame);
      })`),
    );

    expect(seen).toBe('nothing');
    expect(calls()).toEqual([]);
  });
});

/** A third-party page, on a free port. */
async function aSite(): Promise<Server> {
  const site = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>A site</title>');
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  return site;
}

function originOf(site: Server): string {
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
}
