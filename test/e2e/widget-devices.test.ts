/** Visitors with other devices, keyboards and regions. */
import { describeInBrowser } from '../support/chromium';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

const IN_CHAT = `document.querySelector('flex-chat').shadowRoot`;
const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

describeInBrowser('a visitor', () => {
  const world = useWidget();

  const boxOf = async (visitor: Visitor) => (await visitor.page.locator('flex-chat .panel').boundingBox())!;

  it('of Safari confirms a Japanese word with Enter, and sends it with the next one', async () => {
    const visitor = await world.arrive();
    await visitor.launcher.click();
    await visitor.composer.fill('こんにちは');
    // The composition has ended when the key comes that has ended it; its code alone tells.
    await visitor.page.evaluate(`{
      const field = ${IN_CHAT}.querySelector('.composer-input');
      field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, composed: true }));
      const key = { key: 'Enter', keyCode: 229, isComposing: false, bubbles: true, composed: true, cancelable: true };
      field.dispatchEvent(new KeyboardEvent('keydown', key));
    }`);
    expect(await visitor.composer.inputValue()).toBe('こんにちは');

    await visitor.composer.press('Enter');

    await visitor.sent('こんにちは').waitFor();
    expect(world.bodies()).toEqual(['こんにちは']);
  });

  it('with a touch screen has fields that the browser does not zoom in on', async () => {
    world.site.body = world.embed(
      `data-fields='[{"name":"a","label":"A"},{"name":"b","label":"B","type":"select","options":["1"]},{"name":"c","label":"C","type":"textarea"}]'`,
    );
    const visitor = await world.arrive(PHONE);
    await visitor.launcher.click();
    await visitor.composer.waitFor();

    const sizes = await visitor.page.evaluate<number[]>(`
      [...${IN_CHAT}.querySelectorAll('.panel :is(input[type=text], select, textarea)')].map((field) =>
        parseFloat(getComputedStyle(field).fontSize))`);

    expect(sizes).toHaveLength(5);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
  });

  it('of a phone has header and composer in sight while the keyboard of the screen is up', async () => {
    const visitor = await world.arrive({ ...PHONE, reducedMotion: 'reduce' });
    await visitor.launcher.click();
    await visitor.composer.waitFor();
    expect(await boxOf(visitor)).toMatchObject({ y: 0, height: 780 });

    // As iOS has it: the window stays as large as it was, and what is seen of it is smaller and may be shifted.
    await visitor.page.evaluate(`
      Object.defineProperties(visualViewport, { height: { value: 420 }, offsetTop: { value: 60 } });
      visualViewport.dispatchEvent(new Event('resize'));`);

    expect(await boxOf(visitor)).toMatchObject({ y: 60, height: 420 });
  });

  it.each(['en-GB', 'en-US', 'de-AT'])('from %s reads times as their region writes them', async (locale) => {
    world.site.body = world.embed(`data-lang="${locale.slice(0, 2)}"`);
    const visitor = await world.arrive({ locale, timezoneId: 'UTC' });
    await visitor.launcher.click();
    const composer = visitor.page.locator('flex-chat .composer-input');
    await composer.fill('hello');
    await composer.press('Enter');
    const line = visitor.transcript.getByRole('listitem').filter({ hasText: 'hello' });
    await line.getByText(/· (Sent|Gesendet)/).waitFor();

    const at = new Date(world.messages()[0]!.dateCreated);
    const time = at.toLocaleTimeString(locale, { timeStyle: 'short', timeZone: 'UTC' });
    expect(await line.getByRole('time').innerText()).toBe(time);
  });

  it('who prints the page prints no button', async () => {
    const visitor = await world.arrive();
    await visitor.launcher.waitFor();

    await visitor.page.emulateMedia({ media: 'print' });

    expect(await visitor.launcher.isVisible()).toBe(false);
  });
});
