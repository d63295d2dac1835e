/** The projects in examples/, each built by its own tools and driven through a chat. */
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
    const anOrigin = async () => `http://127.0.0.1:${await freePort()}`;
    origins = { vite: await anOrigin(), next: await anOrigin(), 'react-native': await anOrigin() };
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
    const env = {
      VITE_FUNCTIONS_URL: stack.functionsUrl,
      NEXT_PUBLIC_FUNCTIONS_URL: stack.functionsUrl,
      EXPO_PUBLIC_FUNCTIONS_URL: stack.functionsUrl,
      EXPO_PUBLIC_DEVICE_TOKEN: 'device-1',
    };
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

  describe('React Native', () => {
    const chats = () => stack.emulator.world.conversations;
    const listed = (page: Page, text: string) => page.getByText(text, { exact: true }).waitFor();
    /** `AppState` of React Native follows the page's visibility here. */
    const goTo = (page: Page, state: 'hidden' | 'visible') =>
      page.evaluate((next) => {
        const { document, Event } = globalThis as unknown as {
          document: { dispatchEvent(event: unknown): void };
          Event: new (type: string) => unknown;
        };
        Object.defineProperty(document, 'visibilityState', { value: next, configurable: true });
        Object.defineProperty(document, 'hidden', { value: next === 'hidden', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    const disconnected = () =>
      new Promise<void>((resolve) => {
        stack.emulator.world.realtime.events.on('sessionClosed', () => resolve());
      });
    const registered = () =>
      new Promise<void>((resolve) => {
        stack.emulator.world.realtime.events.on('requestHandled', ({ path, status }) => {
          if (path === '/v1/registrations' && status === 201) resolve();
        });
      });

    it('keeps a chat in the background, pushes to the phone, and takes the chat up after a restart', async () => {
      chats().notifications.update(stack.account.conversationsServiceSid, { newMessage: { enabled: true } });
      const page = await open('react-native');
      const [isRegistered, offered] = [registered(), stack.nextReservation()];
      await page.getByRole('textbox', { name: 'Message' }).fill('hello');
      await page.getByRole('button', { name: 'Send' }).click();
      await Promise.all([isRegistered, offered]);
      await answer('How can I help?');
      await listed(page, 'agent: How can I help? (sent)');

      const isGone = disconnected();
      await goTo(page, 'hidden');
      await isGone;
      const [conversation] = chats().conversations.list(stack.account.conversationsServiceSid);
      const author = stack.account.workers[0].identity;
      chats().messages.add(conversation!, { author, body: 'Are you there?' }, { source: 'EVENT' });
      expect(chats().pushes.list()).toMatchObject([
        { endpoint: 'device-1', type: 'fcm', text: expect.stringContaining('Are you there?') },
      ]);
      await goTo(page, 'visible');
      await listed(page, 'agent: Are you there? (sent)');

      await page.reload();
      await listed(page, 'visitor: hello (sent)');
      await listed(page, 'agent: Are you there? (sent)');
      expect(chats().conversations.list(stack.account.conversationsServiceSid)).toHaveLength(1);
    });

    it('is bundled for a phone, as bytecode of its JavaScript engine', () => {
      const built = join(folderOf('react-native'), 'dist');
      const { fileMetadata } = JSON.parse(readFileSync(join(built, 'metadata.json'), 'utf8')) as {
        fileMetadata: { android: { bundle: string } };
      };
      const bundle = readFileSync(join(built, fileMetadata.android.bundle));

      // Source: hermes/include/hermes/BCGen/HBC/BytecodeFileFormat.h (MAGIC)
      expect(bundle.readBigUInt64LE()).toBe(0x1f1903c103bc1fc6n);
    });
  });
});
