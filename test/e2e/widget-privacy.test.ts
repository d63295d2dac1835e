/** What the chat leaves in the visitor's browser, and what it shows of others: no more than is meant for them. */
import { text } from 'node:stream/consumers';
import { SYSTEM, type Message, type Participant } from '../../emulator/conversations/model';
import { describeInBrowser } from '../support/chromium';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

/** As Flex writes `ada@example.com`. */
const ADA = 'ada_40example_2Ecom';

describeInBrowser('the chat keeps to itself', () => {
  const world = useWidget();

  const domain = () => world.stack.emulator.world.conversations;
  const introduce = (friendlyName: string): void => {
    const { users } = domain();
    const user = users.ensure(world.stack.account.conversationsServiceSid, ADA, SYSTEM);
    users.update(user, { friendlyName }, SYSTEM);
  };
  const join = (): Participant => domain().participants.add(world.conversation(), { identity: ADA }, SYSTEM);
  const say = (body: string): Message =>
    domain().messages.add(world.conversation(), { author: ADA, body }, SYSTEM);
  const stored = (visitor: Visitor): Promise<Record<string, string>> =>
    visitor.page.evaluate('({ ...sessionStorage, ...localStorage })');
  /** Without whether the panel is open, which is no visitor's. */
  const storedOfVisitor = async (visitor: Visitor): Promise<Record<string, string>> => {
    const all = Object.entries(await stored(visitor));
    return Object.fromEntries(all.filter(([key]) => !key.endsWith('?open')));
  };
  const passIn = (values: Record<string, string>): { identity: string } =>
    Object.values(values)
      .map(
        (value) => /"identity":"(?<identity>[^"]+)"/.exec(value)?.groups as { identity: string } | undefined,
      )
      .find((one) => one !== undefined)!;
  /** All that the page is made of, inside the chat. */
  const markup = (visitor: Visitor): Promise<string> =>
    visitor.page.evaluate(
      `document.title + document.querySelector('flex-chat').shadowRoot.innerHTML + document.documentElement.outerHTML`,
    );
  async function savedTranscript(visitor: Visitor): Promise<string> {
    domain().conversations.setState(world.conversation(), 'closed', SYSTEM);
    const saving = visitor.page.waitForEvent('download');
    await visitor.button('Save transcript').click();
    return text(await (await saving).createReadStream());
  }

  it.each(['none', 'tab', 'site'])(
    'and writes nothing over what the page has stored (data-remember="%s")',
    async (remember) => {
      world.site.body = world.embed(`data-remember="${remember}" data-sound`);
      const visitor = await world.arrive();
      await visitor.page.evaluate(`localStorage.setItem('loglevel', 'WARN')`);
      await visitor.launcher.click();
      await visitor.write('hello');
      await visitor.sent('hello').waitFor();

      const foreign = Object.entries(await stored(visitor)).filter(([key]) => !key.startsWith('flex-c'));
      expect(foreign).toEqual([['loglevel', 'WARN']]);
      if (remember === 'none') expect(Object.keys(await stored(visitor))).toEqual(['loglevel']);

      await visitor.composer.fill('not sent');
      await visitor.button('Sound').click();
      await visitor.page.evaluate('FlexChat.reset()');

      expect(await storedOfVisitor(visitor)).toEqual({ loglevel: 'WARN' });
      await visitor.composer.waitFor();
      expect(await visitor.composer.inputValue()).toBe('');
    },
  );

  it('and leaves nothing after a reset that comes while a start is under way', async () => {
    const visitor = await world.arrive();
    await visitor.launcher.click();
    await visitor.composer.waitFor();
    const { faults } = world.stack.emulator.world;
    faults.add({ kind: 'delay', delayMs: 700, path: '/Conversations$', times: 9 });
    const answered = visitor.page.waitForResponse('**/start-chat');
    await visitor.write('hello');
    const { identity } = passIn(await stored(visitor));

    await visitor.page.evaluate('FlexChat.reset()');
    await answered;
    await visitor.page.evaluate('new Promise((resolve) => setTimeout(resolve))');

    // The panel is open for the next visitor, who may have a pass by now.
    const left = await storedOfVisitor(visitor);
    expect(JSON.stringify(left)).not.toContain(identity);
    for (const value of Object.values(left)) {
      expect(JSON.parse(value)).toMatchObject({ conversationSid: null, visitorName: '' });
    }
  });

  it.each(['Ada Lovelace', ADA, 'ada@example.com'])(
    'and never shows an agent’s login, after a handover and a reload (called %s)',
    async (friendlyName) => {
      const name = friendlyName === 'Ada Lovelace' ? friendlyName : 'Agent';
      const visitor = await world.arriveAndWrite('hello');
      introduce(friendlyName);
      const ada = join();
      await visitor.transcript.getByText(`${name} has joined the chat`).waitFor();
      await visitor.page.getByRole('heading', { name }).waitFor();
      say('One moment please');
      await visitor.page.getByRole('status').getByText(`${name}: One moment please`).waitFor();
      const before = await markup(visitor);

      domain().participants.remove(world.conversation(), ada, SYSTEM);
      await visitor.transcript.getByText(`${name} has left the chat`).waitFor();
      // The panel is as open as it was.
      await visitor.page.reload();

      const line = visitor.transcript.getByRole('listitem').filter({ hasText: 'One moment please' });
      await line.getByText(name, { exact: true }).waitFor();
      const shown = [before, await markup(visitor), await savedTranscript(visitor)].join();
      expect(shown).toContain(`${name}: One moment please`);
      expect(shown).not.toMatch(/ada_40|ada@example/i);
    },
  );

  it('and shows no longer what an agent has edited or taken back', async () => {
    const visitor = await world.arriveAndWrite('hello');
    introduce('Ada');
    join();
    const card = say('Card 4111 1111 1111 1111');
    const typo = say('Your ordre is on its way');
    await visitor.transcript.getByText('Your ordre is on its way').waitFor();

    const { messages } = domain();
    messages.remove(world.conversation(), card, SYSTEM);
    messages.update(world.conversation(), typo, { body: 'Your order is on its way' }, SYSTEM);

    await visitor.transcript.getByText('Your order is on its way').waitFor();
    expect(await visitor.said()).toEqual(['hello', 'Your order is on its way']);
    expect(await savedTranscript(visitor)).not.toMatch(/4111|ordre/);
  });
});
