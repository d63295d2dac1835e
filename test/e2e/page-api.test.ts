/** The methods that a page can call on the chat, and the events that it receives. */
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/chromium';
import type { Visitor } from '../support/visitor';
import { useHost } from './host-pages/host';

/** The emulator’s Worker. */
const AGENT = expect.stringMatching(/^grace$/i) as string;

type Outcome = [name: string, detail?: unknown];

describeInBrowser('a page that talks to the chat', () => {
  const world = useHost();

  const reported = (page: Page): Promise<Outcome[]> => page.evaluate('reported');
  const hasTold = (page: Page, name: string) =>
    page.waitForFunction(`reported.some(([name]) => name === '${name}')`);
  const preChat = (): object =>
    (JSON.parse(world.conversation().attributes) as { pre_engagement_data: object }).pre_engagement_data;

  async function write(visitor: Visitor, text: string): Promise<void> {
    const offered = world.stack.nextReservation();
    await visitor.write(text);
    await offered;
    await visitor.sent(text).waitFor();
  }

  it('queues calls before the script is there, opens the chat by its own button alone, and gets the focus back', async () => {
    const visitor = await world.comeTo('queue');
    const { page } = visitor;
    const help = page.getByRole('button', { name: 'Help' });
    await page.waitForFunction('FlexChat.isOpen');
    expect(await visitor.launcher.isVisible()).toBe(false);
    await help.click();
    await visitor.composer.waitFor();
    expect(await visitor.composer.inputValue()).toBe('My order is late');
    expect(await page.evaluate('FlexChat.isOpen()')).toBe(true);

    await page.keyboard.press('Escape');

    await visitor.composer.waitFor({ state: 'hidden' });
    expect(await help.evaluate((button) => button.matches(':focus'))).toBe(true);
    expect(await reported(page)).toEqual([['ready'], ['open', null], ['close', null]]);
    await help.click();
    const offered = world.stack.nextReservation();
    await visitor.composer.press('Enter');
    await offered;
    expect(preChat()).toEqual({
      friendlyName: 'Ada L.',
      plan: 'gold',
      pageUrl: `${world.host.origin}/queue`,
      pageTitle: 'A shop',
      language: 'en-US',
    });
  });

  it('opens for a click that came before the script, and for later ones', async () => {
    const visitor = await world.comeTo('early');
    const own = visitor.page.getByRole('button', { name: 'Ask about this order' });
    await own.click();

    await visitor.page.evaluate('addChat()');

    await visitor.composer.waitFor();
    expect(await visitor.composer.inputValue()).toBe('About order 4711: ');
    await visitor.page.keyboard.press('Escape');
    await visitor.composer.waitFor({ state: 'hidden' });
    await own.click();
    await visitor.composer.waitFor();
  });

  it('receives each event of a whole chat once, also after a reload', async () => {
    const visitor = await world.comeTo('queue');
    const { page } = visitor;
    await page.getByRole('button', { name: 'Help' }).click();
    await visitor.composer.waitFor();
    await write(visitor, 'hello');
    await world.accept();
    await hasTold(page, 'agentJoined');
    await page.evaluate('FlexChat.close()');
    await world.reply('How can I help?');
    await hasTold(page, 'unread');
    expect(await reported(page)).toEqual([
      ['ready'],
      ['open', null],
      ['started', { resumed: false }],
      ['message', { author: 'visitor', name: 'Ada L.', body: 'hello' }],
      ['agentJoined', { name: AGENT }],
      ['close', null],
      ['message', { author: 'agent', name: AGENT, body: 'How can I help?' }],
      ['unread', { count: 1 }],
    ]);

    await page.reload();
    await hasTold(page, 'unread');
    await page.evaluate('FlexChat.open()');
    await page.evaluate('FlexChat.end()');
    await hasTold(page, 'ended');
    await page.getByRole('radio', { name: '5' }).check();
    await visitor.button('Send').click();
    await hasTold(page, 'rated');

    expect(await reported(page)).toEqual([
      ['ready'],
      ['started', { resumed: true }],
      ['unread', { count: 1 }],
      ['open', null],
      ['unread', { count: 0 }],
      ['ended', null],
      ['rated', { rating: 5 }],
    ]);
  });

  it('receives events, errors included, through FlexChat.on until it stops listening', async () => {
    const visitor = await world.comeTo('queue');
    const { page } = visitor;
    await page.evaluate(
      `window.received = []; window.stop = FlexChat.on('error', (detail) => received.push(detail))`,
    );
    await page.route('**/start-chat', (route) =>
      route.fulfill({
        status: 500,
        headers: { 'Access-Control-Allow-Origin': '*' },
        json: { error: { code: 'internal_error', retryable: false } },
      }),
    );
    await page.getByRole('button', { name: 'Help' }).click();
    await visitor.write('hello');
    await page.waitForFunction('received.length === 1');
    await page.evaluate('stop()');
    await visitor.button('Try again').click();
    await page.waitForFunction(`reported.filter(([name]) => name === 'error').length === 2`);

    expect(await page.evaluate('received')).toEqual([{ code: 'internal_error' }]);
  });

  it('hides and shows the button, and speaks another language from one moment to the next', async () => {
    const visitor = await world.comeTo('plain');
    const { page, launcher } = visitor;
    await launcher.click();
    await write(visitor, 'hello');

    await page.evaluate(`FlexChat.setLanguage('de')`);
    await page.getByRole('textbox', { name: 'Nachricht', exact: true }).waitFor();
    await page.evaluate('FlexChat.hide()');
    await launcher.waitFor({ state: 'hidden' });
    expect(await page.evaluate('FlexChat.isOpen()')).toBe(false);
    await page.evaluate('FlexChat.show()');

    await page.getByRole('button', { name: 'Chat öffnen' }).waitFor();
    await page.evaluate('FlexChat.toggle()');
    await visitor.transcript.getByText(/· Gesendet/).waitFor();
  });

  it('has the panel as open on the next page as the visitor has left it', async () => {
    const visitor = await world.comeTo('plain');
    await visitor.launcher.click();
    await visitor.composer.waitFor();

    await visitor.page.reload();
    await visitor.composer.waitFor();
    // It was open before, so nothing has taken the focus from the page.
    expect(await visitor.page.evaluate('document.activeElement === document.body')).toBe(true);
    await visitor.button('Close chat').click();
    await visitor.page.reload();
    await visitor.launcher.waitFor();

    expect(await visitor.page.evaluate('FlexChat.isOpen()')).toBe(false);
  });

  it('has the chat in an element of its own', async () => {
    const visitor = await world.comeTo('inline');
    const { page } = visitor;
    await visitor.composer.waitFor();

    await write(visitor, 'hello');

    const panel = await page.locator('flex-chat .panel').boundingBox();
    expect(panel).toEqual(await page.locator('#contact').boundingBox());
    expect(await page.locator('flex-chat .launcher').isVisible()).toBe(false);
    expect(await visitor.button('Close chat').count()).toBe(0);
    await page.reload();
    await visitor.transcript.getByText('hello', { exact: true }).waitFor();
  });
});
