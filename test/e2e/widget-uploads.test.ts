/** Files on their way: how far they are, stopped, refused, cut off, and left behind. However it goes, a Message comes once. */
import { describeInBrowser } from '../support/chromium';
import { aPdf, aPicture, choose } from '../support/files';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

/** Long enough on this line to be watched. */
const BYTES = 120_000;
const BYTES_PER_SECOND = 60_000;

describeInBrowser('files on their way', () => {
  const world = useWidget();
  const faults = () => world.stack.emulator.world.faults;
  const uploads = () =>
    world.stack.emulator.world.journal.entries.filter(
      ({ method, path }) => method === 'POST' && path.endsWith('/Media'),
    ).length;
  /** Of the files that Twilio has with its Messages. */
  const arrived = () => world.messages().flatMap(({ media }) => media.map(({ filename }) => filename));

  async function arriveAndTalk(): Promise<Visitor> {
    const visitor = await world.arriveAndWrite('hello');
    await choose(visitor.page, aPdf('large.pdf', BYTES));
    await visitor.composer.fill('my order');
    return visitor;
  }

  async function slowDown(visitor: Visitor): Promise<() => Promise<void>> {
    const network = await visitor.context.newCDPSession(visitor.page);
    const limit = (uploadThroughput: number) =>
      network.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput,
      });
    await limit(BYTES_PER_SECOND);
    return async () => void (await limit(-1));
  }

  const bar = ({ transcript }: Visitor) => transcript.getByRole('progressbar', { name: 'Uploading' });

  it('are seen moving, and are sent', async () => {
    const visitor = await arriveAndTalk();
    await slowDown(visitor);

    await visitor.composer.press('Enter');

    const seen = new Set<string>();
    const isMoving = (): boolean => [...seen].some((value) => Number(value) > 0 && Number(value) < 1);
    while (!isMoving()) seen.add((await bar(visitor).getAttribute('value'))!);
    await visitor.sent('my order').waitFor();
    expect(await bar(visitor).count()).toBe(0);
    expect(arrived()).toEqual(['large.pdf']);
  });

  it('leave the page as it was while they are watched', async () => {
    const visitor = await arriveAndTalk();
    const send = 'window.before ??= XMLHttpRequest.prototype.send';
    await visitor.page.evaluate(send);
    await slowDown(visitor);

    await visitor.composer.press('Enter');
    await bar(visitor).waitFor();

    expect(await visitor.page.evaluate('XMLHttpRequest.prototype.send === window.before')).toBe(true);
    await visitor.sent('my order').waitFor();
  });

  it('are stopped by the visitor, who has words and files back, and may send them after all', async () => {
    const visitor = await arriveAndTalk();
    const { page, composer, transcript } = visitor;
    const speedUp = await slowDown(visitor);
    await composer.press('Enter');
    await bar(visitor).waitFor();
    await composer.fill('one more thing');

    await visitor.button('Cancel').press('Enter');

    await page.getByRole('list', { name: 'Attached files' }).getByText('large.pdf').first().waitFor();
    expect(await composer.inputValue()).toBe('my order\none more thing');
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.ariaLabel')).toBe('Message');
    expect(await transcript.getByText('my order').count()).toBe(0);
    expect(world.bodies()).toEqual(['hello']);
    await speedUp();
    await composer.press('Enter');
    await visitor.sent('one more thing').waitFor();
    expect(arrived()).toEqual(['large.pdf']);
  });

  it('are tried again when Twilio refused them, and arrive once', async () => {
    const visitor = await arriveAndTalk();
    const headers = { 'access-control-allow-origin': '*' };
    faults().add({ kind: 'status', status: 500, method: 'POST', path: '/Media$', headers, times: 1 });
    await visitor.composer.press('Enter');
    await visitor.transcript.getByText('Not sent.').waitFor();

    await visitor.button('Try again').click();

    await visitor.sent('my order').waitFor();
    expect(world.bodies()).toEqual(['hello', 'my order']);
    expect(arrived()).toEqual(['large.pdf']);
    expect(uploads()).toBe(2);
  });

  it('are given back when they were refused and the visitor lets them be', async () => {
    const visitor = await arriveAndTalk();
    const headers = { 'access-control-allow-origin': '*' };
    faults().add({ kind: 'status', status: 413, method: 'POST', path: '/Media$', headers, times: 1 });
    await visitor.composer.press('Enter');
    await visitor.transcript.getByText('Not sent.').waitFor();

    await visitor.button('Cancel').click();
    await visitor.button('Remove large.pdf').click();
    await visitor.composer.press('Enter');

    await visitor.sent('my order').waitFor();
    expect(arrived()).toEqual([]);
    expect(world.bodies()).toEqual(['hello', 'my order']);
  });

  it.each(['before', 'after'] as const)(
    'begin again by themselves where the network alone cut them off, %s Twilio had them',
    async (moment) => {
      const visitor = await arriveAndTalk();
      // Not the emulator's faults: after a reset the browser itself asks once more.
      const isUpload = (url: URL): boolean => url.pathname.endsWith('/Media');
      await visitor.page.route(
        isUpload,
        async (route) => {
          if (moment === 'after') await route.fetch();
          await route.abort('connectionfailed');
        },
        { times: 1 },
      );

      await visitor.composer.press('Enter');

      await visitor.sent('my order').waitFor();
      expect(world.bodies()).toEqual(['hello', 'my order']);
      expect(arrived()).toEqual(['large.pdf']);
      expect(uploads()).toBe(moment === 'after' ? 2 : 1);
    },
  );

  it('wait while there is no network, and go out once when it is back', async () => {
    const visitor = await arriveAndTalk();
    await slowDown(visitor);
    await visitor.composer.press('Enter');
    await bar(visitor).waitFor();

    await visitor.setOffline(true);
    await visitor.page.getByRole('alert').getByText('Connection lost.').waitFor();
    await visitor.write('still there?');
    expect(await visitor.transcript.getByText('Not sent.').count()).toBe(0);
    await visitor.setOffline(false);

    await visitor.sent('still there?').waitFor();
    await bar(visitor).waitFor({ state: 'detached' });
    expect(arrived()).toEqual(['large.pdf']);
    expect(world.bodies().toSorted()).toEqual(['hello', 'my order', 'still there?']);
    visitor.errors.splice(0);
  });

  it('do not survive a reload: the text is restored, and the visitor sees which files are not', async () => {
    const visitor = await arriveAndTalk();
    const { page, composer } = visitor;
    await slowDown(visitor);
    await composer.press('Enter');
    await bar(visitor).waitFor();
    await choose(page, aPicture('waiting.png'));
    await page.getByRole('list', { name: 'Attached files' }).waitFor();

    await page.reload();

    const alert = page.getByRole('alert');
    await alert
      .getByText('large.pdf was not sent before you left the page. Please attach it again.')
      .waitFor();
    await alert.getByText('waiting.png was not sent before you left the page.').waitFor();
    expect(await composer.inputValue()).toBe('my order');
    expect(world.bodies()).toEqual(['hello']);
    // The warning stays until the visitor has seen it.
    await page.reload();
    await alert.getByText('large.pdf was not sent before you left the page.').waitFor();
    await composer.press('Enter');
    await visitor.sent('my order').waitFor();
    expect(await alert.getByText('large.pdf').count()).toBe(0);
  });
});
