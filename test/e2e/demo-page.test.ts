/** The demo page that is deployed with the Functions. It represents a customer's site. */
import type { Browser } from 'playwright-core';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { startStack, type Stack } from '../support/stack';
import { Visitor } from '../support/visitor';

describeInBrowser('the demo page', () => {
  let stack: Stack;
  let browser: Browser;
  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });
  const arrive = (options = {}) => Visitor.arrive(browser, { origin: stack.functionsUrl }, options);

  it('shows the whole line with the address of these Functions, and copies it', async () => {
    const visitor = await arrive({ permissions: ['clipboard-read', 'clipboard-write'] });
    const { page } = visitor;
    const line = `<script async src="${stack.functionsUrl}/chat.js"></script>`;
    await page.getByText(line).waitFor();
    expect(
      await page.evaluate(
        `(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.querySelector('pre'))`,
      ),
    ).toBe(true);

    await page.getByRole('button', { name: 'Copy the line' }).click();

    await page.getByRole('status').getByText('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(line);
    await visitor.write('hello');
    await visitor.sent('hello').waitFor();
    await visitor.leave();
  });

  it('leads in one link to what a visitor finds out of hours: a message becomes a Task', async () => {
    const { page } = await arrive();
    await page.getByRole('link', { name: 'Out of hours: leave a message' }).click();
    for (const [name, value] of [
      ['name', 'Ada L.'],
      ['contact', 'ada@example.com'],
      ['message', 'Where is my order?'],
    ] as const) {
      await page.locator(`flex-chat .away-form [name=${name}]`).fill(value);
    }

    await page.locator('flex-chat .away-form button[type=submit]').click();

    await page.getByText('We have your message').waitFor();
    const attributes = stack.emulator.world.taskrouter.tasks.all().map((task) => task.attributes);
    expect(attributes).toContainEqual(expect.stringContaining('Where is my order?'));
  });

  it('leads in one link to a bot that answers first', async () => {
    const { page } = await arrive();
    await page.getByRole('link', { name: 'The same with a bot that answers first' }).click();
    await page.getByRole('heading', { name: 'A bot answers first' }).waitFor();
    await page.locator('flex-chat .composer-input').waitFor();
  });
});
