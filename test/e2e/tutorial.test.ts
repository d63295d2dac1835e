/** docs/tutorial.md: the steps on this machine, with the HTML of the page. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { DeskPage } from '../support/desk-page';
import { startStack, type Stack } from '../support/stack';

const tutorial = readFileSync(join(__dirname, '../../docs/tutorial.md'), 'utf8');
const snippets = [...tutorial.matchAll(/^```html\n([\s\S]*?)^```$/gm)].map(([, html]) => html!);

describeInBrowser('the tutorial', () => {
  let stack: Stack;
  let browser: Browser;
  let site: Server;
  let siteUrl: string;
  let html: string;

  beforeAll(async () => {
    stack = await startStack({ ALLOWED_ORIGINS: 'loopback,no-origin' });
    browser = await launchChromium();
    site = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(html.replaceAll('http://localhost:3000', stack.functionsUrl));
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    siteUrl = `http://localhost:${(site.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    site?.close();
  });

  async function write(page: Page, text: string): Promise<void> {
    await page.getByRole('textbox', { name: 'Message' }).fill(text);
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  }

  it('leads from the first page to a chat with data, a button and a style of your own', async () => {
    const [page, script, button, style] = snippets as [string, string, string, string];
    html = page;
    const visitor = await (await browser.newContext()).newPage();
    await visitor.goto(siteUrl);
    await visitor.getByRole('button', { name: 'Open chat' }).click();
    await write(visitor, 'hello');
    const desk = await DeskPage.open(browser, stack.emulator.url);
    await desk.accept('Website visitor');
    await desk.write('How can I help?');
    const answer = visitor.getByRole('log').getByText('How can I help?', { exact: true });
    await answer.waitFor();
    await visitor.reload();
    await answer.waitFor();

    html = page
      .replace(/<script.*<\/script>/, script)
      .replace('</head>', `${style}</head>`)
      .replace('<body>', `<body>${button}`);
    await visitor.getByRole('button', { name: 'End chat' }).click();
    await visitor.getByRole('button', { name: 'End chat' }).last().click();
    await visitor.getByRole('button', { name: 'Start a new chat' }).waitFor();
    await visitor.reload();
    await visitor.getByRole('button', { name: 'Close chat' }).first().click();
    await visitor.getByRole('button', { name: 'Ask about this product' }).click();
    await visitor.getByRole('button', { name: 'Start a new chat' }).click();
    await visitor.getByLabel('Order number').fill('4711');
    const offered = stack.nextReservation();
    await write(visitor, 'Where is it?');

    const { taskSid } = await offered;
    const workspace = stack.twilio.taskrouter.v1.workspaces(stack.account.workspaceSid);
    const { attributes } = await workspace.tasks(taskSid).fetch();
    expect(JSON.parse(attributes)).toMatchObject({
      pre_engagement_data: { orderNumber: '4711', plan: 'gold', pageUrl: siteUrl },
    });
    const own = visitor.getByRole('log').getByText('Where is it?', { exact: true });
    const color = await own.evaluate(
      (bubble) => bubble.ownerDocument.defaultView!.getComputedStyle(bubble).backgroundColor,
    );
    expect(color).toBe('rgb(122, 31, 92)');
  });
});
