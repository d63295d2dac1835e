/** The embed on a customer's site: another origin, a strict policy, conflicting style rules, and what a visitor does with it. */
import { text } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { untilFocused } from '../support/focus';
import { startSite, type Site } from '../support/site';
import { startStack, type Stack } from '../support/stack';
import { Visitor } from '../support/visitor';

const HOSTILE_CSS = `
  * { color: red !important; font-size: 40px !important; display: inline !important; position: static !important; }
  flex-chat, button { display: none !important; opacity: 0 !important; }
`;

/** What the page's window has and a fresh one has not. In the page's own words, as is all that runs there. */
const NEW_GLOBALS = `(() => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  const usual = new Set(Object.getOwnPropertyNames(frame.contentWindow));
  frame.remove();
  return Object.getOwnPropertyNames(window).filter((name) => !usual.has(name) && !/^\\d+$/.test(name));
})()`;

const IN_CHAT = `document.querySelector('flex-chat').shadowRoot`;

describeInBrowser('the chat on a site', () => {
  let stack: Stack;
  let site: Site;
  let browser: Browser;
  let visitor: Visitor | undefined;

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
  beforeEach(async () => {
    await stack.emulator.reset();
    site.body = embed();
    site.css = '';
  });
  afterEach(async () => {
    await visitor?.leave();
    visitor = undefined;
  });

  const embed = (attributes = ''): string =>
    `<script async src="${stack.functionsUrl}/chat.js" ${attributes}></script>`;

  async function arrive(): Promise<Visitor> {
    visitor = await Visitor.arrive(browser, site);
    return visitor;
  }

  /** Grace takes the Task and writes, over Twilio's API. */
  async function answer(text: string): Promise<void> {
    const sid = await accept();
    await stack.twilio.conversations.v1
      .services(stack.account.conversationsServiceSid)
      .conversations(sid)
      .messages.create({ author: stack.account.workers[0].identity, body: text });
  }

  async function accept(): Promise<string> {
    const workspace = stack.twilio.taskrouter.v1.workspaces(stack.account.workspaceSid);
    const [task] = await workspace.tasks.list();
    const [reservation] = await workspace.tasks(task!.sid).reservations.list();
    await workspace.tasks(task!.sid).reservations(reservation!.sid).update({ reservationStatus: 'accepted' });
    return (JSON.parse(task!.attributes) as { conversationSid: string }).conversationSid;
  }

  it('loads one small file until the visitor first uses it, and requests a token only then', async () => {
    const asked: string[] = [];
    visitor = await Visitor.arrive(browser, site);
    visitor.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await visitor.page.reload();
    await visitor.launcher.waitFor();
    expect(asked.filter((path) => path.startsWith('/chat'))).toEqual(['/chat.js']);

    const prefetched = visitor.page.waitForRequest('**/chat-panel.js');
    await visitor.launcher.hover();
    await prefetched;
    expect(asked).not.toContain('/token');
    const token = visitor.page.waitForRequest('**/token');
    await visitor.launcher.click();

    await token;
    await visitor.composer.waitFor();
    expect(asked).not.toContain('/start-chat');
  });

  it('looks and works the same whatever the rules of the page say, and gives the page one name', async () => {
    site.css = HOSTILE_CSS;
    const { page, launcher, transcript } = await arrive();
    await launcher.click();
    const offered = stack.nextReservation();

    await visitor!.write('hello');
    await offered;
    await answer('Hi, see https://www.example.com/help.');

    await transcript.getByRole('link', { name: /^https:\/\/www\.example\.com\/help / }).waitFor();
    expect(await page.evaluate(`getComputedStyle(${IN_CHAT}.querySelector('.bubble')).fontSize`)).toBe(
      '15px',
    );
    const names = await page.evaluate<string[]>(NEW_GLOBALS);
    expect(names.filter((name) => !name.startsWith('__playwright') && !name.startsWith('__pw'))).toEqual([
      'FlexChat',
    ]);
  });

  it('is on a page once, however often its line is there, and says nothing about it', async () => {
    site.body = embed() + embed();
    visitor = await Visitor.arrive(browser, site);
    const printed: string[] = [];
    visitor.page.on('console', (line) => printed.push(line.text()));
    await visitor.page.reload();
    await visitor.launcher.first().click();
    await visitor.composer.waitFor();

    expect(await visitor.page.locator('flex-chat').count()).toBe(1);
    expect(printed).toEqual([]);
  });

  it('opens, writes and closes with the keyboard alone, and gives the focus back', async () => {
    const { page, launcher, composer, transcript } = await arrive();
    await launcher.focus();

    await page.keyboard.press('Enter');
    await untilFocused(composer);
    await page.keyboard.type('hello');
    await page.keyboard.press('Enter');
    await transcript.getByText('hello', { exact: true }).waitFor();
    await page.keyboard.press('Escape');

    await composer.waitFor({ state: 'hidden' });
    expect(await page.evaluate(`${IN_CHAT}.activeElement.className`)).toBe('launcher');
    expect(await launcher.getAttribute('aria-expanded')).toBe('false');
  });

  it('shows an unread answer while it is closed, on the next page too, until it is seen', async () => {
    const { page, launcher } = await arrive();
    await launcher.click();
    const offered = stack.nextReservation();
    await visitor!.write('hello');
    await offered;
    await visitor!.button('Close chat').click();

    await page.reload();
    await answer('How can I help?');
    await page.getByRole('button', { name: 'Open chat. Unread messages: 1' }).waitFor();
    expect(await page.title()).toBe('(1) A shop');
    await launcher.click();

    await visitor!.transcript.getByText('How can I help?').waitFor();
    await page.getByRole('button', { name: 'Close chat', exact: true }).first().waitFor();
    await page.waitForFunction(
      () => (globalThis as unknown as { document: { title: string } }).document.title === 'A shop',
    );
  });

  it('is one visitor and one Conversation in two tabs that start at once', async () => {
    const { page, launcher } = await arrive();
    const other = await visitor!.secondTab();
    await launcher.click();
    await other.locator('flex-chat .launcher').click();
    const composers = [page, other].map((tab) => tab.getByRole('textbox', { name: 'Message', exact: true }));
    await Promise.all(composers.map((composer, tab) => composer.fill(`from tab ${tab}`)));

    await Promise.all(composers.map((composer) => composer.press('Enter')));

    for (const tab of [page, other]) {
      for (const text of ['from tab 0', 'from tab 1']) {
        await tab.getByRole('log').getByText(text, { exact: true }).waitFor();
      }
    }
    const conversations = stack.emulator.world.conversations.conversations.list(
      stack.account.conversationsServiceSid,
    );
    expect(conversations).toHaveLength(1);
  });

  it('ends when the visitor says so, lets them keep what was said, and gives the agent wrap-up', async () => {
    const { page, launcher } = await arrive();
    await launcher.click();
    const offered = stack.nextReservation();
    await visitor!.write('hello');
    await offered;
    await answer('How can I help?');
    await visitor!.transcript.getByText('How can I help?').waitFor();

    await visitor!.button('End chat').click();
    await page
      .getByRole('group', { name: 'End this chat?' })
      .getByRole('button', { name: 'End chat' })
      .click();
    await visitor!.transcript.getByText('This chat has ended.').waitFor();
    const saving = page.waitForEvent('download');
    await visitor!.button('Save transcript').click();

    const saved = await text(await (await saving).createReadStream());
    expect(saved).toMatch(/You: hello\n.*How can I help\?/s);
    const workspace = stack.twilio.taskrouter.v1.workspaces(stack.account.workspaceSid);
    const [task] = await workspace.tasks.list();
    expect(task!.assignmentStatus).toBe('wrapping');
  });

  it('asks what the site wants to know, and hands it to the agent with the Task', async () => {
    const fields = [
      { name: 'orderNumber', label: 'Order number', required: true },
      { name: 'email', label: 'E-mail', type: 'email', value: 'ada@example.com' },
      { name: 'page', value: 'checkout' },
    ];
    site.body = embed(`data-name="Ada L." data-fields='${JSON.stringify(fields)}'`);
    const { page, launcher, composer } = await arrive();
    await launcher.click();
    await visitor!.write('hello');
    expect(await composer.inputValue()).toBe('hello');
    expect(await page.getByRole('textbox', { name: /Your name/ }).count()).toBe(0);
    const offered = stack.nextReservation();

    await page.getByRole('textbox', { name: 'Order number' }).fill('4711');
    await composer.press('Enter');

    await offered;
    const [conversation] = stack.emulator.world.conversations.conversations.list(
      stack.account.conversationsServiceSid,
    );
    expect(JSON.parse(conversation!.attributes)).toMatchObject({
      pre_engagement_data: {
        friendlyName: 'Ada L.',
        orderNumber: '4711',
        email: 'ada@example.com',
        page: 'checkout',
      },
    });
  });

  it('reads a long history page by page, as far up as the visitor goes', async () => {
    const { page, launcher, transcript } = await arrive();
    await launcher.click();
    await visitor!.write('hello');
    await transcript.getByText(/Sent/).waitFor();
    const [conversation] = stack.emulator.world.conversations.conversations.list(
      stack.account.conversationsServiceSid,
    );
    const { messages } = stack.twilio.conversations.v1
      .services(stack.account.conversationsServiceSid)
      .conversations(conversation!.sid);
    for (let line = 1; line <= 120; line++) await messages.create({ author: 'system', body: `line ${line}` });

    await page.reload();
    await transcript.getByText('line 120', { exact: true }).waitFor();
    const lines = transcript.getByRole('listitem');
    expect(await lines.count()).toBe(50);
    await page.evaluate(`${IN_CHAT}.querySelector('.transcript').scrollTop = 0`);
    await transcript.getByText('line 22', { exact: true }).waitFor({ state: 'attached' });

    // What was being read is still there to be read, and not at the very top.
    const top = await page.evaluate<number>(`${IN_CHAT}.querySelector('.transcript').scrollTop`);
    expect(top).toBeGreaterThan(500);
    await page.evaluate(`${IN_CHAT}.querySelector('.transcript').scrollTop = 0`);
    await transcript.getByText('hello', { exact: true }).waitFor({ state: 'attached' });
    expect(await lines.count()).toBe(121);
    expect(await visitor!.button('Show earlier messages').count()).toBe(0);
  });

  it('says that the panel could not be loaded, and loads it on the next try', async () => {
    visitor = await Visitor.arrive(browser, site);
    await visitor.page.route('**/chat-panel.js', (route) => route.abort(), { times: 2 });

    await visitor.launcher.click();
    await visitor.page.getByRole('alert').getByText('The chat could not be loaded.').waitFor();
    await visitor.page.unroute('**/chat-panel.js');
    await visitor.launcher.click();

    await visitor.composer.waitFor();
  });

  it('leaves nothing behind when it is destroyed, and can come back', async () => {
    const { page, launcher } = await arrive();
    await launcher.click();
    await visitor!.write('hello');
    await visitor!.transcript.getByText(/Sent/).waitFor();
    expect(stack.emulator.world.realtime.sessions()).toHaveLength(1);
    const disconnected = new Promise<void>((resolve) => {
      stack.emulator.world.realtime.events.on('sessionClosed', () => resolve());
    });

    await page.evaluate('FlexChat.destroy()');

    await disconnected;
    expect(await page.evaluate("'FlexChat' in window")).toBe(false);
    expect(await page.locator('flex-chat, head script').count()).toBe(0);
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { src: '${stack.functionsUrl}/chat.js' }))`,
    );
    await page.getByRole('button', { name: 'Open chat' }).click();
    await visitor!.transcript.getByText('hello', { exact: true }).waitFor();
  });

  it('forgets the visitor on a shared computer', async () => {
    const { page, launcher } = await arrive();
    await launcher.click();
    await visitor!.write('hello');
    await visitor!.transcript.getByText(/Sent/).waitFor();

    await page.evaluate('FlexChat.reset()');
    await page.getByRole('heading', { name: 'How can we help?' }).waitFor();

    const kept = await page.evaluate<string>('JSON.stringify([localStorage, sessionStorage])');
    expect(kept).not.toMatch(/hello|token/);
  });
});
