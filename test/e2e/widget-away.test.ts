/** What the widget shows before the first message, and the message that a visitor leaves when no chat is possible. */
import type { Page } from 'playwright-core';
import { LANGUAGES } from '../../widget/text/languages';
import { AWAY_TEXTS } from '../../widget/view/away/away-text';
import { violationsOf } from '../support/axe';
import { describeInBrowser } from '../support/chromium';
import { SEEDS } from '../support/forbidden-words';
import { HANGING_MS } from '../support/timeouts';
import { userToken } from '../support/tokens';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

describeInBrowser('availability in the widget', () => {
  const world = useWidget({ AVAILABILITY_SECONDS: '0', USER_TOKEN_SECRET: SEEDS.secret });

  const taskRouter = () => world.stack.emulator.world.taskrouter;
  const tasks = () => taskRouter().tasks.all();
  function move(activityName: string): void {
    const { activities } = taskRouter().workspaces;
    const { sid } = activities.all().find(({ friendlyName }) => friendlyName === activityName)!;
    taskRouter().updateWorker(taskRouter().workers.get(world.stack.account.workers[0].sid)!, {
      activitySid: sid,
    });
  }
  async function arrive(attributes = 'data-availability'): Promise<Visitor> {
    world.site.body = world.embed(attributes);
    const visitor = await world.arrive();
    await visitor.launcher.click();
    return visitor;
  }
  const field = (page: Page, name: string) => page.locator(`flex-chat .away-form [name=${name}]`);
  const status = (page: Page, text: string) => page.locator('flex-chat .away-line', { hasText: text });
  const fill = async (page: Page, contact = 'ada@example.com') => {
    await field(page, 'name').fill('Ada L.');
    await field(page, 'contact').fill(contact);
    await field(page, 'message').fill('Where is my order?');
  };
  const WRITTEN = ['Ada L.', 'ada@example.com', 'Where is my order?'];
  const NOTHING = ['', '', ''];
  /** Resolves once the fields have these values. In the page, whose policy forbids what `waitForFunction` does. */
  const written = (page: Page, expected: string[]) =>
    page.evaluate(`new Promise((resolve) => {
      const look = () => {
        const fields = [...document.querySelector('flex-chat').shadowRoot.querySelectorAll('.away-form [name]')];
        const values = JSON.stringify(fields.map(({ value }) => value));
        if (values === ${JSON.stringify(JSON.stringify(expected))}) resolve();
        else requestAnimationFrame(look);
      };
      look();
    })`);
  const left = (page: Page) => page.getByText('We have your message').waitFor();

  it('says in the panel and at the button that agents are here', async () => {
    const { page, launcher, composer } = await arrive();
    await status(page, 'Agents are available.').waitFor();
    expect(await launcher.getAttribute('data-availability')).toBe('here');
    expect(await launcher.getAttribute('aria-description')).toBe('Agents are available.');
    expect(await composer.isVisible()).toBe(true);
    expect(await page.locator('flex-chat .away-form').count()).toBe(0);
  });

  it('takes a message by keyboard when no agent is here, after it named what is wrong', async () => {
    move('Offline');
    const { page, launcher } = await arrive();
    await status(page, 'No agents are available').waitFor();
    expect(await launcher.getAttribute('data-availability')).toBe('away');
    expect(await page.locator('flex-chat .composer').isVisible()).toBe(false);
    expect(await violationsOf(page, 'leave-message')).toEqual([]);

    await field(page, 'message').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const errors = page.locator('flex-chat .away-form .field-error');
    expect(await errors.allTextContents()).toEqual(Array(3).fill('Please fill this in.'));
    expect(await field(page, 'name').evaluate((input) => input.matches(':focus'))).toBe(true);
    await page.keyboard.type('Ada L.');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ada');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Where is my order?');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await errors.nth(1).textContent()).toBe('Please enter an e-mail address or a phone number.');
    expect(await field(page, 'contact').getAttribute('aria-invalid')).toBe('true');
    expect(await violationsOf(page, 'leave-message-errors')).toEqual([]);
    expect(tasks()).toEqual([]);

    await field(page, 'contact').fill(' +49 30 123456 ');
    await page.keyboard.press('Enter');
    await left(page);
    expect(await violationsOf(page, 'message-left')).toEqual([]);
    expect(tasks().map(({ attributes }) => JSON.parse(attributes) as object)).toEqual([
      expect.objectContaining({ name: 'Ada L.', phone: '+49 30 123456', message: 'Where is my order?' }),
    ]);

    await page.getByRole('button', { name: 'Leave another message' }).click();
    await field(page, 'message').fill('And my invoice?');
    await page.getByRole('button', { name: 'Send message' }).click();
    await left(page);
    expect(tasks()).toHaveLength(2);
  });

  it('leaves one message if the answer is lost, and if the button is pressed twice', async () => {
    move('Offline');
    const { page } = await arrive();
    await page.route(
      '**/leave-message',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await fill(page);
    const send = page.getByRole('button', { name: 'Send message' });
    await send.dblclick();
    await page.locator('flex-chat .away-problem').waitFor();
    expect(await violationsOf(page, 'message-not-left')).toEqual([]);
    expect(await field(page, 'message').inputValue()).toBe('Where is my order?');

    await send.click();
    await left(page);
    expect(tasks()).toHaveLength(1);
  });

  it('lets the visitor chat anyway', async () => {
    move('Offline');
    const visitor = await arrive();
    await visitor.button('Start a chat anyway').click();
    expect(await visitor.composer.evaluate((input) => input.matches(':focus'))).toBe(true);
    const waiting = world.stack.emulator.world.taskrouter;
    await visitor.write('hello');
    await visitor.sent('hello').waitFor();
    await status(visitor.page, 'You are number 1 in the queue.').waitFor({ timeout: HANGING_MS });
    expect(waiting.tasks.all()).toHaveLength(1);
  });

  it('is closed if the page says so, without a request before the message', async () => {
    const visitor = await arrive('data-availability="closed"');
    const { page } = visitor;
    await status(page, 'We are closed at the moment.').waitFor();
    expect(await visitor.button('Start a chat anyway').count()).toBe(0);
    await fill(page);
    await page.getByRole('button', { name: 'Send message' }).click();
    await left(page);
    expect(tasks()).toHaveLength(1);
  });

  it('asks nothing before consent', async () => {
    const requests: string[] = [];
    world.site.body = world.embed('data-availability data-consent="Agree?"');
    const visitor = await world.arrive();
    const { page } = visitor;
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await visitor.launcher.click();
    await visitor.button('Agree and continue').waitFor();
    expect(requests.filter((path) => /availability|token|away/.test(path))).toEqual([]);
    await visitor.button('Agree and continue').click();
    await status(page, 'Agents are available.').waitFor();
  });

  it.each(Object.keys(LANGUAGES))('speaks %s', async (language) => {
    move('Offline');
    const { page } = await arrive(`data-availability data-lang="${language}"`);
    const { leave, contact } = AWAY_TEXTS[language]!;
    await page.getByRole('heading', { name: leave }).waitFor();
    await page.getByRole('textbox', { name: contact }).waitFor();
    expect(await violationsOf(page, `leave-message-${language}`)).toEqual([]);
  });

  it('keeps what is written across a reload, until the message has arrived', async () => {
    move('Offline');
    const { page } = await arrive();
    await fill(page);

    await page.reload();
    await written(page, WRITTEN);
    await page.getByRole('button', { name: 'Send message' }).click();
    await left(page);

    await page.reload();
    await written(page, ['Ada L.', 'ada@example.com', '']);
    expect(tasks()).toHaveLength(1);
  });

  it('leaves one message if the page is reloaded before the answer', async () => {
    move('Offline');
    const { page } = await arrive();
    const arrived = new Promise<void>((resolve) => {
      void page.route(
        '**/leave-message',
        async (route) => {
          await route.fetch();
          resolve();
        },
        { times: 1 },
      );
    });
    await fill(page);
    await page.getByRole('button', { name: 'Send message' }).click();
    await arrived;

    await page.reload();
    await field(page, 'message').waitFor();
    await page.getByRole('button', { name: 'Send message' }).click();
    await left(page);

    expect(tasks()).toHaveLength(1);
  });

  it('is forgotten with the visitor, in every tab and after a reload', async () => {
    move('Offline');
    const visitor = await arrive();
    const { page } = visitor;
    await fill(page);
    const other = await visitor.secondTab();
    await other.locator('flex-chat .launcher').click();
    await fill(other);

    await page.evaluate('FlexChat.reset()');

    await written(other, NOTHING);
    await written(page, NOTHING);
    await page.reload();
    await page.locator('flex-chat .launcher').click();
    await written(page, NOTHING);
  });

  it('is separate for each user of a browser', async () => {
    move('Offline');
    const { page } = await arrive();
    const become = (user: string) =>
      page.evaluate(`FlexChat.identify('${userToken(SEEDS.secret, { sub: user })}')`);
    await become('ada');
    await field(page, 'message').waitFor();
    await fill(page);

    await become('bob');
    await written(page, NOTHING);
    await become('ada');

    await written(page, WRITTEN);
  });

  it('is not kept if the site wants nothing remembered', async () => {
    move('Offline');
    const { page } = await arrive('data-availability data-remember="none"');
    await fill(page);
    expect(await page.evaluate('Object.keys(sessionStorage).length + Object.keys(localStorage).length')).toBe(
      0,
    );
  });

  it('does not disturb a chat if the Function fails', async () => {
    world.site.body = world.embed('data-availability');
    const visitor = await world.arrive();
    await visitor.page.route('**/availability', (route) => route.fulfill({ status: 500, body: '{}' }));
    await visitor.launcher.click();
    await visitor.write('hello');
    await visitor.sent('hello').waitFor();
  });
});
