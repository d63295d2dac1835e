/**
 * Every state of the chat, judged by axe: nothing that WCAG 2.2 AA forbids. With SCREENSHOTS set to a folder, a picture of
 * each is put there.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { ar } from '../../widget/text/ar';
import { en } from '../../widget/text/en';
import type { Text } from '../../widget/text/text';
import { violationsOf } from '../support/axe';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { startSite, type Site } from '../support/site';
import { startStack, type Stack } from '../support/stack';
import { Visitor } from '../support/visitor';

const PHONE = { width: 390, height: 780 };

/** Records the announcements for screen readers. */
const HEARD = `
  window.received = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) received.push(node.textContent);
  }).observe(document.querySelector('flex-chat').shadowRoot.querySelector('[role=status]'), { childList: true });
`;

const LOOKS: [string, Text, BrowserContextOptions][] = [
  ['light-desktop', en, { colorScheme: 'light', viewport: { width: 1100, height: 800 } }],
  ['dark-phone', en, { colorScheme: 'dark', viewport: PHONE }],
  ['rtl-light-phone', ar, { colorScheme: 'light', viewport: PHONE }],
  ['rtl-dark-desktop', ar, { colorScheme: 'dark', viewport: { width: 1100, height: 800 } }],
  ['zoomed-forced-colors', en, { forcedColors: 'active', viewport: { width: 550, height: 400 } }],
];

describeInBrowser('the chat is for everyone', () => {
  let stack: Stack;
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    site = await startSite();
    stack = await startStack({ ALLOWED_ORIGINS: site.origin });
    site.functionsUrl = stack.functionsUrl;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    await site?.stop();
  });
  beforeEach(() => stack.emulator.reset());

  it.each(LOOKS)('in every state (%s)', async (appearance, text, options) => {
    const { language } = text;
    const fields = JSON.stringify([{ name: 'orderNumber', label: 'Order number' }]);
    site.body = `<script async src="${stack.functionsUrl}/chat.js" data-lang="${language}" data-fields='${fields}' data-survey data-sound data-notifications></script>`;
    const visitor = await Visitor.arrive(browser, site, { ...options, reducedMotion: 'reduce' });
    const { page, launcher, transcript } = visitor;
    const composer = page.getByRole('textbox', { name: text.composer, exact: true });
    const found: string[] = [];
    const checkState = async (state: string): Promise<void> => {
      found.push(...(await violationsOf(page, `${appearance}-${state}`)));
    };

    await launcher.waitFor();
    await checkState('1-launcher');
    await launcher.click();
    await composer.waitFor();
    await checkState('2-new');

    const { world } = stack.emulator;
    world.faults.add({ kind: 'status', status: 500, path: '/Conversations$', times: 10 });
    await composer.fill('hello');
    await composer.press('Enter');
    await page.getByRole('alert').getByText(text.problems.again).waitFor();
    await checkState('3-failed');
    world.faults.clear();
    const offered = stack.nextReservation();
    await visitor.button(text.retry).click();
    await page.getByText(text.waitingStatus).waitFor();
    await offered;
    await checkState('4-waiting');

    const workspace = stack.twilio.taskrouter.v1.workspaces(stack.account.workspaceSid);
    const [task] = await workspace.tasks.list();
    const [reservation] = await workspace.tasks(task!.sid).reservations.list();
    await workspace.tasks(task!.sid).reservations(reservation!.sid).update({ reservationStatus: 'accepted' });
    const [conversation] = world.conversations.conversations.list(stack.account.conversationsServiceSid);
    const messages = stack.twilio.conversations.v1
      .services(stack.account.conversationsServiceSid)
      .conversations(conversation!.sid).messages;
    await messages.create({
      author: stack.account.workers[0].identity,
      body: 'Hi! I am looking at your order now.',
    });
    await messages.create({
      author: stack.account.workers[0].identity,
      body: 'You can follow it at https://www.example.com/orders/4711.',
    });
    await transcript.getByRole('link').waitFor();
    await composer.fill('Thank you, that helps a lot');
    await composer.press('Enter');
    await transcript.getByText(text.sent).waitFor();
    await composer.fill('One more thing');
    await checkState('5-talking');

    world.realtime.faults.add({ on: 'init', status: 503, times: 100 });
    world.realtime.drop();
    await page.getByRole('alert').getByText(text.reconnecting).waitFor();
    await checkState('6-reconnecting');
    world.realtime.faults.clear();
    await page.getByText(text.agentStatus).waitFor();

    await visitor.button(text.endChat).click();
    await page.getByRole('group', { name: text.endQuestion }).waitFor();
    await checkState('7-end-question');
    await page
      .getByRole('group', { name: text.endQuestion })
      .getByRole('button', { name: text.endChat })
      .click();
    await visitor.button(text.startOver).waitFor();
    await checkState('8-ended');

    const fine = page.getByRole('radio', { name: '4' });
    await fine.check();
    await page.getByRole('textbox', { name: text.comment }).fill('Quick and kind');
    await checkState('9-survey');
    await visitor.button(text.send).click();
    await page.getByText(text.thanks).waitFor();
    await checkState('10-thanks');

    expect(found).toEqual([]);
    await visitor.leave();
  });

  /** All announcements up to this one. */
  async function announcedUpTo(page: Page, last: string): Promise<string[]> {
    // A function, not a string: the page's policy lets nothing evaluate a string again and again.
    await page.waitForFunction(
      (wanted) => (globalThis as unknown as { received: string[] }).received.includes(wanted),
      last,
    );
    return page.evaluate<string[]>('received');
  }

  it('announces what the other side writes once, apart from the transcript', async () => {
    site.body = `<script async src="${stack.functionsUrl}/chat.js"></script>`;
    const visitor = await Visitor.arrive(browser, site);
    await visitor.launcher.click();
    await visitor.composer.waitFor();
    await visitor.page.evaluate(HEARD);
    const offered = stack.nextReservation();
    await visitor.write('hello');
    await offered;
    const [conversation] = stack.emulator.world.conversations.conversations.list(
      stack.account.conversationsServiceSid,
    );

    await stack.twilio.conversations.v1
      .services(stack.account.conversationsServiceSid)
      .conversations(conversation!.sid)
      .messages.create({ author: 'system', body: 'One moment, please.' });

    expect(await announcedUpTo(visitor.page, 'Automatic message: One moment, please.')).toEqual([
      en.inQueue,
      'Sent',
      'Automatic message: One moment, please.',
    ]);
    expect(await visitor.transcript.getAttribute('aria-live')).toBe('off');
    await visitor.leave();
  });
});
