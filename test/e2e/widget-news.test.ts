/** What tells a visitor of an answer that they don't look at: a tone and the system's notifications, where the site wants them. */
import type { BrowserContext, Page } from 'playwright-core';
import { describeInBrowser, launchChromium } from '../support/chromium';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

/** What a page has asked of the browser. */
interface Asked {
  contexts: number;
  notes: number[];
  permissions: number;
  notifications: { title: string; body?: string }[];
  focused: number;
}

/** Runs in the page before anything of it: counts what is asked, and lets a test say whether the tab is in front. */
const WATCH = `
  window.asked = { contexts: 0, notes: [], permissions: 0, notifications: [], focused: 0 };
  window.shown = [];
  window.visibility = sessionStorage.visibility ?? 'visible';
  Object.defineProperty(document, 'visibilityState', { get: () => visibility });
  window.focus = () => { asked.focused += 1; };
  window.AudioContext = class extends AudioContext {
    constructor() { super(); asked.contexts += 1; }
    createOscillator() {
      const note = super.createOscillator();
      const start = note.start.bind(note);
      note.start = (at) => { asked.notes.push(note.frequency.value); start(at); };
      return note;
    }
  };
  window.Notification = class extends Notification {
    constructor(title, options) {
      super(title, options);
      asked.notifications.push({ title, body: options.body });
      shown.push(this);
    }
    static requestPermission() { asked.permissions += 1; return super.requestPermission(); }
  };
`;

const askedIn = (page: Page): Promise<Asked> => page.evaluate<Asked>('asked');

/** The visitor turns to another tab, or comes back. */
const turn = (page: Page, visibility: 'hidden' | 'visible'): Promise<void> =>
  page.evaluate<void>(`{
    window.visibility = sessionStorage.visibility = '${visibility}';
    document.dispatchEvent(new Event('visibilitychange'));
  }`);

/** So busy that every other tab has asked for a lock long before. */
const SLOW = `{
  const request = navigator.locks.request.bind(navigator.locks);
  navigator.locks.request = async (name, ...rest) => {
    if (rest[0].ifAvailable) await new Promise((done) => setTimeout(done, 1000));
    return request(name, ...rest);
  };
}`;

/** A function, not a string: the page's policy lets nothing evaluate a string again and again. */
const untilAsked = (page: Page, what: 'notes' | 'notifications', count: number) =>
  page.waitForFunction(
    ([name, atLeast]) => (globalThis as unknown as { asked: Asked }).asked[name].length >= atLeast,
    [what, count] as const,
  );

describeInBrowser('an answer that is not visible', () => {
  const world = useWidget({}, undefined, () => launchChromium({ isWhole: true }));

  async function arrive(attributes: string, prepare?: (context: BrowserContext) => Promise<void>) {
    world.site.body = world.embed(attributes);
    const visitor = await world.arrive();
    await visitor.context.addInitScript(WATCH);
    await prepare?.(visitor.context);
    await visitor.page.reload();
    return visitor;
  }

  async function talk(visitor: Visitor): Promise<void> {
    await visitor.launcher.click();
    const offered = world.stack.nextReservation();
    await visitor.write('hello');
    await offered;
    await visitor.sent('hello').waitFor();
    await world.accept();
  }

  const allow = (context: BrowserContext): Promise<void> => context.grantPermissions(['notifications']);
  const unread = (page: Page, count: number) =>
    page.getByRole('button', { name: `Open chat. Unread messages: ${count}` }).waitFor();

  it('makes no sound and asks for nothing where the site has not switched it on', async () => {
    const visitor = await arrive('', allow);
    await talk(visitor);
    await visitor.button('Close chat').click();
    await turn(visitor.page, 'hidden');

    await world.reply('How can I help?');

    await unread(visitor.page, 1);
    expect(await askedIn(visitor.page)).toEqual({
      contexts: 0,
      notes: [],
      permissions: 0,
      notifications: [],
      focused: 0,
    });
    expect(await visitor.button('Sound').count()).toBe(0);
  });

  it('is played once while the panel is closed, not while it is read, and not when it is muted', async () => {
    const visitor = await arrive('data-sound');
    await visitor.launcher.waitFor();
    expect((await askedIn(visitor.page)).contexts).toBe(0);
    await talk(visitor);
    await world.reply('How can I help?');
    await visitor.transcript.getByText('How can I help?').waitFor();
    expect((await askedIn(visitor.page)).notes).toEqual([]);
    await visitor.button('Close chat').click();

    await world.reply('Are you there?');

    await untilAsked(visitor.page, 'notes', 2);
    expect(await askedIn(visitor.page)).toMatchObject({ contexts: 1, notes: [660, 880] });
    await visitor.launcher.click();
    await visitor.button('Sound').click();
    expect(await visitor.button('Sound').getAttribute('aria-pressed')).toBe('false');
    await visitor.button('Close chat').click();
    await world.reply('I will wait.');
    await unread(visitor.page, 1);
    expect((await askedIn(visitor.page)).notes).toEqual([660, 880]);
  });

  it('makes no sound on a page that the visitor has not touched', async () => {
    const visitor = await arrive('data-sound');
    await talk(visitor);
    await visitor.button('Close chat').click();
    await visitor.page.reload();
    await visitor.launcher.waitFor();

    await world.reply('How can I help?');

    await unread(visitor.page, 1);
    expect(await askedIn(visitor.page)).toMatchObject({ contexts: 0, notes: [] });
  });

  it('asks for the permission when the visitor wants it, never by itself, and only once', async () => {
    const visitor = await arrive('data-notifications');
    await talk(visitor);
    const offer = visitor.button('Notify me of replies');
    await offer.waitFor();
    expect((await askedIn(visitor.page)).permissions).toBe(0);

    await offer.click();

    // Without a person before it, the browser declines.
    await offer.waitFor({ state: 'detached' });
    expect((await askedIn(visitor.page)).permissions).toBe(1);
    const focused = `document.querySelector('flex-chat').shadowRoot.activeElement.className`;
    expect(await visitor.page.evaluate(focused)).toBe('composer-input');
    await turn(visitor.page, 'hidden');
    await world.reply('How can I help?');
    await visitor.transcript.getByText('How can I help?').waitFor();
    expect((await askedIn(visitor.page)).notifications).toEqual([]);
  });

  it('is notified of while the page is hidden, without its words, and a click opens the chat', async () => {
    const visitor = await arrive('data-notifications data-title="Help"', allow);
    const { page } = visitor;
    await talk(visitor);
    expect(await visitor.button('Notify me of replies').count()).toBe(0);
    await visitor.button('Close chat').click();
    await world.reply('You see this, so no notification.');
    await unread(page, 1);
    await turn(page, 'hidden');

    await world.reply('<b>Your order 4711</b>');

    await untilAsked(page, 'notifications', 1);
    expect((await askedIn(page)).notifications).toEqual([{ title: 'Help', body: 'Unread messages: 1' }]);
    await page.evaluate(`shown[0].dispatchEvent(new Event('click'))`);
    await visitor.composer.waitFor();
    expect((await askedIn(page)).focused).toBe(1);
  });

  it('is notified of with its words, as plain text, where the site wants it so', async () => {
    const visitor = await arrive('data-notifications="content"', allow);
    await talk(visitor);
    // The name comes after the agent.
    await visitor.transcript.getByText('Grace has joined the chat').waitFor();
    await turn(visitor.page, 'hidden');

    await world.reply('<b>Your order 4711</b>');

    await untilAsked(visitor.page, 'notifications', 1);
    expect((await askedIn(visitor.page)).notifications).toEqual([
      { title: 'Chat with us', body: 'Grace: <b>Your order 4711</b>' },
    ]);
  });

  it('is not reported again by the next page', async () => {
    const visitor = await arrive('data-notifications data-sound', allow);
    const { page } = visitor;
    await talk(visitor);
    await visitor.button('Close chat').click();
    await turn(page, 'hidden');
    await world.reply('How can I help?');
    await untilAsked(page, 'notifications', 1);

    await page.reload();
    await unread(page, 1);

    expect(await askedIn(page)).toMatchObject({ notifications: [], notes: [] });
    await world.reply('Are you there?');
    await untilAsked(page, 'notifications', 1);
  });

  it('is reported by one of several hidden tabs, and by none while one of them is visible', async () => {
    const visitor = await arrive('data-notifications data-sound', allow);
    await talk(visitor);
    const tabs = [visitor.page, await visitor.secondTab(), await visitor.secondTab()];
    for (const tab of tabs.slice(1)) {
      await tab.locator('flex-chat .launcher').click();
      await tab.getByRole('log').getByText('hello', { exact: true }).waitFor();
    }
    const reported = async () => (await Promise.all(tabs.map(askedIn))).flatMap((one) => one.notifications);
    const received = async () => (await Promise.all(tabs.map(askedIn))).flatMap((one) => one.notes);
    /** Whatever the tabs were about to do, they have done when a lock of their own has had its turn. */
    const settled = async () => {
      const turnOfOwn = `navigator.locks.query().then(() => navigator.locks.request('own', () => 0))`;
      for (const tab of tabs) await tab.evaluate(turnOfOwn);
    };
    const arrivesEverywhere = (text: string) =>
      Promise.all(tabs.map((tab) => tab.getByRole('log').getByText(text).waitFor()));
    for (const tab of tabs.slice(1)) await turn(tab, 'hidden');
    await visitor.page.evaluate(SLOW);
    await world.reply('You are looking.');
    await arrivesEverywhere('You are looking.');
    await settled();
    expect(await reported()).toEqual([]);
    expect(await received()).toEqual([]);

    await turn(visitor.page, 'hidden');
    await world.reply('You are not.');
    await arrivesEverywhere('You are not.');
    await world.reply('Still not.');
    await arrivesEverywhere('Still not.');

    while ((await reported()).length < 2);
    await settled();
    expect(await reported()).toHaveLength(2);
    expect(await received()).toHaveLength(4);
  });
});
