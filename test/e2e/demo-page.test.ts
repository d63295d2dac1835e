/** The demo page that is deployed with the Functions. It represents a customer's site. */
import { describeInBrowser, launchChromium } from '../support/chromium';
import { startStack } from '../support/stack';
import { Visitor } from '../support/visitor';

describeInBrowser('the demo page', () => {
  it('shows the whole line with the address of these Functions, and copies it', async () => {
    const stack = await startStack();
    const browser = await launchChromium();
    const visitor = await Visitor.arrive(
      browser,
      { origin: stack.functionsUrl },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    );
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
    await browser.close();
    await stack.stop();
  });
});
