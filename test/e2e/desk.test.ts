/** What a developer who plays the Flex agent can do at the desk. Elements are found by role and name. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import type twilio from 'twilio';
import { describeInBrowser, launchChromium } from '../support/chromium';
import { DeskPage } from '../support/desk-page';
import { twilioClient, useEmulator } from '../support/emulator';
import { untilFocused } from '../support/focus';
import { RestCustomer } from '../support/rest-customer';

const RESERVATION_TIMEOUT_MS = 120_000;

describeInBrowser('an agent at the desk', () => {
  const emulator = useEmulator();
  let browser: Browser;
  let client: twilio.Twilio;
  const desks: DeskPage[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  beforeEach(() => {
    client = twilioClient(emulator());
  });
  afterEach(async () => {
    for (const desk of desks.splice(0)) expect(await desk.leave()).toEqual([]);
  });
  afterAll(() => browser?.close());

  async function open(options: Parameters<typeof DeskPage.open>[2] = {}): Promise<DeskPage> {
    const desk = await DeskPage.open(browser, emulator().url, options);
    desks.push(desk);
    return desk;
  }

  async function aCustomer(name: string, words: string): Promise<RestCustomer> {
    const customer = await RestCustomer.start(emulator(), client, name);
    await customer.says(words);
    return customer;
  }

  const participantsOf = ({ conversationSid }: RestCustomer): (string | null)[] =>
    emulator()
      .world.conversations.participants.ofConversation(conversationSid)
      .map(({ identity }) => identity);

  it('sees what a left message keeps as a record, not as a chat that has failed', async () => {
    const { conversationsServiceSid } = emulator().account;
    const { conversations } = client.conversations.v1.services(conversationsServiceSid);
    const { sid } = await conversations.create({ friendlyName: 'Messages left by ada', state: 'inactive' });
    await conversations(sid).messages.create({ author: 'ada', body: 'digest' });
    const desk = await open();

    await desk.page.getByRole('heading', { name: 'What was kept' }).waitFor();
    await desk.page.getByRole('region', { name: 'Record' }).getByText('automatic: digest').waitFor();
    expect(await desk.page.getByRole('list', { name: 'Steps' }).count()).toBe(0);

    await aCustomer('Ada L.', 'hello');
    await desk.page.getByRole('heading', { name: 'How this chat reached you' }).waitFor();
    await desk.page.getByRole('list', { name: 'Steps' }).waitFor();
  });

  it('takes a break, and Tasks are routed to the agent who is available', async () => {
    const grace = await open();
    const linus = await open({ agent: 'linus' });
    await linus.page.getByText('This Activity takes none: choose Available.').waitFor();
    await linus.moveTo('Available');
    await grace.moveTo('Break');
    await grace.page.getByText('This Activity takes none').waitFor();

    await aCustomer('Ada L.', 'hello');

    await linus.accept('Ada L.');
    await linus.transcript.getByText('hello', { exact: true }).waitFor();
    expect(await grace.task('Ada L.').count()).toBe(0);
    const [first, second] = emulator().account.workers;
    const { workers, workspaces } = emulator().world.taskrouter;
    const activityOf = ({ sid }: { sid: string }) =>
      workspaces.activities.get(workers.get(sid)!.activitySid)!.friendlyName;
    expect([first, second].map(activityOf)).toEqual(['Break', 'Available']);
  });

  it('sees an error if there is no such agent', async () => {
    const unknown = await open({ agent: 'unknown' });

    await unknown.page.getByRole('alert').getByText('Unknown agent "unknown"').waitFor();
  });

  it('transfers a chat to another agent, takes it back, and hands it over in the end', async () => {
    const grace = await open();
    const linus = await open({ agent: 'linus' });
    const ada = await aCustomer('Ada L.', 'hello');
    await grace.accept('Ada L.');
    await grace.write('One moment');

    await grace.button('Transfer').click();
    await grace.button('Transfer to Linus, Offline').click();
    await grace.page.getByText('Transfer to Linus: waiting for an answer.').waitFor();
    await grace.button('Take back').click();
    await grace.button('Transfer').waitFor();
    await linus.moveTo('Available');
    await grace.button('Transfer').click();
    await grace.button('Transfer to Linus, Available').click();
    await linus.accept('Ada L.');

    await grace.finished.getByText('Completed: Transferred to Linus').waitFor();
    await grace.page.getByText('No chat open').waitFor();
    // Messages stand under names, never under identities.
    await linus.transcript.getByText('Grace', { exact: true }).waitFor();
    await linus.transcript.getByRole('listitem').getByText('Ada L.', { exact: true }).waitFor();
    expect(await linus.transcript.innerText()).not.toContain('grace_40example');
    await linus.write('Linus here');
    expect(participantsOf(ada)).toEqual([ada.identity, 'linus_40example_2Ecom']);
  });

  it('sees how each Task ended, and why', async () => {
    const grace = await open();
    await aCustomer('Ada L.', 'hello');
    await grace.task('Ada L.').getByRole('button', { name: 'Reject' }).click();
    await grace.finished.getByText('Rejected').waitFor();

    await grace.task('Ada L.').waitFor();
    emulator().world.clock.advance(RESERVATION_TIMEOUT_MS);
    await grace.finished.getByText('Timed out').waitFor();

    await grace.accept('Ada L.');
    await grace.button('End chat').click();
    await grace.page.getByRole('combobox', { name: 'Outcome' }).selectOption('Follow-up needed');
    await grace.button('Complete').click();
    await grace.finished.getByText('Completed: Follow-up needed').waitFor();

    await grace.moveTo('Offline');
    await aCustomer('Bea', 'anybody?');
    emulator().world.clock.advance(86_400_000);
    await grace.finished.getByText('Canceled: Task TTL Exceeded').waitFor();
    expect(await grace.finished.getByRole('listitem').count()).toBe(4);
  });

  it('sees edits and deletions by either side', async () => {
    const grace = await open();
    const ada = await aCustomer('Ada L.', 'my card is 4111');
    await grace.accept('Ada L.');
    const slip = await ada.says('a slip of the tongue');
    await grace.write('It costs 10');
    await grace.transcript.getByText('a slip of the tongue').waitFor();
    const [first, , own] = emulator().world.conversations.messages.ofConversation(ada.conversationSid);

    await ada.conversation.messages(first!.sid).update({ body: 'my card is ****' });
    await ada.conversation.messages(own!.sid).update({ body: 'It costs 12' });
    await ada.conversation.messages(slip).remove();

    await grace.transcript.getByText('my card is ****').waitFor();
    await grace.transcript.getByText('It costs 12').waitFor();
    await grace.transcript.getByText('a slip of the tongue').waitFor({ state: 'detached' });
    expect(await grace.transcript.getByText('4111').count()).toBe(0);
    await grace.page.getByRole('region', { name: 'Afterwards' }).getByText('Message 1 removed').waitFor();
  });

  it('finds marks at chats with words not yet looked at, and only looking marks them as read', async () => {
    const grace = await open();
    const ada = await aCustomer('Ada L.', 'hello');
    await grace.accept('Ada L.');
    await grace.transcript.getByText('hello', { exact: true }).waitFor();
    await aCustomer('Bea', 'hi');
    await grace.accept('Bea');

    await ada.says('are you there?');
    await ada.says('hello??');

    await grace.chat('2 unread').waitFor();
    expect(await grace.page.title()).toBe('(2) Grace · Agent desk');
    const readIndex = () =>
      emulator().world.conversations.participants.find(ada.conversationSid, 'grace_40example_2Ecom')!
        .lastReadMessageIndex;
    expect(readIndex()).toBe(0);
    const read = new Promise<void>((resolve) =>
      emulator().world.conversations.events.on('participantUpdated', () => readIndex() === 2 && resolve()),
    );
    await grace.chat('Ada L.').click();
    await grace.transcript.getByText('hello??').waitFor();
    await read;
    await grace.chat('unread').waitFor({ state: 'detached' });
    expect(await grace.page.title()).toBe('Grace · Agent desk');
  });

  it('finds Tasks and entries of the timeline, and copies a request that works in a shell', async () => {
    const grace = await open();
    await aCustomer("Ada O'Hara", "it's broken");
    await aCustomer('Bea', 'hi');
    await grace.page.getByRole('searchbox', { name: 'Find tasks' }).fill("o'hara");
    await grace.task('Bea').waitFor({ state: 'detached' });
    await grace.accept("Ada O'Hara");

    await grace.page.getByRole('combobox', { name: 'Show' }).selectOption('Requests');
    await grace.page.getByRole('searchbox', { name: 'Find in the timeline' }).fill('/Messages');
    const found = grace.page.getByRole('region', { name: 'Found' });
    await found.getByText(/^POST …/).click();
    await found.getByRole('button', { name: 'Copy as curl' }).click();
    await grace.status.getByText(/^Copied: POST/).waitFor();
    const command = await grace.page.evaluate<string>('navigator.clipboard.readText()');

    const { stdout } = await promisify(execFile)('sh', ['-c', command]);
    expect(JSON.parse(stdout)).toMatchObject({ author: 'visitor-adaohara', body: "it's broken", index: 1 });
    await grace.transcript.getByText("it's broken").nth(1).waitFor();
  });

  it('moves the clock, cuts connections, lets a call fail and begins again by buttons', async () => {
    const grace = await open();
    await aCustomer('Ada L.', 'hello');
    await grace.task('Ada L.').waitFor();
    await grace.button('Controls').click();

    await grace.page.getByRole('combobox', { name: 'Advance the clock by' }).selectOption('10 minutes');
    await grace.button('Advance').click();
    await grace.status.getByText('10 minutes ahead').waitFor();
    await grace.finished.getByText('Timed out').first().waitFor();

    await grace.page.getByRole('combobox', { name: 'The next REST call' }).selectOption('answers 503');
    await grace.button('Let it fail').click();
    await grace.status.getByText('The next REST call to Conversations answers 503.').waitFor();
    await expect(client.conversations.v1.conversations.create({})).rejects.toMatchObject({ status: 503 });
    await client.conversations.v1.conversations.create({});

    await grace.button('Drop connections').click();
    await grace.status.getByText('1 connections dropped.').waitFor();
    await grace.page.getByText('Connecting…').waitFor({ state: 'detached' });

    await grace.button('Reset').click();
    await grace.page.getByText('No task is waiting.').waitFor();
    await grace.finished.waitFor({ state: 'detached' });
  });

  it('works on a telephone, one view at a time', async () => {
    const grace = await open({ viewport: { width: 390, height: 780 } });
    const ada = await aCustomer('Ada L.', 'hello');
    const view = (name: string) =>
      grace.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name });
    await view('Tasks 1').waitFor();
    await grace.task('Ada L.').getByRole('button', { name: 'Accept' }).click();

    await grace.write('How can I help?');
    expect(await grace.page.getByRole('region', { name: 'Timeline' }).count()).toBe(0);
    await view('Timeline').click();
    await grace.page.getByRole('listitem', { name: /^Step 8: .*, done$/ }).waitFor();
    await ada.says('my cup is broken');
    await view('Chat 1').click();
    await grace.transcript.getByText('my cup is broken').waitFor();
    await view('Chat 1').waitFor({ state: 'detached' });
    const width = await grace.page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBe(390);
  });

  it('needs no mouse', async () => {
    const grace = await open();
    await aCustomer('Ada L.', 'hello');
    await grace.task('Ada L.').waitFor();
    const { keyboard } = grace.page;
    const textInFocus = () => grace.page.evaluate<string>('document.activeElement.textContent');
    const tabTo = async (name: string): Promise<void> => {
      while ((await textInFocus()) !== name) await keyboard.press('Tab');
      await keyboard.press('Enter');
    };

    await tabTo('Accept');
    await untilFocused(grace.page.getByRole('textbox', { name: 'Reply' }));
    await keyboard.type('Good morning');
    await keyboard.press('Enter');
    await grace.transcript.getByText('Good morning').waitFor();
    await tabTo('Transfer');
    await tabTo('LinusOffline');
    await tabTo('Take back');
    await grace.button('Transfer').waitFor();
    await tabTo('End chat');
    await grace.page.getByRole('combobox', { name: 'Outcome' }).waitFor();
    await tabTo('Complete');
    await grace.page.getByText('The chat with Ada L. is closed.').waitFor();
    expect(await grace.page.evaluate<string>('document.activeElement.textContent')).toContain(
      'Chat completed',
    );
  });
});
