/** A visitor signs in during a chat: the chat continues, for the user alone. */
import { describeInBrowser } from '../support/chromium';
import { SEEDS } from '../support/forbidden-words';
import { userToken } from '../support/tokens';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

describeInBrowser('signing in during a chat', () => {
  const world = useWidget({ USER_TOKEN_SECRET: SEEDS.secret, STARTS_PER_IDENTITY_PER_HOUR: '0' });

  const tokenOf = (user: string): string =>
    userToken(SEEDS.secret, { sub: `${user}@example.com`, claims: { name: user } });
  const identify = async ({ page }: Visitor, user: string): Promise<void> => {
    await page.evaluate(`FlexChat.identify('${tokenOf(user)}')`);
  };
  const claimed = ({ page }: Visitor) => page.waitForResponse('**/claim-chat');
  const chats = () => world.conversations().filter(({ uniqueName }) => uniqueName?.startsWith('chat-'));
  const participants = (sid: string): string[] =>
    world.stack.emulator.world.conversations.participants
      .ofConversation(sid)
      .map(({ identity }) => identity ?? '');
  const tasks = () => world.stack.emulator.world.taskrouter.tasks.list(world.stack.account.workspaceSid);
  const answer = (body: string) =>
    world.stack.twilio.conversations.v1
      .services(world.stack.account.conversationsServiceSid)
      .conversations(chats()[0]!.sid)
      .messages.create({ author: world.stack.account.workers[0].identity, body });

  it('continues it with the same Conversation, Task and messages, each shown as before', async () => {
    const visitor = await world.arriveAndWrite('my order is late');
    await answer('Which one?');
    await visitor.transcript.getByText('Which one?').waitFor();

    const done = claimed(visitor);
    await identify(visitor, 'Ada');
    expect((await done).status()).toBe(200);
    await visitor.transcript.getByText('Which one?').waitFor();
    await visitor.write('number 4711');
    await visitor.sent('number 4711').waitFor();

    expect(chats()).toHaveLength(1);
    expect(participants(chats()[0]!.sid).filter((one) => /^(user|visitor)-/.test(one))).toEqual([
      expect.stringMatching(/^user-/),
    ]);
    expect(tasks()).toHaveLength(1);
    expect(JSON.parse(tasks()[0]!.attributes)).toMatchObject({ customerName: 'Ada' });
    expect(await visitor.said()).toEqual(['my order is late', 'Which one?', 'number 4711']);
    expect(await visitor.transcript.locator('.message-visitor .bubble').allTextContents()).toEqual([
      'my order is late',
      'number 4711',
    ]);
    // The visitor before the sign-in is no agent.
    expect(await visitor.transcript.getByText(/has joined/).count()).toBe(0);
  });

  it('does so with the panel closed, and after the page of the sign-in', async () => {
    const visitor = await world.arriveAndWrite('my order is late');
    await visitor.page.evaluate('FlexChat.close()');
    world.site.body = world.embed(`data-user-token="${tokenOf('Ada')}"`);
    const done = claimed(visitor);

    await visitor.page.reload();

    expect((await done).status()).toBe(200);
    await visitor.launcher.click();
    await visitor.transcript.getByText('my order is late', { exact: true }).waitFor();
    await answer('Which one?');
    await visitor.transcript.getByText('Which one?').waitFor();
    expect(chats()).toHaveLength(1);
  });

  it('keeps what is being written, and sends nothing of it by itself', async () => {
    const visitor = await world.arriveAndWrite('my order is late');
    await visitor.composer.fill('half a sen');

    const done = claimed(visitor);
    await identify(visitor, 'Ada');
    await done;
    await visitor.transcript.getByText('my order is late', { exact: true }).waitFor();

    expect(await visitor.composer.inputValue()).toBe('half a sen');
    const { messages } = world.stack.emulator.world.conversations;
    const bodies = messages.ofConversation(chats()[0]!.sid).map(({ body }) => body);
    expect(bodies).not.toContain('half a sen');
  });

  it('shows the second user of the browser nothing of it, and keeps it for the first', async () => {
    const visitor = await world.arriveAndWrite('private words');
    const done = claimed(visitor);
    await identify(visitor, 'Ada');
    await done;
    await visitor.transcript.getByText('private words', { exact: true }).waitFor();

    await identify(visitor, 'Bob');
    await visitor.page.getByRole('heading', { name: 'How can we help?' }).waitFor();
    expect(await visitor.said()).toEqual([]);
    await visitor.page.reload();
    await visitor.page.getByRole('heading', { name: 'How can we help?' }).waitFor();
    expect(await visitor.said()).toEqual([]);

    await identify(visitor, 'Ada');
    await visitor.transcript.getByText('private words', { exact: true }).waitFor();
    expect(chats()).toHaveLength(1);
  });

  it('does not continue what another tab began: a user who comes later gets nothing of it', async () => {
    const visitor = await world.arriveAndWrite('left on a shared computer');
    await visitor.page.close();
    world.site.body = world.embed(`data-user-token="${tokenOf('Bob')}"`);

    const page = await visitor.secondTab();
    await page.locator('flex-chat .launcher').click();
    await page.getByRole('heading', { name: 'How can we help?' }).waitFor();

    expect(await page.getByText('left on a shared computer').count()).toBe(0);
    expect(participants(chats()[0]!.sid)).toEqual([expect.stringMatching(/^visitor-/)]);
  });

  it('survives a lost answer', async () => {
    const visitor = await world.arriveAndWrite('my order is late');
    let calls = 0;
    await visitor.page.route('**/claim-chat', async (route) => {
      calls += 1;
      if (calls === 1) {
        await route.fetch();
        await route.abort();
      } else await route.continue();
    });

    await identify(visitor, 'Ada');

    await visitor.transcript.getByText('my order is late', { exact: true }).waitFor();
    await visitor.write('still me');
    await visitor.sent('still me').waitFor();
    expect(calls).toBe(2);
    expect(chats()).toHaveLength(1);
    expect(tasks()).toHaveLength(1);
  });

  it('opens the user’s own chat instead, if there is one on another device', async () => {
    world.site.body = world.embed(`data-user-token="${tokenOf('Ada')}"`);
    const phone = await world.arriveAndWrite('from my phone');
    world.site.body = world.embed();
    const laptop = await world.arrive();
    await laptop.launcher.click();
    await laptop.write('from my laptop');
    await laptop.sent('from my laptop').waitFor();

    const done = claimed(laptop);
    await identify(laptop, 'Ada');
    expect((await done).status()).toBe(409);
    await laptop.write('it is me');

    await laptop.transcript.getByText('from my phone', { exact: true }).waitFor();
    await phone.transcript.getByText('it is me', { exact: true }).waitFor();
    expect(await laptop.said()).not.toContain('from my laptop');
  });
});
