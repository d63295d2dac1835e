/** Files, as visitors choose, see and send them, and as they get them from an agent. */
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describeInBrowser } from '../support/chromium';
import { aPdf, aPicture, choose, dispatchFiles, replyWithFile } from '../support/files';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LINK_LIFE_MS = 300_000;

describeInBrowser('files in the chat', () => {
  const world = useWidget();

  async function arriveAndOpen(options: BrowserContextOptions = {}): Promise<Visitor> {
    const visitor = await world.arrive(options);
    await visitor.launcher.click();
    await visitor.composer.waitFor();
    return visitor;
  }

  const chosen = ({ page }: Visitor) => page.getByRole('list', { name: 'Attached files' });
  const names = async (visitor: Visitor): Promise<string[]> =>
    chosen(visitor).getByRole('listitem').allInnerTexts();
  /** Names and types of what came with each Message that has Media. */
  const media = () =>
    world
      .messages()
      .flatMap(({ media: all }) => (all.length > 0 ? [all.map(({ filename }) => filename)] : []));
  /** Drawn by the browser, in whatever size. */
  const isDrawn = (page: Page, name: string): Promise<boolean> =>
    page
      .getByRole('img', { name: `Image: ${name}` })

      .evaluate(async (element) => {
        const image = element as unknown as { decode(): Promise<void>; naturalWidth: number };
        await image.decode();
        return image.naturalWidth > 0;
      });

  async function violationsOf(page: Page, name: string): Promise<string[]> {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify({ runOnly: LEVELS })})`);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${name}: ${id} at ${html}`));
  }

  it('go out with the first message, as one Message, and both are there after a reload', async () => {
    const visitor = await arriveAndOpen();
    const { page, composer } = visitor;
    const dialogue = page.waitForEvent('filechooser');
    await visitor.button('Attach files').press('Enter');
    await (await dialogue).setFiles([aPicture(), aPdf()]);
    await chosen(visitor).getByText('invoice.pdf').first().waitFor();
    const offered = world.stack.nextReservation();

    await composer.fill('my order');
    await composer.press('Enter');

    await offered;
    await visitor.transcript.getByText(/· Sent$/).waitFor();
    expect(media()).toEqual([['order.png', 'invoice.pdf']]);
    expect(world.bodies()).toEqual(['my order']);
    expect(await chosen(visitor).count()).toBe(0);
    expect(await isDrawn(page, 'order.png')).toBe(true);

    await page.reload();
    await page.getByRole('link', { name: /^invoice\.pdf 2 kB/ }).waitFor();
    expect(await isDrawn(page, 'order.png')).toBe(true);
    const address = await page.getByRole('img', { name: 'Image: order.png' }).getAttribute('src');
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/media\.us1\.twilio\.com\/ME/);
  });

  it('are pasted and dropped, several at once, and taken out again by the keyboard', async () => {
    const visitor = await arriveAndOpen();
    const { page, composer } = visitor;
    await dispatchFiles(composer, 'paste', [aPicture('pasted.png')]);
    const panel = page.locator('flex-chat .panel');

    await dispatchFiles(panel, 'dragenter', [aPdf('dropped.pdf'), aPicture('dropped.png')]);
    const surface = page.getByText('Drop files here to attach them');
    await surface.waitFor();
    await dispatchFiles(surface, 'drop', [aPdf('dropped.pdf'), aPicture('dropped.png')]);

    await surface.waitFor({ state: 'hidden' });
    expect((await names(visitor)).map((name) => name.split('\n')[0])).toEqual([
      'pasted.png',
      'dropped.pdf',
      'dropped.png',
    ]);
    await visitor.button('Remove dropped.pdf').press('Enter');
    const focused = () => page.evaluate(`document.activeElement.shadowRoot.activeElement.ariaLabel`);
    expect(await focused()).toBe('Remove dropped.png');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await chosen(visitor).count()).toBe(0);
    expect(await focused()).toBe('Message');
  });

  it('leave text alone that was copied with a picture of it, and the hint goes when they do', async () => {
    const visitor = await arriveAndOpen();
    await dispatchFiles(visitor.composer, 'paste', [aPicture()], 'A cell of a table');
    expect(await chosen(visitor).count()).toBe(0);

    const panel = visitor.page.locator('flex-chat .panel');
    await dispatchFiles(panel, 'dragenter', [aPicture()]);
    const surface = visitor.page.getByText('Drop files here to attach them');
    await surface.dispatchEvent('dragleave');

    await surface.waitFor({ state: 'hidden' });
  });

  it('that are too large, too many, empty or of another type are refused in words', async () => {
    world.site.body = world.embed(`data-attachments='{"types":"image/*,.pdf","maxBytes":3000,"maxCount":2}'`);
    const visitor = await arriveAndOpen();
    const { page } = visitor;
    const alert = page.getByRole('alert');

    await choose(
      page,
      aPicture('one.png'),
      aPdf('large.pdf', 3001),
      { name: 'setup.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
      { name: 'empty.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
      aPdf('two.pdf', 3000),
      aPicture('three.png'),
    );

    await alert.getByText('large.pdf is too large: the limit is 2.9 kB.').waitFor();
    await alert.getByText('setup.exe was not attached: files of this type are not accepted here.').waitFor();
    await alert.getByText('empty.pdf was not attached: the file is empty.').waitFor();
    await alert.getByText('three.png was not attached: the limit per message is 2.').waitFor();
    expect((await names(visitor)).map((name) => name.split('\n')[0])).toEqual(['one.png', 'two.pdf']);
    await visitor.composer.press('Enter');
    await visitor.transcript.getByText(/· Sent$/).waitFor();
    expect(media()).toEqual([['one.png', 'two.pdf']]);
    expect(await alert.getByText('setup.exe').count()).toBe(0);
  });

  it('cannot be attached where the site wants none', async () => {
    world.site.body = world.embed(`data-attachments="false"`);
    const visitor = await arriveAndOpen();

    await dispatchFiles(visitor.composer, 'paste', [aPicture()]);
    await dispatchFiles(visitor.page.locator('flex-chat .panel'), 'dragenter', [aPicture()]);

    expect(await visitor.button('Attach files').count()).toBe(0);
    expect(await chosen(visitor).count()).toBe(0);
    expect(await visitor.page.getByText('Drop files here').count()).toBe(0);
  });

  it('of an agent are shown, announced, and opened by a link that is good', async () => {
    const visitor = await world.arriveAndWrite('hello');
    const { page, transcript } = visitor;
    await world.accept();

    await replyWithFile(world, aPicture('as it should be.png'));
    await replyWithFile(world, aPdf('guide <b>.pdf'), 'And the guide:');

    await page.getByRole('status').getByText('Grace: And the guide:, File: guide <b>.pdf').waitFor();
    expect(await isDrawn(page, 'as it should be.png')).toBe(true);
    const link = transcript.getByRole('link', { name: /^guide <b>\.pdf 2 kB \(opens in a new tab\)/ });
    await link.and(page.locator('[href]')).waitFor();
    expect(await link.getAttribute('rel')).toContain('noopener');
    // Twilio's links die; the one that is followed is a new one.
    const old = await link.getAttribute('href');
    world.stack.emulator.world.clock.advance(LINK_LIFE_MS);
    await page.clock.install({ time: Date.now() + LINK_LIFE_MS });
    const followed = visitor.context.waitForEvent('request', (request) =>
      /media\.us1\.twilio\.com\/ME/.test(request.url()),
    );
    await link.click();

    expect((await followed).url()).not.toBe(old);
    expect((await followed).url()).toBe(await link.getAttribute('href'));
  });

  it('that are pictures stand in a grid and open in place, by the keyboard too', async () => {
    const visitor = await arriveAndOpen();
    const { page, transcript } = visitor;
    await choose(page, aPicture('one.png'), aPicture('two.png'), aPicture('three.png'));
    await visitor.composer.press('Enter');
    await visitor.transcript.getByText(/· Sent$/).waitFor();
    const tiles = transcript.getByRole('button', { name: /^Image: / });
    const [one, two, three] = await Promise.all(
      [0, 1, 2].map(async (index) => (await tiles.nth(index).boundingBox())!),
    );
    expect(two!.y).toBe(one!.y);
    expect(two!.x).toBeGreaterThan(one!.x);
    expect(three!.y).toBeGreaterThan(one!.y);

    const second = transcript.getByRole('button', { name: 'Image: two.png' });
    await second.press('Enter');
    const viewer = page.getByRole('dialog', { name: 'Image: two.png' });
    await viewer.getByRole('img', { name: 'Image: two.png' }).waitFor();
    const focused = () => page.evaluate(`document.activeElement.shadowRoot?.activeElement.ariaLabel`);
    expect(await focused()).toBe('Close the picture');
    expect(await violationsOf(page, 'viewer')).toEqual([]);
    await page.keyboard.press('Escape');

    await viewer.waitFor({ state: 'detached' });
    await visitor.composer.waitFor();
    expect(
      await page.evaluate(`document.activeElement.shadowRoot.activeElement.querySelector('img').alt`),
    ).toBe('Image: two.png');
    await second.click();
    await visitor.button('Close the picture').click();
    await viewer.waitFor({ state: 'detached' });
    await second.click();
    await page.evaluate('FlexChat.close()');
    // Nothing holds the page any more.
    await visitor.launcher.click();
    await visitor.composer.waitFor();
    expect(await viewer.count()).toBe(0);
  });

  it('that are no picture although they say so keep their name, in the grid too', async () => {
    const visitor = await arriveAndOpen();
    await choose(visitor.page, aPicture('good.png'), {
      ...aPicture('torn.png'),
      buffer: Buffer.from('no picture'),
    });
    await visitor.write('look');
    await visitor.sent('look').waitFor();

    await visitor.transcript.getByRole('link', { name: /^torn\.png 10 byte/ }).waitFor();
    expect(await isDrawn(visitor.page, 'good.png')).toBe(true);
  });

  it('are files to open where the site’s policy lets no pictures in', async () => {
    const { pictures } = world.site;
    world.site.pictures = 'data:';
    try {
      const visitor = await arriveAndOpen();
      await choose(visitor.page, aPicture('own.png'));
      await visitor.write('look');
      await visitor.sent('look').waitFor();
      await replyWithFile(world, aPicture('answer.png'));

      await visitor.transcript.getByRole('link', { name: /^own\.png 70 byte/ }).waitFor();
      const link = visitor.transcript.getByRole('link', { name: /^answer\.png 70 byte/ });
      expect(await link.getAttribute('href')).toContain('/media.us1.twilio.com/ME');
      // The browser says what it has refused.
      expect(visitor.errors.splice(0).every((line) => line.includes('img-src'))).toBe(true);
    } finally {
      world.site.pictures = pictures;
    }
  });

  it('that Twilio does not give are named, and asked for again when they are selected', async () => {
    const visitor = await world.arriveAndWrite('hello');
    const { faults } = world.stack.emulator.world;
    const headers = { 'access-control-allow-origin': '*' };
    faults.add({ kind: 'status', status: 404, method: 'POST', path: '/MediaSet', headers, times: 1 });

    await replyWithFile(world, aPicture('lost.png'));

    const link = visitor.transcript.getByRole('link', { name: /^lost\.png/ });
    await link.getByText('This file could not be loaded. Select it to try again.').waitFor();
    const popup = visitor.context.waitForEvent('page');
    await link.press('Enter');
    await (await popup).close();
    expect(await isDrawn(visitor.page, 'lost.png')).toBe(true);
  });

  it.each(['light', 'dark'] as const)('are for everyone, %s', async (colorScheme) => {
    const visitor = await arriveAndOpen({ colorScheme, reducedMotion: 'reduce' });
    const { page } = visitor;
    await choose(page, aPicture(), aPdf(), { ...aPdf('setup.exe'), mimeType: 'application/x-msdownload' });
    await chosen(visitor).waitFor();
    const found = await violationsOf(page, 'preview');

    await visitor.composer.press('Enter');
    await visitor.transcript.getByText(/· Sent$/).waitFor();
    await replyWithFile(world, aPicture('answer.png'), 'Like this');
    await isDrawn(page, 'answer.png');
    found.push(...(await violationsOf(page, 'transcript')));
    await dispatchFiles(page.locator('flex-chat .panel'), 'dragenter', [aPicture()]);
    await page.getByText('Drop files here to attach them').waitFor();
    found.push(...(await violationsOf(page, 'drop')));

    expect(found).toEqual([]);
  });
});
