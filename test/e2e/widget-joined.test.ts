/** The line that says who has joined: where it happened, once, on every page and in every tab. */
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/chromium';
import { useWidget } from '../support/widget-world';

const JOINED = /^Grace has joined the chat/;

describeInBrowser('the line that says who has joined', () => {
  const world = useWidget();

  const lines = (page: Page) => page.getByRole('log').getByRole('listitem');
  /** What is said and what happened, without times and names. */
  const story = async (page: Page): Promise<string[]> =>
    (await lines(page).allInnerTexts()).map(
      (line) =>
        ['hello', 'How can I help?', 'My order', 'Grace has joined the chat'].find((part) =>
          line.includes(part),
        ) ?? line,
    );

  it('stands in its place again after a reload and in a second tab, and is not read out again', async () => {
    const visitor = await world.arriveAndWrite('hello');
    await world.accept();
    await visitor.transcript.getByText(JOINED).waitFor();
    await world.reply('How can I help?');
    await visitor.transcript.getByText('How can I help?').waitFor();
    await visitor.write('My order');
    await visitor.sent('My order').waitFor();
    const reported = await story(visitor.page);
    expect(reported).toEqual(['hello', 'Grace has joined the chat', 'How can I help?', 'My order']);

    await visitor.page.reload();
    const second = await visitor.secondTab();
    await second.locator('flex-chat .launcher').click();
    for (const page of [visitor.page, second]) {
      await page.getByRole('log').getByText('My order').waitFor();
      await page.getByRole('log').getByText(JOINED).waitFor();
      expect(await story(page)).toEqual(reported);
      expect(await page.getByRole('status').getByText(JOINED).count()).toBe(0);
    }
  });

  it('goes back up to its place as the visitor reads what was said before', async () => {
    const visitor = await world.arriveAndWrite('hello');
    await world.accept();
    await visitor.transcript.getByText(JOINED).waitFor();
    for (let line = 1; line <= 60; line++) await world.reply(`line ${line}`);
    await visitor.page.reload();
    await visitor.transcript.getByText('line 60', { exact: true }).waitFor();
    await visitor.transcript.getByText(JOINED).waitFor({ state: 'attached' });
    expect((await lines(visitor.page).allInnerTexts())[0]).toMatch(/Grace has joined the chat/);

    // Scrolled there, the page before comes by itself, and the button for it goes.
    await visitor.transcript.evaluate((region) => void Object.assign(region, { scrollTop: 0 }));
    await visitor.transcript.getByText('hello', { exact: true }).waitFor({ state: 'attached' });

    const texts = await lines(visitor.page).allInnerTexts();
    expect(texts).toHaveLength(62);
    expect(texts[0]).toContain('hello');
    expect(texts[1]).toMatch(/Grace has joined the chat/);
    expect(texts[2]).toContain('line 1');
  });
});
