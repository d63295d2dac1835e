/** Rich messages in the widget: templates of the Content API, and the attribute `quickReplies`. */
import type { Page } from 'playwright-core';
import { newContent, TEMPLATES } from '../emulator/content/templates';
import { violationsOf } from '../support/axe';
import { describeInBrowser } from '../support/chromium';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

describeInBrowser('rich messages', () => {
  const world = useWidget();

  const messagesOf = (conversationSid: string) => {
    const { twilio, account } = world.stack;
    return twilio.conversations.v1.services(account.conversationsServiceSid).conversations(conversationSid)
      .messages;
  };
  const say = (message: object) =>
    messagesOf(world.conversation().sid).create({
      author: world.stack.account.workers[0].identity,
      ...message,
    });
  const ask = (quickReplies: unknown) =>
    say({ body: 'Which order?', attributes: JSON.stringify({ quickReplies }) });
  async function sendTemplate(types: object, variables: object = {}): Promise<void> {
    const { sid } = await world.stack.twilio.content.v1.contents.create(newContent(types, { variables }));
    await say({ contentSid: sid });
  }
  async function arrive(): Promise<Visitor> {
    const visitor = await world.arriveAndWrite('hello');
    await world.accept();
    return visitor;
  }
  const choice = (page: Page, name: string) =>
    page.locator('flex-chat').getByRole('button', { name, exact: true });
  /** At once: a click waits for a button that can be taken. */
  const press = (page: Page, name: string) =>
    choice(page, name).evaluate((button) => (button as unknown as { click(): void }).click());
  const bubble = (page: Page, text: string) => page.locator('flex-chat .bubble', { hasText: text });
  const pressed = (page: Page, name: string) => choice(page, name).getAttribute('aria-pressed');
  const disabled = (page: Page, name: string) => choice(page, name).getAttribute('aria-disabled');
  const answers = () =>
    world.messages().flatMap(({ body, attributes }) => {
      const { answer } = JSON.parse(attributes) as { answer?: { to: string; id: string } };
      return answer ? [{ body, id: answer.id }] : [];
    });
  /** The mark under the visitor's own message, not under an earlier one. */
  const sent = (page: Page, text: string | RegExp) =>
    page
      .getByRole('log')
      .getByRole('listitem')
      .filter({ hasText: text })
      .getByText(/· (Sent|Seen)$/);
  const isAnswered = (page: Page, name: string) =>
    page.locator(`flex-chat .choice[aria-pressed=true]`, { hasText: name }).waitFor();

  it('offer choices by an attribute, which the keyboard answers once and for all', async () => {
    const { page } = await arrive();
    await ask([{ title: 'The last one', id: 'last' }, 'Another']);
    const group = page.getByRole('group', { name: 'Which order?' });
    await group.waitFor();
    await page.getByRole('status').getByText('Grace: Which order?').waitFor();
    expect(await violationsOf(page, 'quick-replies')).toEqual([]);

    await choice(page, 'The last one').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await choice(page, 'Another').click({ force: true });

    await isAnswered(page, 'The last one');
    await sent(page, 'The last one').waitFor();
    expect(answers()).toEqual([{ body: 'The last one', id: 'last' }]);
    expect([await pressed(page, 'Another'), await disabled(page, 'Another')]).toEqual(['false', 'true']);
    expect(await violationsOf(page, 'quick-replies-answered')).toEqual([]);
    // The focus has not gone anywhere.
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.className')).toBe('choice');
  });

  it('are as they were after a reload, with the choice that was made', async () => {
    const visitor = await arrive();
    const { page } = visitor;
    await ask(['One', 'Two']);
    await choice(page, 'Two').click();
    await isAnswered(page, 'Two');
    await sent(page, 'Two').waitFor();

    await page.reload();

    await isAnswered(page, 'Two');
    expect(await disabled(page, 'One')).toBe('true');
    await choice(page, 'One').click({ force: true });
    await visitor.write('and now words');
    await visitor.sent('and now words').waitFor();
    expect(answers()).toEqual([{ body: 'Two', id: 'Two' }]);
  });

  it('get one answer from two tabs that answer at the same time', async () => {
    const visitor = await arrive();
    const second = await visitor.secondTab();
    await second.locator('flex-chat .launcher').click();
    await ask(['One', 'Two']);
    await Promise.all([choice(visitor.page, 'One').waitFor(), choice(second, 'Two').waitFor()]);

    await Promise.all([press(visitor.page, 'One'), press(second, 'Two')]);

    for (const page of [visitor.page, second]) {
      await page.locator('flex-chat .choice[aria-pressed=true]').waitFor();
      await sent(page, /One|Two/).waitFor();
    }
    // What comes after it in both tabs shows that nothing else is on its way.
    await visitor.write('first');
    await visitor.sent('first').waitFor();
    const [answer, ...others] = answers();
    expect(others).toEqual([]);
    for (const page of [visitor.page, second]) await isAnswered(page, String(answer!.body));
  });

  it('of the Content API are drawn, each in its way', async () => {
    const { page, errors } = await arrive();
    for (const [type, data] of Object.entries(TEMPLATES)) {
      await sendTemplate({ [type]: data }, { 1: 'Ada', 2: 'another' });
    }

    await page.getByText('Hello Ada', { exact: true }).waitFor();
    // The site's policy lets no picture of other hosts in: its name stands there.
    await page.getByRole('link', { name: /^Ada\.png/ }).waitFor();
    await page.getByRole('link', { name: /^tea\.png/ }).waitFor();
    await page.getByRole('group', { name: 'Hello Ada, which order?' }).getByRole('button').nth(1).waitFor();
    await page
      .getByRole('group', { name: 'Towns' })
      .getByRole('button', { name: 'Berlin From 99 €' })
      .waitFor();
    await bubble(page, 'Green, 100 g').waitFor();
    const link = page.getByRole('link', { name: 'Visit (opens in a new tab)' });
    expect(await link.getAttribute('href')).toBe('https://example.com/Ada');
    const call = page.getByRole('link', { name: /^Call/ });
    expect(await call.getAttribute('href')).toBe('tel:+15550001111');
    expect(await violationsOf(page, 'templates')).toEqual([]);

    await choice(page, 'Order').click();
    await isAnswered(page, 'Order');
    await sent(page, 'Order').waitFor();
    expect(answers()).toEqual([{ body: 'Order', id: 'order' }]);
    expect(errors.splice(0).filter((line) => !/^Loading the image/.test(line))).toEqual([]);
  });

  it('of a kind that is not drawn show their words, and lead nowhere unsafe', async () => {
    const { page } = await arrive();

    await sendTemplate({ 'twilio/location': { latitude: 1, longitude: 2, label: 'Our shop' } });
    await sendTemplate({
      'twilio/call-to-action': {
        body: 'Press it',
        actions: [
          { type: 'URL', title: 'Trap', url: 'javascript:alert(1)' },
          { type: 'COPY_CODE', title: 'Code', code: 'SAVE10' },
        ],
      },
    });

    await page.getByText('Our shop', { exact: true }).waitFor();
    await bubble(page, 'Code: SAVE10').waitFor();
    expect(await page.getByRole('link', { name: /Trap/ }).count()).toBe(0);
  });

  it('cost a chat without them nothing', async () => {
    const { page } = await arrive();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await say({ body: 'plain' });
    await page.getByText('plain', { exact: true }).waitFor();
    expect(asked).not.toContain('/chat-rich.js');

    await ask(['One']);

    await choice(page, 'One').waitFor();
    expect(asked.filter((path) => path === '/chat-rich.js')).toHaveLength(1);
  });

  it('cannot be answered once the chat is over', async () => {
    const { page } = await arrive();
    await ask(['One']);
    await choice(page, 'One').waitFor();

    await world.stack.twilio.conversations.v1
      .services(world.stack.account.conversationsServiceSid)
      .conversations(world.conversation().sid)
      .update({ state: 'closed' });

    await page.getByText('This chat has ended').first().waitFor();
    expect(await disabled(page, 'One')).toBe('true');
  });
});
