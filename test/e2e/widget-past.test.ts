/** A signed-in user's earlier chats in the widget: on any device, by keyboard, for everyone, and no one else's. */
import { ar } from '../../widget/text/ar';
import { en } from '../../widget/text/en';
import type { Text } from '../../widget/text/text';
import { violationsOf } from '../support/axe';
import { describeInBrowser } from '../support/chromium';
import { SEEDS } from '../support/forbidden-words';
import { userToken } from '../support/tokens';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

const PHONE = { width: 390, height: 780 };

describeInBrowser('earlier chats', () => {
  const world = useWidget({ USER_TOKEN_SECRET: SEEDS.secret, STARTS_PER_IDENTITY_PER_HOUR: '0' });

  const arriveAs = async (
    sub: string,
    { text = en, ...options }: { text?: Text } & Parameters<typeof world.arrive>[0] = {},
  ): Promise<Visitor> => {
    world.site.body = world.embed(
      `data-user-token="${userToken(SEEDS.secret, { sub })}" data-lang="${text.language}"`,
    );
    const visitor = await world.arrive(options);
    await visitor.launcher.click();
    await visitor.page.getByRole('textbox', { name: text.composer, exact: true }).waitFor();
    return visitor;
  };
  /** The user writes, the agent answers, and the chat is closed. */
  const aPastChat = async (sub: string, words: string, answer: string): Promise<void> => {
    const visitor = await arriveAs(sub);
    await visitor.write(words);
    await visitor.sent(words).waitFor();
    const { conversations } = world.stack.emulator.world.conversations;
    const open = world.conversations().find(({ state }) => state === 'active')!;
    await world.stack.twilio.conversations.v1
      .services(open.chatServiceSid)
      .conversations(open.sid)
      .messages.create({ author: world.stack.account.workers[0].identity, body: answer });
    await visitor.transcript.getByText(answer, { exact: true }).waitFor();
    conversations.setState(conversations.get(open.sid)!, 'closed', { source: 'EVENT' });
    await visitor.button('Start a new chat').waitFor();
  };

  it('are read on another device by keyboard alone, and lead back to the composer', async () => {
    await aPastChat('ada', 'my first question', 'my first answer');
    await aPastChat('ada', 'my second question', 'my second answer');
    const { page, ...visitor } = await arriveAs('ada', { viewport: PHONE });
    const transcript = page.getByRole('log');

    await page.getByRole('button', { name: 'Earlier chats' }).focus();
    await page.keyboard.press('Enter');
    const list = page.getByRole('listitem').getByRole('button');
    await list.nth(1).waitFor();
    expect(await page.getByRole('heading', { name: 'Earlier chats' }).evaluate(isFocused)).toBe(true);
    expect(await list.count()).toBe(2);
    expect(await list.first().innerText()).toMatch(/^Today, \d/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    await transcript.getByText('my first answer').waitFor();
    expect(await transcript.locator('.bubble').allTextContents()).toEqual([
      'my first question',
      'my first answer',
    ]);
    expect(await page.getByRole('textbox').count()).toBe(0);
    await page.getByRole('button', { name: 'Back' }).focus();
    await page.keyboard.press('Enter');
    await list.nth(1).waitFor();
    expect(await list.nth(1).evaluate(isFocused)).toBe(true);
    await page.getByRole('button', { name: 'Back' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
    const composer = page.getByRole('textbox', { name: 'Message', exact: true });
    expect(await composer.evaluate(isFocused)).toBe(true);
    expect(world.conversations()).toHaveLength(2);
    expect(visitor.errors).toEqual([]);
  });

  it('are the user’s own: another user of the same browser sees none', async () => {
    await aPastChat('ada', 'my private question', 'my private answer');
    const { page } = await arriveAs('ada');
    await page.getByRole('button', { name: 'Earlier chats' }).click();
    await page.getByRole('listitem').getByRole('button').click();
    await page.getByRole('log').getByText('my private question').waitFor();

    await page.evaluate(`FlexChat.identify('${userToken(SEEDS.secret, { sub: 'bob' })}'); FlexChat.open()`);
    await page.getByRole('button', { name: 'Earlier chats' }).click();

    await page.getByText(en.noPast).waitFor();
    expect(await page.getByText(/private/).count()).toBe(0);
    const kept = await page.evaluate<string>('JSON.stringify([localStorage, sessionStorage])');
    expect(kept).not.toContain('private');
  });

  it('are not offered to an anonymous visitor, whose page does not load the code', async () => {
    const visitor = await world.arrive();
    const asked: string[] = [];
    visitor.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await visitor.launcher.click();
    await visitor.composer.waitFor();

    expect(await visitor.page.getByRole('button', { name: 'Earlier chats' }).count()).toBe(0);
    expect(asked).not.toContain('/chat-more.js');
  });

  it('say what is wrong, and work at the next try', async () => {
    await aPastChat('ada', 'my question', 'my answer');
    const { page } = await arriveAs('ada');
    await page.route('**/chat-more.js', (route) => route.abort(), { times: 1 });
    await page.getByRole('button', { name: 'Earlier chats' }).click();
    await page.getByRole('alert').getByText(en.chatNotLoaded).waitFor();
    await page.route('**/list-chats', (route) => route.abort(), { times: 1 });

    await page.getByRole('button', { name: 'Earlier chats' }).click();
    await page.getByRole('alert').getByText(en.problems.unreachable).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();

    await page.getByRole('listitem').getByRole('button').waitFor();
  });

  it.each([
    ['light-desktop', en, { colorScheme: 'light', viewport: { width: 1100, height: 800 } }],
    ['rtl-dark-phone', ar, { colorScheme: 'dark', viewport: PHONE }],
    ['zoomed-forced-colors', en, { forcedColors: 'active', viewport: { width: 550, height: 400 } }],
  ] as const)('are for everyone (%s)', async (look, text, options) => {
    const early = await arriveAs('ada', { text, ...options });
    const found: string[] = [];
    await early.button(text.past).click();
    await early.page.getByText(text.noPast).waitFor();
    found.push(...(await violationsOf(early.page, `${look}-past-none`)));
    await aPastChat('ada', 'my question', 'my answer');

    const { page, ...visitor } = await arriveAs('ada', { text, ...options });
    found.push(...(await violationsOf(page, `${look}-past-offered`)));
    await page.getByRole('button', { name: text.past }).click();
    await page.getByRole('listitem').getByRole('button').waitFor();
    found.push(...(await violationsOf(page, `${look}-past-list`)));
    await page.getByRole('listitem').getByRole('button').click();
    await page.getByRole('log').getByText('my answer').waitFor();
    found.push(...(await violationsOf(page, `${look}-past-open`)));

    expect(found).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });
});

/** In the shadow root. Runs in the page. */
function isFocused(element: { getRootNode(): unknown }): boolean {
  return (element.getRootNode() as { activeElement: unknown }).activeElement === element;
}
