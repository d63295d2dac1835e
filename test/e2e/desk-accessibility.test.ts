/** The desk as axe judges it, in each state, in both color schemes, wide and narrow. */
import type { Browser } from 'playwright-core';
import { violationsOf } from '../support/axe';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { DeskPage } from '../support/desk-page';
import { twilioClient, useEmulator } from '../support/emulator';
import { RestCustomer } from '../support/rest-customer';

const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 780 } };

describeInBrowser('the desk', () => {
  const emulator = useEmulator();
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it.each([
    ['wide', 'light'],
    ['wide', 'dark'],
    ['narrow', 'light'],
    ['narrow', 'dark'],
  ] as const)('is accessible, %s and %s', async (size, colorScheme) => {
    const desk = await DeskPage.open(browser, emulator().url, {
      viewport: SIZES[size],
      colorScheme,
      reducedMotion: 'reduce',
    });
    const found: string[] = [];
    const inspect = async (state: string): Promise<void> => {
      found.push(...(await violationsOf(desk.page, `desk-${size}-${colorScheme}-${state}`)));
    };
    const view = async (name: RegExp): Promise<void> => {
      if (size === 'wide') return;
      await desk.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click();
    };
    const client = twilioClient(emulator());

    await desk.page.getByText('No task is waiting.').waitFor();
    await inspect('empty');
    const ada = await RestCustomer.start(emulator(), client, 'Ada L.');
    await ada.says('My cup arrived broken. What now?');
    await desk.task('Ada L.').waitFor();
    await inspect('task');
    await desk.task('Ada L.').getByRole('button', { name: 'Accept' }).click();
    await desk.write('I am sorry! A new one is on its way.');
    const bea = await RestCustomer.start(emulator(), client, 'Bea');
    await bea.says('Where is my order?');
    await desk.button('Transfer').click();
    await desk.button('Controls').click();
    await inspect('chat');
    await desk.button('Transfer to Linus, Offline').click();
    await desk.button('Take back').waitFor();
    await view(/^Tasks/);
    await desk.task('Bea').getByRole('button', { name: 'Reject' }).click();
    await desk.finished.waitFor();
    await inspect('tasks');
    await view(/^Timeline/);
    await desk.page.getByRole('combobox', { name: 'Show' }).selectOption('Requests');
    await desk.page
      .getByRole('region', { name: 'Found' })
      .getByText(/^POST …/)
      .first()
      .click();
    await desk.button('Copy as curl').click();
    await desk.status.getByText('Copied').waitFor();
    await inspect('found');
    await desk.page.getByRole('combobox', { name: 'Show' }).selectOption('All steps');
    await inspect('timeline');
    await view(/^Chat/);
    await desk.button('End chat').click();
    await desk.button('Complete').waitFor();
    await inspect('wrap-up');

    expect(found).toEqual([]);
    expect(await desk.leave()).toEqual([]);
  });
});
