/** The chat in a frame on a third-party page, and in a frame without browser storage. */
import { describeInBrowser, launchForgetfulChromium } from '../support/chromium';
import { untilFocused } from '../support/focus';
import { startSite, type Site } from '../support/site';
import { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

describeInBrowser('the chat in a frame', () => {
  const world = useWidget();
  let host: Site;

  beforeAll(async () => {
    host = await startSite();
    host.css = 'iframe { width: 480px; height: 640px; }';
  });
  afterAll(() => host?.stop());

  async function arriveAtHost(
    sandbox: string,
    browser = world.browser as Pick<typeof world.browser, 'newContext'>,
  ) {
    host.body = `<iframe title="Help" sandbox="${sandbox}" src="${world.site.origin}"></iframe>`;
    const visitor = await Visitor.arrive(browser, host);
    visitor.place = visitor.page.frameLocator('iframe');
    return visitor;
  }

  /** By keyboard: Playwright's clicks do not get into a frame of another process. */
  async function open({ launcher, composer }: Visitor): Promise<void> {
    await launcher.press('Enter');
    await composer.waitFor();
  }

  async function talk(visitor: Visitor): Promise<void> {
    await open(visitor);
    const offered = world.stack.nextReservation();
    await visitor.write('hello');
    await offered;
    await world.accept();
    await world.reply('How can I help?');
    await visitor.transcript.getByText('How can I help?', { exact: true }).waitFor();
    await visitor.sent('hello').waitFor();
  }

  const focused = (visitor: Visitor): Promise<string> =>
    visitor.page.evaluate('document.activeElement.tagName');

  it('continues after a reload, and does not affect the page around it', async () => {
    const visitor = await arriveAtHost('allow-scripts allow-same-origin');
    const before = await visitor.page.evaluate('document.body.outerHTML + document.title');

    await talk(visitor);
    await world.reply('Are you there?');
    await visitor.transcript.getByText('Are you there?', { exact: true }).waitFor();

    expect(await visitor.page.evaluate('document.body.outerHTML + document.title')).toBe(before);
    await visitor.page.reload();
    await open(visitor);
    await visitor.transcript.getByText('Are you there?', { exact: true }).waitFor();
    expect(world.conversations()).toHaveLength(1);
    await visitor.leave();
  });

  it('keeps Escape and the focus to itself', async () => {
    const visitor = await arriveAtHost('allow-scripts allow-same-origin');
    await visitor.page.evaluate(`addEventListener('keydown', () => { document.title = 'heard'; })`);
    await visitor.launcher.focus();
    await visitor.page.keyboard.press('Enter');
    await untilFocused(visitor.composer);
    await visitor.page.keyboard.type('half a sen');
    expect(await focused(visitor)).toBe('IFRAME');

    await visitor.page.keyboard.press('Escape');

    await visitor.composer.waitFor({ state: 'hidden' });
    expect(await focused(visitor)).toBe('IFRAME');
    expect(await visitor.launcher.evaluate((launcher) => launcher.matches(':focus'))).toBe(true);
    expect(await visitor.page.title()).toBe('A shop');
    await visitor.page.keyboard.press('Enter');
    await visitor.composer.waitFor();
    expect(await visitor.composer.inputValue()).toBe('half a sen');
    await visitor.leave();
  });

  it('says that it cannot be had where the frame has no origin, and keeps the words', async () => {
    const visitor = await arriveAtHost('allow-scripts');
    await open(visitor);
    await visitor.write('hello');

    await visitor.place.getByRole('alert').getByText('The chat is not available on this page.').waitFor();
    await visitor.transcript.getByText('hello', { exact: true }).waitFor();
    expect(await visitor.button('Try again').count()).toBe(1);
    expect(world.stack.emulator.journal.entries).toEqual([]);
    // The browser's own words about the Functions' refusal; ours, once, which say what to do; and nothing else.
    const [ours, ...others] = visitor.errors
      .splice(0)
      .filter((error) => !error.includes(`from origin 'null' has been blocked`));
    expect(ours).toMatch(
      /^\[flex-chat\] .* rejects this page: its origin is null\. Serve it from a web server, .* a sandbox needs allow-same-origin$/,
    );
    expect(others).toEqual([]);
    await visitor.leave();
  });

  it('is a chat all the same in a browser that keeps nothing, until the page is left', async () => {
    const { context, stop } = await launchForgetfulChromium();
    const visitor = await arriveAtHost('allow-scripts allow-same-origin', {
      newContext: () => Promise.resolve(context),
    });
    await talk(visitor);

    await visitor.page.reload();
    await open(visitor);

    await visitor.place.getByRole('heading', { name: 'How can we help?' }).waitFor();
    await stop();
    expect(visitor.errors).toEqual([]);
  });
});
