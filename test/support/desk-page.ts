/** An agent at the desk. Finds elements by role and name, as people do. */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { HANGING_MS } from './timeouts';

export class DeskPage {
  private constructor(
    readonly page: Page,
    private readonly errors: string[],
  ) {}

  /** Without a name, opens the first agent's desk. */
  static async open(
    browser: Pick<Browser, 'newContext'>,
    emulatorUrl: string,
    { agent, ...options }: BrowserContextOptions & { agent?: string } = {},
  ): Promise<DeskPage> {
    const context = await browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.setDefaultTimeout(HANGING_MS);
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${emulatorUrl}/${agent === undefined ? '' : `?agent=${agent}`}`);
    return new DeskPage(page, errors);
  }

  get activity(): Locator {
    return this.page.getByRole('combobox', { name: 'Activity' });
  }

  get transcript(): Locator {
    return this.page.getByRole('log', { name: 'Messages' });
  }

  get status(): Locator {
    return this.page.getByRole('status');
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** An offered Task. */
  task(name: string): Locator {
    return this.page.getByRole('listitem', { name: `Task from ${name}` });
  }

  chat(name: string): Locator {
    return this.page.getByRole('list', { name: 'My chats' }).getByRole('button', { name });
  }

  get finished(): Locator {
    return this.page.getByRole('list', { name: 'Finished tasks' });
  }

  async moveTo(activity: string): Promise<void> {
    await this.activity.selectOption(activity);
  }

  async accept(name: string): Promise<void> {
    await this.task(name).getByRole('button', { name: 'Accept' }).click();
    await this.page.getByRole('heading', { name, level: 2 }).waitFor();
  }

  async write(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Reply' }).fill(text);
    await this.page.getByRole('textbox', { name: 'Reply' }).press('Enter');
    await this.transcript.getByText(text, { exact: true }).waitFor();
  }

  /** Returns the errors of the page. */
  async leave(): Promise<readonly string[]> {
    await this.page.context().close();
    return this.errors;
  }
}
