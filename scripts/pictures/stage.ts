/** The stage of the pictures: a shop with the widget, its visitors, and the agent at the desk. */
import { SYSTEM } from '../../emulator/conversations/model';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../../test/support/chromium';
import { startSite, type Site } from '../../test/support/site';
import { startStack, type Stack } from '../../test/support/stack';
import { SHOP, SHOP_CSS } from './shop';

/** For high-resolution screens. */
export const DOTS = 2;

export class Stage {
  private constructor(
    readonly browser: Browser,
    readonly stack: Stack,
    private readonly site: Site,
    readonly desk: Page,
  ) {}

  static async open(): Promise<Stage> {
    const site = await startSite();
    const stack = await startStack({ ALLOWED_ORIGINS: site.origin });
    site.functionsUrl = stack.functionsUrl;
    site.css = SHOP_CSS;
    const browser = await launchChromium({ isWhole: true });
    const desk = await browser.newPage({ viewport: { width: 1120, height: 700 }, deviceScaleFactor: DOTS });
    await desk.goto(stack.emulator.url);
    return new Stage(browser, stack, site, desk);
  }

  /** Opens the shop as a visitor, with the chat open. */
  async visitor(attributes: string, options: BrowserContextOptions): Promise<Page> {
    const page = await this.arrive(`data-open ${attributes}`, options);
    await composer(page).waitFor();
    return page;
  }

  /** A visitor of the shop, with the chat in the state of its attributes. */
  async arrive(attributes: string, options: BrowserContextOptions): Promise<Page> {
    this.site.body = `${SHOP}<script async src="${this.stack.functionsUrl}/chat.js" ${attributes}></script>`;
    const context = await this.browser.newContext({
      deviceScaleFactor: DOTS,
      reducedMotion: 'reduce',
      timezoneId: 'UTC',
      ...options,
    });
    const page = await context.newPage();
    await page.goto(this.site.origin);
    return page;
  }

  /** The agent accepts the waiting chat. */
  async accept(): Promise<void> {
    await this.desk.getByRole('button', { name: 'Accept' }).click();
    await this.reply.waitFor();
  }

  async answer(text: string): Promise<void> {
    await this.reply.fill(text);
    await this.reply.press('Enter');
  }

  async complete(): Promise<void> {
    await this.desk.getByRole('button', { name: 'End chat' }).click();
    await this.desk.getByRole('combobox', { name: 'Outcome' }).selectOption('Resolved');
    await this.desk.getByRole('button', { name: 'Complete' }).click();
  }

  /** Does not end the chat. */
  agentLeaves(): void {
    const { account, emulator } = this.stack;
    const { conversations, participants } = emulator.world.conversations;
    const [conversation] = conversations.list(account.conversationsServiceSid);
    const agent = participants
      .ofConversation(conversation!.sid)
      .find(({ identity }) => identity === account.workers[0].identity);
    participants.remove(conversation!, agent!, SYSTEM);
  }

  get reply() {
    return this.desk.getByRole('textbox', { name: 'Reply' });
  }

  /** Ends the current chat, so that the next scene begins with an empty desk. */
  async clear(page: Page): Promise<void> {
    await page.context().close();
    await this.stack.emulator.reset();
    await this.desk.reload();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.stack.stop();
    await this.site.stop();
  }
}

/** Independent of the language: there is only one. */
export function composer(page: Page) {
  return page.locator('flex-chat textarea.composer-input');
}

export async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** Waits until the visitor sees the text. */
export async function reads(page: Page, text: string): Promise<void> {
  await page.getByRole('log').getByText(text, { exact: true }).waitFor();
}
