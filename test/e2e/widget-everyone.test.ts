/** The chat with a keyboard, a screen reader, a phone or a zoomed page. */
import type { Page } from 'playwright-core';
import { de } from '../../widget/text/de';
import { en } from '../../widget/text/en';
import { SYSTEM } from '../../emulator/conversations/model';
import { INITIAL_STATE } from '../../widget/state/model';
import { violationsOf } from '../support/axe';
import { describeInBrowser } from '../support/chromium';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

const PHONE = { viewport: { width: 390, height: 780 } };
const FIELDS = [
  { name: 'order', label: 'Order number', required: true },
  { name: 'mail', label: 'E-mail', type: 'email' },
];

const HEARD = `
  window.received = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) received.push(node.textContent);
  }).observe(document.querySelector('flex-chat').shadowRoot.querySelector('[role=status]'), { childList: true });
`;

describeInBrowser('everyone', () => {
  const world = useWidget();

  /** What has the focus: a class or name inside the chat, else the page's element. */
  const focused = (page: Page): Promise<string> =>
    page.evaluate(`(() => {
      const host = document.querySelector('flex-chat');
      if (document.activeElement !== host) return 'page: ' + document.activeElement?.localName;
      const element = host.shadowRoot.activeElement;
      return element.className || element.localName;
    })()`);
  const say = (body: string) =>
    world.stack.emulator.world.conversations.messages.add(
      world.conversation(),
      { author: 'system', body },
      SYSTEM,
    );
  const untilHeard = (page: Page, last: string): Promise<unknown> =>
    page.waitForFunction(
      (wanted) => (globalThis as unknown as { received: string[] }).received.includes(wanted),
      last,
    );
  async function talking(options = {}): Promise<Visitor> {
    const visitor = await world.arriveAndWrite('hello', options);
    await world.accept();
    await visitor.transcript.getByText('Grace has joined the chat').waitFor();
    return visitor;
  }

  it.each([
    ['on a phone', PHONE],
    ['on a page at 400 %', { viewport: { width: 320, height: 256 } }],
  ])('stays in the chat that fills the window (%s), and finds the page as it was', async (_, options) => {
    world.site.css = 'main { height: 3000px }';
    const { page, launcher, composer, button } = await (async () => {
      const visitor = await world.arrive(options);
      return Object.assign(visitor, { button: visitor.button.bind(visitor) });
    })();
    await launcher.click();
    await composer.waitFor();

    for (let step = 0; step < 12; step++) {
      await page.keyboard.press('Tab');
      expect(await focused(page)).not.toMatch(/^page: (a|main)/);
    }
    await page.mouse.wheel(0, 500);
    expect(await page.evaluate('[scrollY, document.querySelector("main").inert]')).toEqual([0, true]);
    expect(await page.getByRole('dialog').getAttribute('aria-modal')).toBe('true');

    await button('Close chat').click();
    // The panel gives the page back in an effect, after the click.
    await page.waitForFunction(
      '!document.querySelector("main").inert && document.documentElement.style.overflow === ""',
    );
    expect(await focused(page)).toBe('launcher');
  });

  it('reaches the page beside the chat on a desktop', async () => {
    const { page, launcher, composer } = await world.arrive();
    await launcher.click();
    await composer.waitFor();

    await page.getByRole('link', { name: 'Basket' }).focus();

    expect(await focused(page)).toBe('page: a');
    expect(await page.getByRole('dialog').getAttribute('aria-modal')).toBe('false');
  });

  it('answers the question in front with Escape, and closes the chat with the next', async () => {
    const visitor = await talking();
    const { page } = visitor;
    await visitor.button('End chat').click();
    const question = page.getByRole('group', { name: 'End this chat?' });
    await question.waitFor();

    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(await visitor.composer.isVisible()).toBe(true);
    expect(await focused(page)).toBe('icon-button');

    await page.keyboard.press('Escape');
    await visitor.composer.waitFor({ state: 'hidden' });
  });

  it('hears in their own language what is missing in which field, until it is there', async () => {
    world.site.body = world.embed(`data-lang="de" data-fields='${JSON.stringify(FIELDS)}'`);
    const { page, launcher } = await world.arrive();
    await launcher.click();
    const composer = page.getByRole('textbox', { name: de.composer, exact: true });
    const order = page.getByLabel('Order number');
    const mail = page.getByLabel('E-mail');
    await mail.fill('not an address');
    await composer.fill('Hallo');
    await composer.press('Enter');

    const reported = (field: typeof order): Promise<string> =>
      field.evaluate((element) => {
        type Described = {
          getAttribute(name: string): string;
          getRootNode(): { getElementById(id: string): { textContent: string } };
        };
        const described = element as unknown as Described;
        return described.getRootNode().getElementById(described.getAttribute('aria-describedby')).textContent;
      });
    await page.getByText(de.missing).waitFor();
    expect(await focused(page)).toBe('field-input');
    expect([await reported(order), await reported(mail)]).toEqual([de.missing, de.malformed]);
    expect(await order.getAttribute('aria-invalid')).toBe('true');
    expect(await violationsOf(page, 'new-field-errors')).toEqual([]);
    expect(world.conversations()).toEqual([]);

    await order.fill('4711');
    await page.getByText(de.missing).waitFor({ state: 'detached' });
    await mail.fill('ada@example.com');
    await composer.press('Enter');
    await page.getByRole('log').getByText('Hallo').waitFor();
  });

  it('never loses the focus to the page, whichever button they press', async () => {
    world.site.body = world.embed('data-survey data-sound data-notifications');
    const kept: string[] = [];
    const visitor = await world.arrive();
    const { page } = visitor;
    await page.evaluate(`
      Object.defineProperty(Notification, 'permission', { value: 'default' });
      Notification.requestPermission = async () => 'denied';
    `);
    await visitor.launcher.click();
    const offered = world.stack.nextReservation();
    await visitor.write('hello');
    await offered;
    // In each state every button is pressed, those last that lead to the next state.
    const press = async (...names: string[]): Promise<void> => {
      for (const name of names) {
        await visitor.button(name).last().focus();
        await page.keyboard.press('Enter');
        await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))');
        kept.push(`${name}: ${await focused(page)}`);
      }
    };

    await press('Sound', 'Notify me of replies');
    await page.getByRole('button', { name: 'Attach files' }).waitFor();
    await page
      .locator('flex-chat input[type=file]')
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
    await press('Remove a.txt');
    await press('End chat', 'Continue', 'End chat');
    await page
      .getByRole('group', { name: en.endQuestion })
      .getByRole('button', { name: 'End chat' })
      .press('Enter');
    await visitor.button('Start a new chat').waitFor();
    kept.push(`ended: ${await focused(page)}`);
    await page.getByRole('radio', { name: '4' }).check();
    await press('Send');
    await page.getByText(en.thanks).waitFor();
    kept.push(`rated: ${await focused(page)}`);
    await press('Save transcript', 'Start a new chat');
    await visitor.write('again');
    await visitor.sent('again').waitFor();
    await press('End chat');
    await page
      .getByRole('group', { name: en.endQuestion })
      .getByRole('button', { name: 'End chat' })
      .press('Enter');
    await visitor.button('Remove from this device').waitFor();
    await press('Remove from this device');

    expect(kept.filter((one) => one.includes('page:'))).toEqual([]);
    expect(kept).toHaveLength(13);
  });

  it('keeps all of a long paste, and sees by how much to shorten it', async () => {
    const visitor = await world.arrive();
    await visitor.launcher.click();
    const long = 'a'.repeat(INITIAL_STATE.maxMessageChars + 100);
    await visitor.composer.fill(long);

    await visitor.page.getByText('1,700 of 1,600 characters').waitFor();
    expect(await violationsOf(visitor.page, 'new-too-long')).toEqual([]);
    await visitor.composer.press('Enter');
    expect(await visitor.composer.inputValue()).toBe(long);
    expect(await visitor.composer.getAttribute('aria-invalid')).toBe('true');

    await visitor.write(long.slice(100));
    await visitor.sent(long.slice(100)).waitFor();
    expect(await visitor.page.getByText('characters: please shorten').count()).toBe(0);
  });

  it('may write as much as the Functions take', async () => {
    await world.stack.configure({ MAX_MESSAGE_CHARS: '20' });
    const visitor = await world.arrive();
    const reported = visitor.page.waitForResponse('**/token');
    await visitor.launcher.click();
    await reported;

    await visitor.composer.fill('twenty-one characters');
    await visitor.page.getByText('21 of 20 characters').waitFor();
    await world.stack.configure({});
  });

  it('gets one announcement each for the queue, a reconnect, typing and a new chat', async () => {
    const visitor = await talking();
    const { page } = visitor;
    await page.evaluate(HEARD);
    const { realtime } = world.stack.emulator.world;
    realtime.faults.add({ on: 'init', status: 503, times: 100 });
    realtime.drop();
    await page.getByRole('alert').getByText(en.reconnecting).waitFor();
    await visitor.write('are you there?');
    await untilHeard(page, en.queued);
    realtime.faults.clear();
    await visitor.sent('are you there?').waitFor();
    await untilHeard(page, 'Sent');
    world.stack.emulator.world.conversations.conversations.setState(world.conversation(), 'closed', SYSTEM);
    await visitor.button('Start a new chat').click();
    await untilHeard(page, en.newChat);

    const received = await page.evaluate<string[]>('received');
    for (const line of [en.queued, en.reconnected, 'Sent', en.ended, en.newChat]) {
      expect([line, received.filter((one) => one === line).length]).toEqual([line, 1]);
    }
  });

  it('sees a warning when the agent has left, until another agent joins', async () => {
    const visitor = await talking();
    const { participants } = world.stack.emulator.world.conversations;
    const agent = participants.find(world.conversation().sid, world.stack.account.workers[0].identity)!;

    participants.remove(world.conversation(), agent, SYSTEM);
    const hint = visitor.page.getByText('Grace is finishing this chat or handing it over');
    await hint.waitFor();
    await visitor.page.getByText('Your agent has left').waitFor();
    expect(await violationsOf(visitor.page, 'new-agent-gone')).toEqual([]);

    participants.add(world.conversation(), { identity: 'hedy_40example_2Ecom' }, SYSTEM);
    await hint.waitFor({ state: 'detached' });
  });

  it('has seen what was on the screen, and finds the way to the rest', async () => {
    const visitor = await talking();
    const { page } = visitor;
    for (let line = 1; line <= 30; line++) say(`line ${line}`);
    await visitor.transcript.getByText('line 30', { exact: true }).waitFor();
    const seenIndex = (): number | null => {
      const { participants } = world.stack.emulator.world.conversations;
      const all = participants.ofConversation(world.conversation().sid);
      return all.find(({ identity }) => identity?.startsWith('visitor-'))!.lastReadMessageIndex;
    };
    const readUpTo = async (index: number): Promise<void> => {
      while (seenIndex() !== index) {
        await new Promise((resolve) => {
          const off = world.stack.emulator.world.conversations.events.on('participantUpdated', () =>
            resolve(off()),
          );
        });
      }
    };
    await readUpTo(30);
    // The chat follows the end until it receives the scroll event.
    await visitor.transcript.evaluate((region) => {
      const scrolled = new Promise((resolve) =>
        region.addEventListener('scrollend', resolve, { once: true }),
      );
      (region as unknown as { scrollTop: number }).scrollTop = 0;
      return scrolled.then(() => undefined);
    });

    say('**further** down: [our terms](https://example.com/terms)\n- `one`\n- https://аррӏе.example');
    say('at the end');
    const pill = visitor.button('Unread messages: 2');
    await pill.waitFor();
    expect(seenIndex()).toBe(30);
    expect(await violationsOf(page, 'new-unread')).toEqual([]);
    await pill.click();

    await readUpTo(32);
    await pill.waitFor({ state: 'detached' });
    const line = visitor.transcript.getByRole('listitem').filter({ hasText: 'New messages' });
    expect(await line.innerText()).toContain('further down');
    expect(await page.title()).toBe('A shop');
  });
});
