/** What a page sets: its own words and questions, the button, what it passes on; and what it sets wrongly. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeInBrowser } from '../support/chromium';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

/** The code of each button in the docs. */
const CLICKS = ['tutorial.md', 'widget.md'].flatMap((file) => {
  const text = readFileSync(join(__dirname, '..', '..', 'docs', file), 'utf8');
  return [...text.matchAll(/ onclick="([^"]*)"/g)].map(([, code]) => [file, code!] as const);
});

describeInBrowser('a page that sets', () => {
  const world = useWidget();

  const preChat = (): object =>
    (JSON.parse(world.conversation().attributes) as { pre_engagement_data: object }).pre_engagement_data;

  async function arrive(attributes: string, settings?: object): Promise<Visitor> {
    world.site.body = world.embed(attributes);
    if (!settings) return world.arrive();
    const visitor = await world.arrive();
    await visitor.page.addInitScript(`window.FlexChatSettings = ${JSON.stringify(settings)}`);
    await visitor.page.reload();
    return visitor;
  }

  async function write(visitor: Visitor, text: string): Promise<void> {
    const offered = world.stack.nextReservation();
    await visitor.write(text);
    await offered;
    await visitor.sent(text).waitFor();
  }

  it.each([
    ['data-fields', `data-fields="[{“name”:“order”}]"`, 'not valid JSON: [{“name”:“order”}]'],
    [
      'data-fields',
      `data-fields='[{"name":"order number","label":"Order"}]'`,
      'question 1 is left out: it needs a name',
    ],
    ['data-fields', `data-fields='[null]'`, 'question 1 is left out: it needs a name'],
    ['data-titel', 'data-titel="Ask us"', 'unknown setting'],
    [
      'data-lang',
      'data-lang="tlh"',
      'unknown language tlh: use ar, de, en, es, fr, pt, or add it with texts',
    ],
    ['data-theme', 'data-theme="purple"', 'must be one of light, dark, auto'],
    ['data-remember', 'data-remember="forever"', 'must be one of site, tab, none'],
    ['data-attachments', 'data-attachments="no"', 'not valid JSON: no'],
    ['data-attachments', `data-attachments='{"maxBytes":"much"}'`, 'maxBytes must be a number above 0'],
    ['data-teaser-after', 'data-teaser-after="soon"', 'must be a number of seconds'],
    ['data-context', `data-context='{"order number":"1"}'`, '"order number" is left out'],
    ['data-human-check', 'data-human-check="riddle"', 'must be one of turnstile, hcaptcha, recaptcha'],
    ['data-sound', 'data-sound="maybe"', 'must be one of true, false'],
    ['data-open', 'data-open="maybe"', 'must be one of true, false'],
    ['data-availability', 'data-availability="open"', 'must be one of true, false, closed'],
    ['data-notifications', 'data-notifications="all"', 'must be one of true, false, plain, content'],
    ['data-launcher', 'data-launcher="none"', 'must be one of hidden, shown'],
    ['data-side', 'data-side="left"', 'must be one of start, end'],
    ['data-visit', 'data-visit="no"', 'must be one of page, none'],
    ['data-texts', `data-texts='{"en":"Hi"}'`, 'not valid JSON: Hi'],
  ])('%s wrongly has it named once, and the chat all the same', async (name, attributes, problem) => {
    const visitor = await arrive(attributes);
    await visitor.launcher.click();
    await visitor.write('hello');
    await visitor.sent('hello').waitFor();

    expect(visitor.errors.splice(0)).toEqual([expect.stringContaining(`[flex-chat] ${name}: ${problem}`)]);
  });

  it.each(CLICKS)(
    'a button as in %s, clicked before the script has loaded and after it',
    async (_file, code) => {
      world.site.body = '';
      const { page, composer } = await world.arrive();
      await page.evaluate(code);

      await page.addScriptTag({ url: `${world.stack.functionsUrl}/chat.js` });

      await composer.waitFor();
      await page.evaluate('FlexChat.close()');
      await page.evaluate(code);
      await composer.waitFor();
      if (code.includes('prefill')) expect(await composer.inputValue()).toContain('About order 4711');
    },
  );

  it('an address that is none has it named once', async () => {
    const visitor = await arrive('data-functions-url="shop"');
    await visitor.launcher.waitFor();

    expect(visitor.errors.splice(0)).toContainEqual(
      '[flex-chat] data-functions-url: must be an https:// URL',
    );
  });

  it('a container that never appears has it named once, and the chat in it as soon as it appears', async () => {
    const visitor = await arrive('data-container="#nope"');

    const reported = await visitor.page.waitForEvent('console');
    expect([reported.text()]).toEqual(visitor.errors.splice(0));
    expect(reported.text()).toBe(
      '[flex-chat] data-container: no element matches #nope. The chat appears once one does',
    );
    await visitor.page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<div id="nope"></div>')`);

    await visitor.composer.waitFor();
  });

  it('a container that is no selector has it named once, and throws no error', async () => {
    const visitor = await arrive('data-container="##nope"');

    const reported = visitor.errors.splice(0);
    expect(reported).toEqual([expect.stringContaining("'##nope' is not a valid selector")]);
    expect(reported[0]).toMatch(/^\[flex-chat\] data-container: /);
    expect(await visitor.page.evaluate('typeof window.FlexChat.open')).toBe('function');
  });

  it('nothing wrong, but has what others put on script elements, has nothing named', async () => {
    const visitor = await arrive(
      'data-cfasync="false" data-turbo-track="reload" data-nscript="afterInteractive" data-cookieconsent="ignore"',
    );

    await visitor.launcher.click();
    await visitor.composer.waitFor();

    expect(visitor.errors).toEqual([]);
  });

  it('its own words for ours has them in every place, and a language of its own all the same', async () => {
    const texts = {
      en: { open: 'Ask us', send: 'Off it goes', agentJoined: 'Meet {name}', problems: { busy: 'Busy' } },
      nl: {
        direction: 'ltr',
        open: 'Chat openen',
        greeting: 'Waarmee kunnen we helpen?',
        composer: 'Bericht',
      },
    };
    const visitor = await arrive('', { texts });
    await visitor.page.getByRole('button', { name: 'Ask us' }).click();
    await write(visitor, 'hello');
    await visitor.button('Off it goes').waitFor();
    await world.accept();
    await visitor.transcript.getByText(/^Meet Grace$/i).waitFor();

    await visitor.page.evaluate(`FlexChat.setLanguage('nl'); FlexChat.reset()`);
    await visitor.page.getByRole('heading', { name: 'Waarmee kunnen we helpen?' }).waitFor();
    await visitor.page.getByRole('textbox', { name: 'Bericht', exact: true }).waitFor();
    await visitor.button('Close chat').click();

    await visitor.page.getByRole('button', { name: 'Chat openen' }).waitFor();
  });

  it('a consent has nothing asked before the visitor has agreed', async () => {
    const visitor = await arrive(
      'data-consent="We keep it for a year: [how](https://shop.example/privacy)."',
    );
    const asked: string[] = [];
    visitor.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await visitor.launcher.click();
    const agree = visitor.button('Agree and continue');
    await agree.waitFor();
    expect(
      await visitor.page.getByRole('link', { name: 'how (opens in a new tab)' }).getAttribute('href'),
    ).toBe('https://shop.example/privacy');
    expect(await visitor.page.locator('flex-chat').getByRole('textbox').count()).toBe(0);
    expect(asked).not.toContain('/token');
    expect(await agree.evaluate((button) => button.matches(':focus'))).toBe(true);

    await agree.press('Enter');

    await write(visitor, 'hello');
    await visitor.page.reload();
    await visitor.transcript.getByText('hello', { exact: true }).waitFor();
    expect(await agree.count()).toBe(0);
  });

  it('questions of every kind gets answers that fit', async () => {
    const fields = [
      { name: 'order', label: 'Order', pattern: '[0-9]{4}', hint: 'Four digits' },
      { name: 'story', label: 'What happened', type: 'textarea' },
      { name: 'member', label: 'I am a member', type: 'checkbox' },
      { name: 'terms', label: 'Terms read', type: 'checkbox', required: true, value: '2026-11' },
    ];
    const visitor = await arrive(`data-fields='${JSON.stringify(fields)}'`);
    const { page } = visitor;
    await visitor.launcher.click();
    await page.getByRole('textbox', { name: 'Order' }).fill('47');
    await page.getByRole('textbox', { name: 'What happened' }).fill('It\nbroke');
    await visitor.write('hello');
    expect(await visitor.composer.inputValue()).toBe('hello');
    await page.getByRole('textbox', { name: 'Order' }).fill('4711');
    await visitor.composer.press('Enter');
    expect(world.conversations()).toEqual([]);
    await page.getByRole('checkbox', { name: 'Terms read' }).check();

    await write(visitor, 'hello');

    expect(preChat()).toMatchObject({
      order: '4711',
      story: expect.stringMatching(/^It\r?\nbroke$/),
      terms: '2026-11',
    });
    expect(preChat()).not.toHaveProperty('member');
  });

  it('that nothing of the visit is passed on has it so', async () => {
    const visitor = await arrive(`data-visit="none" data-context='{"plan":"gold"}'`);
    await visitor.launcher.click();

    await write(visitor, 'hello');

    expect(preChat()).toEqual({ plan: 'gold' });
  });

  it('a label, a picture and a teaser has them on the button, until the visitor sends the teaser away', async () => {
    const picture =
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const visitor = await arrive(
      `data-launcher-label="Questions?" data-launcher-icon="${picture}" data-teaser="Can we help?" data-teaser-after="0" data-side="start"`,
    );
    const { page, launcher } = visitor;
    await launcher.locator('img').waitFor();
    expect(await launcher.getAttribute('aria-label')).toContain('Open chat');
    expect((await launcher.boundingBox())!.x).toBeLessThan(50);
    await page.getByRole('status').getByRole('button', { name: 'Can we help?' }).waitFor();

    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.reload();

    await launcher.waitFor();
    await launcher.click();
    await visitor.composer.waitFor();
    expect(await page.getByRole('button', { name: 'Can we help?' }).count()).toBe(0);
    await page
      .getByRole('button', { name: /^Close chat/ })
      .first()
      .waitFor();
  });

  it('a teaser has the chat opened by it', async () => {
    const visitor = await arrive('data-teaser="Can we help?" data-teaser-after="0"');

    await visitor.page.getByRole('button', { name: 'Can we help?' }).click();

    await visitor.composer.waitFor();
    expect(await visitor.page.getByRole('button', { name: 'Can we help?' }).count()).toBe(0);
  });
});
