/**
 * The complete set-up of one widget test file: the stack, a site with the embed, a browser, an agent; and queries of
 * them.
 */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { SYSTEM, type Conversation, type Message } from '../../emulator/conversations/model';
import { launchChromium } from './chromium';
import { startSite, type Site } from './site';
import { startStack, type Stack } from './stack';
import { Visitor } from './visitor';

export class WidgetWorld {
  stack!: Stack;
  site!: Site;
  browser!: Browser;
  private visitors: Visitor[] = [];

  /** The script tag, with the data attributes of a test. */
  embed(attributes = ''): string {
    return `<script async src="${this.stack.functionsUrl}/chat.js" ${attributes}></script>`;
  }

  /** A visitor with a separate browser opens the site. */
  async arrive(options: BrowserContextOptions = {}): Promise<Visitor> {
    return this.welcome(await Visitor.arrive(this.browser, this.site, options));
  }

  /** Closes it at the end of the test. */
  welcome(visitor: Visitor): Visitor {
    this.visitors.push(visitor);
    return visitor;
  }

  /** A visitor whose chat has reached Flex, where the Task waits. */
  async arriveAndWrite(text: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const visitor = await this.arrive(options);
    await visitor.launcher.click();
    const offered = this.stack.nextReservation();
    await visitor.write(text);
    await offered;
    await visitor.sent(text).waitFor();
    return visitor;
  }

  /** Grace accepts the Task, over Twilio's API. */
  async accept(): Promise<void> {
    const { twilio, account } = this.stack;
    const workspace = twilio.taskrouter.v1.workspaces(account.workspaceSid);
    const tasks = workspace.tasks;
    const [task] = await tasks.list();
    const [reservation] = await tasks(task!.sid).reservations.list();
    await tasks(task!.sid).reservations(reservation!.sid).update({ reservationStatus: 'accepted' });
  }

  /** Grace writes. */
  async reply(body: string): Promise<void> {
    const { twilio, account } = this.stack;
    await twilio.conversations.v1
      .services(account.conversationsServiceSid)
      .conversations(this.conversation().sid)
      .messages.create({ author: account.workers[0].identity, body });
  }

  /** The agent's name, which Flex stores beside the identity. Set without the API, whose journal belongs to the tests. */
  introduceAgent(): void {
    const { emulator, account } = this.stack;
    const { users } = emulator.world.conversations;
    const user = users.ensure(account.conversationsServiceSid, account.workers[0].identity, SYSTEM);
    users.update(user, { friendlyName: 'Grace' }, SYSTEM);
  }

  conversations(): Conversation[] {
    const { world } = this.stack.emulator;
    return world.conversations.conversations.list(this.stack.account.conversationsServiceSid);
  }

  /** The only one. */
  conversation(): Conversation {
    const all = this.conversations();
    if (all.length !== 1) throw new Error(`There are ${all.length} Conversations`);
    return all[0]!;
  }

  /** Twilio's messages, oldest first. */
  messages(): readonly Message[] {
    return this.stack.emulator.world.conversations.messages.ofConversation(this.conversation().sid);
  }

  bodies(): (string | null)[] {
    return this.messages().map(({ body }) => body);
  }

  /** Closes all browsers. Fails if a page had an unexpected error. */
  async close(): Promise<void> {
    for (const visitor of this.visitors.splice(0)) await visitor.leave();
  }
}

/** Call it once inside a `describeInBrowser`. Every test begins with an empty emulator and the plain embed. */
export function useWidget(
  settings: Record<string, string> = {},
  /** Settings that are known only when the tests begin. */
  moreSettings: () => Promise<Record<string, string>> = async () => ({}),
  launch: () => Promise<Browser> = launchChromium,
): WidgetWorld {
  const world = new WidgetWorld();
  beforeAll(async () => {
    world.site = await startSite();
    const more = await moreSettings();
    world.stack = await startStack({ ALLOWED_ORIGINS: world.site.origin, ...settings, ...more });
    world.site.functionsUrl = world.stack.functionsUrl;
    world.browser = await launch();
  });
  beforeEach(async () => {
    await world.stack.emulator.reset();
    world.introduceAgent();
    world.site.body = world.embed();
    world.site.css = '';
  });
  afterEach(() => world.close());
  afterAll(async () => {
    await world.browser?.close();
    await world.stack?.stop();
    await world.site?.stop();
  });
  return world;
}
