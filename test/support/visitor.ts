/** A visitor with a separate browser, on a site with the chat. Finds elements by role and name, as people do. */
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  FrameLocator,
  Locator,
  Page,
} from 'playwright-core';
import { HANGING_MS } from './timeouts';
import type { Site } from './site';

/**
 * If it is shut down while it still fetches, the SDK rejects promises that no code can catch. Source: observed with
 * 3.0.1 under load; sdk twilsock upstream.js
 */
const SHUT_DOWN_EARLY = 'Unable to connect: Connection is not initialized';

export class Visitor {
  readonly errors: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    private readonly site: Pick<Site, 'origin'>,
    public page: Page,
    /** The location of the chat: the page itself, or a frame in it. */
    public place: Page | FrameLocator = page,
  ) {}

  static async arrive(
    browser: Pick<Browser, 'newContext'>,
    site: Pick<Site, 'origin'>,
    options: BrowserContextOptions = {},
  ): Promise<Visitor> {
    const context = await browser.newContext(options);
    const visitor = new Visitor(context, site, await context.newPage());
    await visitor.goTo(visitor.page);
    return visitor;
  }

  /**
   * On a machine without a network a browser always counts as offline and fires no event: here the page gets that
   * event.
   */
  async setOffline(isOffline: boolean): Promise<void> {
    const isOnline = await this.page.evaluate('navigator.onLine');
    await this.context.setOffline(isOffline);
    if (isOffline && !isOnline) await this.page.evaluate(`dispatchEvent(new Event('offline'))`);
  }

  async secondTab(): Promise<Page> {
    const page = await this.context.newPage();
    await this.goTo(page);
    return page;
  }

  get launcher(): Locator {
    return this.place.locator('flex-chat .launcher');
  }

  get composer(): Locator {
    return this.place.getByRole('textbox', { name: 'Message', exact: true });
  }

  get transcript(): Locator {
    return this.place.getByRole('log');
  }

  button(name: string): Locator {
    return this.place.locator('flex-chat .panel').getByRole('button', { name, exact: true });
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** The mark under the visitor's newest message that Twilio has stored. */
  sent(text: string): Locator {
    return this.transcript
      .getByRole('listitem')
      .filter({ hasText: text })
      .getByText(/· (Sent|Seen)$/);
  }

  /** The messages, from top to bottom. */
  said(): Promise<string[]> {
    return this.transcript.locator('.bubble').allTextContents();
  }

  async leave(): Promise<void> {
    await this.context.close();
    expect(this.errors).toEqual([]);
  }

  private async goTo(page: Page): Promise<void> {
    page.setDefaultTimeout(HANGING_MS);
    // A blocked script or style and a thrown error are failures; an error response, or none, may be part of the test.
    page.on('pageerror', ({ message }) => {
      if (message !== SHUT_DOWN_EARLY) this.errors.push(message);
    });
    page.on('console', (line) => {
      const isNetworks = /^Failed to load resource|net::ERR_INTERNET_DISCONNECTED$/.test(line.text());
      if (line.type() === 'error' && !isNetworks) this.errors.push(line.text());
    });
    await page.goto(this.site.origin);
  }
}
