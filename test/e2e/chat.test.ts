/**
 * A person chats: two pages in a real browser, the customer's and the agent's, and everything between them.
 * Elements are found as a person finds them, by role and name.
 */
import type { Browser, Locator, Page } from 'playwright-core';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { aPdf, aPicture } from '../support/files';
import { untilFocused } from '../support/focus';
import { HANGING_MS } from '../support/timeouts';
import { startStack, type Stack } from '../support/stack';

/** TOKEN_TTL_SECONDS of .env.emulator. */
const TOKEN_TTL_MS = 3_600_000;
const STEPS = ['1', '2.1', '2.2', '2.3', '3', '4', '5', '6', '7', '8'];

describeInBrowser('a customer and an agent', () => {
  let stack: Stack;
  let browser: Browser;
  let customer: Page;
  let desk: Page;
  const pageErrors: string[] = [];

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  beforeEach(async () => {
    await stack.emulator.reset();
    customer = await open(`${stack.functionsUrl}/index.html`);
    desk = await open(`${stack.emulator.url}/`);
  });
  afterEach(async () => {
    await Promise.all([customer, desk].map((page) => page.context().close()));
    expect(pageErrors.splice(0)).toEqual([]);
  });

  /**
   * Each in a context of its own: the agent is not the customer. A refused script or a thrown error is a failure; an
   * answer that is one is not, it may be part of the story.
   */
  async function open(url: string): Promise<Page> {
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(HANGING_MS);
    page.on('pageerror', (error) => pageErrors.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) {
        pageErrors.push(line.text());
      }
    });
    await page.goto(url);
    return page;
  }

  const transcript = (page: Page): Locator => page.getByRole('log', { name: 'Messages' });
  const message = (page: Page, text: string): Locator => transcript(page).getByText(text, { exact: true });
  const notice = (text: string): Locator => transcript(customer).getByText(text);

  async function writeAsCustomer(text: string): Promise<void> {
    await customer.getByRole('textbox', { name: 'Message' }).fill(text);
    await customer.getByRole('button', { name: 'Send' }).click();
  }

  async function writeAsAgent(text: string): Promise<void> {
    await desk.getByRole('textbox', { name: 'Reply' }).fill(text);
    await desk.getByRole('textbox', { name: 'Reply' }).press('Enter');
  }

  async function completeAsAgent(): Promise<void> {
    await desk.getByRole('button', { name: 'End chat' }).click();
    await desk.getByRole('combobox', { name: 'Outcome' }).selectOption('Resolved');
    await desk.getByRole('button', { name: 'Complete' }).click();
  }

  const step = (id: string, state: 'done' | 'not yet'): Locator =>
    desk.getByRole('listitem', { name: new RegExp(`^Step ${id.replace('.', '\\.')}: .*, ${state}$`) });

  it('chat in real time from "hello" to the end, and every step of the guide lights up', async () => {
    for (const id of STEPS) await step(id, 'not yet').waitFor();

    await customer.getByRole('textbox', { name: 'Your name (optional)' }).fill('Ada L.');
    await writeAsCustomer('hello');

    const task = desk.getByRole('listitem', { name: 'Task from Ada L.' });
    await task.waitFor();
    for (const id of STEPS.slice(0, -1)) await step(id, 'done').waitFor();
    await step('8', 'not yet').waitFor();
    await customer.getByText('Waiting for an agent').waitFor();

    await task.getByRole('button', { name: 'Accept' }).click();
    await step('8', 'done').waitFor();
    await message(desk, 'hello').waitFor();
    await notice('Grace has joined the chat').waitFor();

    await desk.getByRole('textbox', { name: 'Reply' }).pressSequentially('How can');
    await customer.getByRole('img', { name: 'Grace is typing…' }).waitFor();
    await writeAsAgent('How can I help?');
    await message(customer, 'How can I help?').waitFor();
    await transcript(desk).getByText(/Seen/).waitFor();

    await customer.getByRole('textbox', { name: 'Message' }).pressSequentially('My order');
    await desk.getByText('Ada L. is typing…').waitFor();
    await writeAsCustomer('My order is missing <b>everything</b>');
    await message(desk, 'My order is missing <b>everything</b>').waitFor();
    await transcript(customer).getByText(/Seen/).waitFor();

    await completeAsAgent();
    await notice('Grace has left the chat').waitFor();
    await notice('This chat has ended.').waitFor();
    expect(await customer.getByRole('textbox', { name: 'Message' }).count()).toBe(0);
    await desk.getByText('No task is waiting.').waitFor();
    const afterwards = desk.getByRole('region', { name: 'Afterwards' });
    await afterwards.getByText('Conversation closed').waitFor();
    const [conversation] = stack.emulator.world.conversations.conversations.list(
      stack.account.conversationsServiceSid,
    );
    expect(conversation).toMatchObject({ state: 'closed', friendlyName: 'Ada L.' });
  });

  it('send each other files', async () => {
    await customer.locator('flex-chat input[type=file]').setInputFiles([aPicture('order.png')]);
    await writeAsCustomer('My order');
    await desk.getByRole('button', { name: 'Accept' }).click();
    await message(desk, 'My order').waitFor();
    await desk.getByRole('img', { name: 'order.png' }).waitFor();

    const dialogue = desk.waitForEvent('filechooser');
    await desk.getByRole('button', { name: 'Send file' }).click();
    await (await dialogue).setFiles([aPdf('guide.pdf')]);

    await desk.getByRole('button', { name: 'guide.pdf (2 KB)' }).waitFor();
    await customer.getByRole('link', { name: /^guide\.pdf 2 kB/ }).waitFor();
  });

  it('continue after the customer reloads, with the unfinished message', async () => {
    await writeAsCustomer('hello');
    await desk.getByRole('button', { name: 'Accept' }).click();
    await writeAsAgent('How can I help?');
    await message(customer, 'How can I help?').waitFor();
    await customer.getByRole('textbox', { name: 'Message' }).fill('My order is');

    await customer.reload();

    await message(customer, 'hello').waitFor();
    await message(customer, 'How can I help?').waitFor();
    await customer.getByRole('heading', { name: 'Grace' }).waitFor();
    const composer = customer.getByRole('textbox', { name: 'Message' });
    expect(await composer.inputValue()).toBe('My order is');
    await composer.press('End');
    await composer.pressSequentially(' late');
    await composer.press('Enter');
    await message(desk, 'My order is late').waitFor();
    await writeAsAgent('It comes tomorrow');
    await message(customer, 'It comes tomorrow').waitFor();
    const lines = await transcript(customer).getByRole('listitem').allInnerTexts();
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain('Grace has joined the chat');
    const starts = stack.emulator.journal.entries.filter(({ path }) => path.endsWith('/Conversations'));
    expect(starts).toHaveLength(1);
  });

  it('meet again in a new chat after the end, each with a timeline of its own', async () => {
    await writeAsCustomer('first chat');
    await desk.getByRole('button', { name: 'Accept' }).click();
    await notice('Grace has joined the chat').waitFor();
    await completeAsAgent();

    await customer.getByRole('button', { name: 'Start a new chat' }).press('Enter');
    // The keyboard alone will do: the composer has the focus.
    await untilFocused(customer.locator('flex-chat textarea.composer-input'));
    await customer.keyboard.type('second chat');
    await customer.keyboard.press('Enter');

    await desk.getByRole('button', { name: 'Accept' }).waitFor();
    await step('8', 'not yet').waitFor();
    expect(await desk.getByRole('combobox', { name: 'Conversation' }).getByRole('option').count()).toBe(2);
    await desk.getByRole('button', { name: 'Accept' }).click();
    await step('8', 'done').waitFor();
    await message(desk, 'second chat').waitFor();
    expect(await message(customer, 'first chat').count()).toBe(0);
  });

  it('lose nothing when the connection drops', async () => {
    await writeAsCustomer('hello');
    await desk.getByRole('button', { name: 'Accept' }).click();
    await message(desk, 'hello').waitFor();
    await transcript(customer).getByText(/Seen/).waitFor();

    expect(stack.emulator.world.realtime.drop()).toBe(2);
    await customer.getByRole('alert').getByText('Connection lost.').waitFor();
    await writeAsCustomer('are you there?');

    await message(desk, 'are you there?').waitFor();
    await customer.getByText('Your agent · online').waitFor();
    await writeAsAgent('I am');
    await message(customer, 'I am').waitFor();
    expect(await customer.getByText('Connection lost.').count()).toBe(0);
  });

  it('continue with a new token before the old one expires', async () => {
    await writeAsCustomer('hello');
    await desk.getByRole('button', { name: 'Accept' }).click();
    await notice('Grace has joined the chat').waitFor();
    const renewal = customer.waitForResponse(`${stack.functionsUrl}/token`);

    stack.emulator.world.clock.advance(TOKEN_TTL_MS - stack.emulator.world.realtime.settings.tokenWarningMs);

    expect((await renewal).status()).toBe(200);
    await writeAsCustomer('still here');
    await message(desk, 'still here').waitFor();
    expect(await customer.getByText('Connection lost.').count()).toBe(0);
  });

  it('find each other again after Twilio has refused the token', async () => {
    await writeAsCustomer('hello');
    await desk.getByRole('button', { name: 'Accept' }).click();
    await notice('Grace has joined the chat').waitFor();
    const { realtime } = stack.emulator.world;
    const [identity] = realtime
      .sessions()
      .map((session) => session.identity)
      .filter((one) => one !== stack.account.workers[0].identity);
    realtime.faults.add({ on: 'init', status: 401, times: 1 });

    expect(realtime.drop(identity)).toBe(1);
    await customer.getByRole('alert').getByText('Connection lost.').waitFor();
    await writeAsCustomer('can you read this?');

    await message(desk, 'can you read this?').waitFor();
    await customer.getByText('Your agent · online').waitFor();
    expect(await message(customer, 'can you read this?').count()).toBe(1);
  });

  it('find each other again after the agent has rejected once', async () => {
    await writeAsCustomer('hello');
    await desk.getByRole('button', { name: 'Reject' }).click();
    await desk.getByText('No task is waiting.').waitFor();

    await desk.getByRole('button', { name: 'Accept' }).click();

    await notice('Grace has joined the chat').waitFor();
  });

  it('start a new chat when the Conversation is gone, and both pages notice', async () => {
    await writeAsCustomer('hello');
    await desk.getByRole('button', { name: 'Accept' }).waitFor();

    await stack.emulator.reset();
    await customer.reload();

    await customer.getByRole('alert').getByText('This chat is no longer available.').waitFor();
    // It says only that: nothing is being loaded any more.
    for (const waiting of ['Connecting…', 'Loading your chat…']) {
      expect(await customer.getByText(waiting).count()).toBe(0);
    }
    await desk.getByText('No task is waiting.').waitFor();
    await customer.getByRole('button', { name: 'Start a new chat' }).click();
    await writeAsCustomer('hello again');
    await desk.getByRole('button', { name: 'Accept' }).click();
    await message(desk, 'hello again').waitFor();
  });

  it('keep the first message when the chat cannot be started, and send it on retry', async () => {
    stack.emulator.world.faults.add({ kind: 'status', status: 500, path: '/Conversations$', times: 10 });
    await writeAsCustomer('hello');
    await customer.getByRole('alert').getByText('That did not work.').waitFor();

    stack.emulator.world.faults.clear();
    await transcript(customer).getByRole('button', { name: 'Try again' }).click();

    await desk.getByRole('button', { name: 'Accept' }).click();
    await message(desk, 'hello').waitFor();
  });
});
