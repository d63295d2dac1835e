/** The projects in examples/, each built by its own tools and driven through a chat. */
import type { ChildProcess } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { startStack, type Stack } from '../support/stack';
import { Visitor } from '../support/visitor';
import { folderOf, freePort, runNpm, serve, type Example } from './example';

describeInBrowser('the example for', () => {
  let stack: Stack;
  let browser: Browser;
  let origins: Record<Example, string>;
  let server: ChildProcess | undefined;
  let visitor: Visitor | undefined;

  beforeAll(async () => {
    const [vite, next] = [await freePort(), await freePort()];
    origins = { vite: `http://127.0.0.1:${vite}`, next: `http://127.0.0.1:${next}` };
    stack = await startStack({ ALLOWED_ORIGINS: Object.values(origins).join(',') });
    browser = await launchChromium();
  });
  afterEach(async () => {
    await visitor?.leave();
    server?.kill();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });
  beforeEach(() => stack.emulator.reset());

  async function open(example: Example): Promise<Page> {
    const env = { VITE_FUNCTIONS_URL: stack.functionsUrl, NEXT_PUBLIC_FUNCTIONS_URL: stack.functionsUrl };
    await runNpm(['run', 'build'], folderOf(example), env);
    server = await serve(example, Number(new URL(origins[example]).port));
    visitor = await Visitor.arrive(browser, { origin: origins[example] });
    return visitor.page;
  }

  async function answer(text: string): Promise<void> {
    const workspace = stack.twilio.taskrouter.v1.workspaces(stack.account.workspaceSid);
    const [task] = await workspace.tasks.list();
    const [reservation] = await workspace.tasks(task!.sid).reservations.list();
    await workspace.tasks(task!.sid).reservations(reservation!.sid).update({ reservationStatus: 'accepted' });
    const { conversationSid } = JSON.parse(task!.attributes) as { conversationSid: string };
    await stack.twilio.conversations.v1
      .services(stack.account.conversationsServiceSid)
      .conversations(conversationSid)
      .messages.create({ author: stack.account.workers[0].identity, body: text });
  }

  it('Vite opens the panel by its own button, and receives its events', async () => {
    const page = await open('vite');
    await page.getByRole('button', { name: 'Help with order 4711' }).click();
    const offered = stack.nextReservation();
    await visitor!.write('hello');
    await offered;
    await visitor!.button('Close chat').click();

    await answer('How can I help?');

    await page
      .getByRole('status')
      .getByText(/is here for you$/)
      .waitFor();
    await page.getByRole('button', { name: 'Help (1 new)' }).click();
    await visitor!.transcript.getByText('How can I help?', { exact: true }).waitFor();
    const [conversation] = stack.emulator.world.conversations.conversations.list(
      stack.account.conversationsServiceSid,
    );
    expect(JSON.parse(conversation!.attributes)).toMatchObject({ pre_engagement_data: { order: '4711' } });
  });

  it('Next comes drawn from the server, and takes the chat up after a reload', async () => {
    const page = await open('next');
    const html = await (await fetch(origins.next)).text();
    expect(html).toContain('aria-label="Messages"');
    const offered = stack.nextReservation();
    await page.getByRole('textbox', { name: 'Message' }).fill('hello');
    await page.getByRole('button', { name: 'Send' }).click();
    await offered;
    await answer('How can I help?');
    await page.getByText('agent: How can I help?').waitFor();
    expect(stack.emulator.world.realtime.sessions()).toHaveLength(1);

    await page.reload();

    await page.getByText('visitor: hello').waitFor();
    await page.getByText('agent: How can I help?').waitFor();
  });
});
