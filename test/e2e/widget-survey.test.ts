/** The question at the end of a chat: who is asked, how it is answered, and where the answer is found. */
import { describeInBrowser } from '../support/chromium';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

describeInBrowser('the survey', () => {
  const world = useWidget();
  const question = (visitor: Visitor) => visitor.page.getByRole('group', { name: 'How was this chat?' });
  const thanks = (visitor: Visitor) => visitor.page.getByText('Thank you. Your feedback helps us.');

  /** What is kept about this chat, as a report would look for it. */
  async function kept(chatSid: string): Promise<unknown> {
    const { twilio, account } = world.stack;
    const { conversations } = twilio.conversations.v1.services(account.conversationsServiceSid);
    const records = await conversations.list();
    const record = records.find(({ uniqueName }) => uniqueName?.startsWith(`rating-${chatSid}-`));
    return JSON.parse(record!.attributes) as unknown;
  }

  async function endedByVisitor(attributes = 'data-survey'): Promise<Visitor> {
    world.site.body = world.embed(attributes);
    const visitor = await world.arriveAndWrite('hello');
    await visitor.button('End chat').click();
    await visitor.page
      .getByRole('group', { name: 'End this chat?' })
      .getByRole('button', { name: 'End chat' })
      .click();
    await visitor.button('Start a new chat').waitFor();
    return visitor;
  }

  it('is not shown if the site does not enable it', async () => {
    const visitor = await endedByVisitor('');

    expect(await visitor.page.getByRole('radio').count()).toBe(0);
  });

  it('takes the answer of a visitor who has ended the chat, with the keyboard alone', async () => {
    const visitor = await endedByVisitor();
    const { page } = visitor;
    const { sid } = world.conversation();

    await page.getByRole('radio', { name: '1 Very poor' }).focus();
    for (let step = 2; step <= 4; step++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Quick and kind');
    await page.keyboard.press('Enter');

    await thanks(visitor).waitFor();
    expect(await kept(sid)).toEqual({ conversation_sid: sid, rating: 4, comment: 'Quick and kind' });
    // What had the focus is gone: it is on what took its place, not lost to the page.
    const focused = `document.querySelector('flex-chat').shadowRoot.activeElement.textContent`;
    expect(await page.evaluate(focused)).toBe('Thank you. Your feedback helps us.');
  });

  it('takes its room without covering what was said last', async () => {
    world.site.body = world.embed('data-survey');
    const { page } = await world.arriveAndWrite('hello', { viewport: { width: 390, height: 480 } });
    const toTheEnd = `(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)
      (document.querySelector('flex-chat').shadowRoot.querySelector('[role=log]'))`;
    const { twilio, account } = world.stack;
    await twilio.conversations.v1
      .services(account.conversationsServiceSid)
      .conversations(world.conversation().sid)
      .update({ state: 'closed' });
    const best = page.getByRole('radio', { name: '5 Very good' });

    await best.check();

    await page.getByRole('textbox', { name: 'Anything to add? (optional)' }).waitFor();
    await page.waitForFunction(`${toTheEnd} < 2`);
  });

  it("asks in the site's own words, when the agent has completed the Task too", async () => {
    world.site.body = world.embed('data-survey="Did we help you?"');
    const visitor = await world.arriveAndWrite('hello');
    await world.accept();
    const { twilio, account } = world.stack;
    const { tasks } = twilio.taskrouter.v1.workspaces(account.workspaceSid);
    const [task] = await tasks.list();
    await tasks(task!.sid).update({ assignmentStatus: 'completed' });

    await visitor.page.getByRole('group', { name: 'Did we help you?' }).waitFor();
    await visitor.page.getByRole('radio', { name: '5 Very good' }).check();
    await visitor.button('Send').click();

    await thanks(visitor).waitFor();
    const chat = world.conversations().find(({ uniqueName }) => uniqueName?.startsWith('chat-'))!;
    expect(chat.state).toBe('closed');
    expect(await kept(chat.sid)).toEqual({ conversation_sid: chat.sid, rating: 5 });
  });

  it('thanks instead of asking again after a reload, and asks about the next chat', async () => {
    const visitor = await endedByVisitor();
    await visitor.page.getByRole('radio', { name: '2', exact: true }).check();
    await visitor.button('Send').click();
    await thanks(visitor).waitFor();

    await visitor.page.reload();
    await thanks(visitor).waitFor();
    expect(await question(visitor).count()).toBe(0);
    await visitor.button('Start a new chat').click();
    await visitor.write('one more thing');
    await visitor.sent('one more thing').waitFor();
    await visitor.button('End chat').click();
    await visitor.page
      .getByRole('group', { name: 'End this chat?' })
      .getByRole('button', { name: 'End chat' })
      .click();

    await question(visitor).waitFor();
  });

  it('says that the answer could not be kept, and keeps what was chosen for another try', async () => {
    const visitor = await endedByVisitor();
    const { sid } = world.conversation();
    const { faults } = world.stack.emulator.world;
    faults.add({ method: 'POST', path: 'Conversations$', kind: 'status', status: 400 });
    await visitor.page.getByRole('radio', { name: '3', exact: true }).check();
    await visitor.page.getByRole('textbox', { name: 'Anything to add? (optional)' }).fill('Slow');
    await visitor.button('Send').click();
    const failure = visitor.page.getByRole('alert').getByText('That did not work.');
    await failure.waitFor();
    faults.clear();

    await visitor.button('Send').click();

    await thanks(visitor).waitFor();
    expect(await kept(sid)).toMatchObject({ rating: 3, comment: 'Slow' });
    expect(await failure.count()).toBe(0);
  });

  it('changes nothing else for a visitor who does not answer', async () => {
    const visitor = await endedByVisitor();
    await question(visitor).waitFor();

    await visitor.button('Start a new chat').click();
    await visitor.write('hello again');

    await visitor.sent('hello again').waitFor();
    expect(world.conversations().map(({ uniqueName }) => uniqueName?.split('-')[0])).toEqual([
      'chat',
      'chat',
    ]);
  });
});
