/** The chat on third-party pages: it appears, survives navigation, and does not break the page. */
import { describeInBrowser } from '../support/chromium';
import type { Visitor } from '../support/visitor';
import { useHost } from './host-pages/host';

describeInBrowser('the chat on other people’s pages', () => {
  const world = useHost();

  /** Sends the first message and waits for the answer of an agent. */
  async function talk(visitor: Visitor): Promise<void> {
    await visitor.launcher.click();
    const offered = world.stack.nextReservation();
    await visitor.write('hello');
    await offered;
    await world.accept();
    await world.reply('How can I help?');
    await receives(visitor, 'How can I help?');
    await visitor.sent('hello').waitFor();
  }

  const receives = (visitor: Visitor, words: string): Promise<void> =>
    visitor.transcript.getByText(words, { exact: true }).waitFor();

  it('comes up on a page whose body is still on its way', async () => {
    const visitor = await world.comeTo('streamed');

    await talk(visitor);
  });

  it('keeps the open panel and the draft when Turbo visits the next page, and back', async () => {
    const visitor = await world.comeTo('turbo-1');
    await talk(visitor);
    await visitor.composer.fill('half a sen');
    const { page } = visitor;

    await page.getByRole('link', { name: 'Page 2' }).click();
    await page.getByRole('heading', { name: 'Page 2' }).waitFor();
    await visitor.composer.waitFor();
    expect(await visitor.composer.inputValue()).toBe('half a sen');
    await world.reply('Still here?');
    await receives(visitor, 'Still here?');
    await page.goBack();
    await page.getByRole('heading', { name: 'Page 1' }).waitFor();
    await visitor.composer.waitFor();
    await visitor.composer.press('Enter');

    await visitor.sent('half a sen').waitFor();
    expect(await page.locator('flex-chat').count()).toBe(1);
    expect(world.bodies()).toEqual(['hello', 'How can I help?', 'Still here?', 'half a sen']);
  });

  it('continues when a page morphs or replaces its body', async () => {
    const visitor = await world.comeTo('morphing');
    await talk(visitor);
    const { page } = visitor;

    await page.evaluate(`Idiomorph.morph(document.body, '<body><h1>After</h1></body>')`);
    await page.getByRole('heading', { name: 'After' }).waitFor();
    await visitor.composer.waitFor();
    await page.evaluate(`document.body = document.createElement('body')`);
    await visitor.write('and on');

    await visitor.sent('and on').waitFor();
    expect(await page.locator('flex-chat').count()).toBe(1);
    await page.evaluate('FlexChat.destroy(); document.body = document.createElement("body")');
    await page.evaluate('new Promise((done) => setTimeout(done))');
    expect(await page.locator('flex-chat').count()).toBe(0);
  });

  it('keeps its panel when the page moves it elsewhere', async () => {
    const visitor = await world.comeTo('morphing');
    await talk(visitor);

    await visitor.page.evaluate(
      `document.querySelector('aside').append(document.querySelector('flex-chat'))`,
    );

    await visitor.write('moved');
    await visitor.sent('moved').waitFor();
    expect(await visitor.page.locator('aside > flex-chat').count()).toBe(1);
  });

  it('does not fight a page that keeps removing it', async () => {
    const visitor = await world.comeTo('morphing');
    await visitor.launcher.waitFor();

    const removals = await visitor.page.evaluate(`new Promise((done) => {
      let removals = 0;
      const remove = () => document.querySelectorAll('body > flex-chat').forEach((chat) => { removals += 1; chat.remove(); });
      new MutationObserver(remove).observe(document.body, { childList: true });
      remove();
      setTimeout(() => done(removals), 500);
    })`);

    // At once, and then later each time: 0, 50, 150, 350 ms.
    expect(removals).toBeLessThanOrEqual(6);
  });

  it('can be written in while a modal of the page holds the focus', async () => {
    const visitor = await world.comeTo('modal');
    const { page } = visitor;
    await page.getByRole('button', { name: 'Terms' }).click();
    await page.getByText('Our terms').waitFor();
    await visitor.launcher.click();
    await visitor.composer.click();

    await page.keyboard.type('hello');
    await page.keyboard.press('Enter');

    await visitor.sent('hello').waitFor();
    await page.keyboard.press('Escape');
    await visitor.composer.waitFor({ state: 'hidden' });
    expect(await page.getByText('Our terms').isVisible()).toBe(true);
  });

  it('comes up in its language where a strict policy wants Trusted Types', async () => {
    const visitor = await world.comeTo('trusted-types');
    await visitor.page.getByRole('button', { name: 'Chat öffnen' }).click();
    const composer = visitor.page.getByRole('textbox', { name: 'Nachricht', exact: true });
    await composer.fill('Guten Tag');
    await composer.press('Enter');

    // Not "Wird gesendet …".
    await visitor.transcript.getByText(/· Gesendet/).waitFor();
  });

  it('works on a plain http page of an intranet', async () => {
    const visitor = await world.comeTo('plain', {}, world.host.intranetOrigin);
    expect(await visitor.page.evaluate('[isSecureContext, typeof crypto.randomUUID]')).toEqual([
      false,
      'undefined',
    ]);

    await talk(visitor);

    await visitor.page.reload();
    await receives(visitor, 'How can I help?');
    expect(world.conversations()).toHaveLength(1);
  });

  it.each([
    ['is null', `Object.defineProperty(window, name, { value: null })`],
    [
      'throws',
      `Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } })`,
    ],
    [
      'is full',
      `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }`,
    ],
  ])('is a chat where the storage of the browser %s', async (_case, code) => {
    const visitor = await world.comeTo('plain');
    await visitor.page.addInitScript(`for (const name of ['localStorage', 'sessionStorage']) { ${code} }`);
    await visitor.page.reload();

    await talk(visitor);
  });

  it('comes up on a page that React has drawn on the server, before and after React takes it over', async () => {
    const visitor = await world.comeTo('react-ssr');
    await visitor.launcher.waitFor();

    await visitor.page.evaluate('takeOver()');
    await visitor.page.getByRole('heading', { name: 'Taken over' }).waitFor();

    await talk(visitor);
    expect(await visitor.page.locator('flex-chat').count()).toBe(1);
  });

  it('comes up where a tag manager brings it, without attributes, beside elements that are called so too', async () => {
    const visitor = await world.comeTo('tag-manager');
    await visitor.page.getByRole('button', { name: 'Open chat' }).click();
    await visitor.page.getByRole('heading', { name: 'Ask the shop' }).waitFor();
    const offered = world.stack.nextReservation();

    await visitor.write('hello');

    await offered;
    expect(JSON.parse(world.conversation().attributes)).toMatchObject({
      pre_engagement_data: { friendlyName: 'Ada L.', plan: 'gold' },
    });
  });

  it('comes up as a module script', async () => {
    const visitor = await world.comeTo('module');
    await visitor.launcher.click();

    await visitor.page.getByRole('heading', { name: 'Ask us' }).waitFor();
    await visitor.write('hello');
    await visitor.sent('hello').waitFor();
  });

  it('keeps what is typed in it from the page’s shortcuts, and leaves the page its own', async () => {
    const visitor = await world.comeTo('shortcuts');
    const { page } = visitor;
    await page.getByRole('button', { name: 'New draft' }).click();
    await visitor.launcher.click();
    await visitor.composer.click();
    await page.evaluate('received.length = 0');

    await page.keyboard.type('size 12/34 ok');
    expect(await visitor.composer.inputValue()).toBe('size 12/34 ok');
    expect(await page.evaluate('received')).toEqual([]);
    await page.keyboard.press('Escape');

    await visitor.composer.waitFor({ state: 'hidden' });
    expect(await page.getByRole('dialog', { name: 'Draft' }).isVisible()).toBe(true);
    expect(await page.evaluate('received')).not.toContain('keydown Escape');
    await page.getByRole('heading').or(page.locator('body')).first().press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('search');
  });

  it('prints nothing, and leaves a title that counts alone', async () => {
    const visitor = await world.comeTo('shortcuts');
    const printed: string[] = [];
    visitor.page.on('console', (line) => printed.push(line.text()));
    await visitor.page.reload();
    await talk(visitor);
    expect(await visitor.page.title()).toBe('(3) Inbox');

    await visitor.button('Close chat').click();
    await world.reply('Hello?');
    await visitor.page.getByRole('button', { name: 'Open chat. Unread messages: 1' }).waitFor();

    expect(await visitor.page.title()).toBe('(3) Inbox');
    expect(printed).toEqual([]);
  });
});
