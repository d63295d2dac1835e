/** An agent in the real Flex UI. Finds things by Twilio's own words and test IDs. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

/** Loading 18 MB of JavaScript on a busy machine takes long. */
const LOADED_WITHIN_MS = 150_000;
const FOUND_WITHIN_MS = 60_000;
const VIEWPORT = { width: 1280, height: 800 };

export class FlexPage {
  /** What the page asked of others than the emulator. Flex UI runs offline, or it does not. */
  readonly elsewhere: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  /** Logged in. Without a name as the first agent. */
  static async open(
    browser: Browser,
    emulatorUrl: string,
    { agent = '', deviceScaleFactor = 1, viewport = VIEWPORT } = {},
  ): Promise<FlexPage> {
    const context = await browser.newContext({
      viewport,
      deviceScaleFactor,
      permissions: ['notifications'],
    });
    const flex = new FlexPage(context, await context.newPage());
    flex.page.setDefaultTimeout(FOUND_WITHIN_MS);
    flex.page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (/^http/.test(protocol) && origin !== emulatorUrl) flex.elsewhere.push(request.url());
    });
    await flex.page.goto(`${emulatorUrl}/flex/${agent && `?agent=${agent}`}`);
    await flex.page.getByText('No active tasks').waitFor({ timeout: LOADED_WITHIN_MS });
    return flex;
  }

  get acceptButton(): Locator {
    return this.page.getByTestId('accept-task');
  }

  get composer(): Locator {
    return this.page.getByTestId('message-input');
  }

  text(words: string): Locator {
    return this.page.getByText(words).first();
  }

  async accept(): Promise<void> {
    await this.acceptButton.click();
    await this.composer.waitFor();
  }

  async write(text: string): Promise<void> {
    await this.composer.click();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  async moveTo(activity: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Menu to change activity/ }).click();
    await this.page.getByRole('menuitem', { name: activity, exact: true }).click();
  }

  /** To another agent, by the name in Flex's own directory. */
  async transferTo(name: string): Promise<void> {
    await this.page.getByTestId('task-actions-menu-toggle').click();
    await this.page.getByTestId('task-transfer-button').click();
    await this.page.getByRole('button', { name: `Transfer to ${name}`, exact: true }).click();
    await this.page.getByTestId('confirm-transfer-button').click();
  }

  async end(): Promise<void> {
    await this.page.getByTestId('end-task-button').click();
  }

  async complete(): Promise<void> {
    await this.page
      .getByRole('button', { name: /^complete/i })
      .first()
      .click();
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
