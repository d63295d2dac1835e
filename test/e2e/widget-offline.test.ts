/** Ten minutes without a network or with a closed lid: unsent messages, missed messages, and the token. */
import { describeInBrowser } from '../support/chromium';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

const AWAY_MS = 10 * 60_000;
/** It runs out while the visitor is away. */
const SHORT = { TOKEN_TTL_SECONDS: '300' };

describeInBrowser('a visitor who is away for ten minutes', () => {
  const world = useWidget();

  /** In the middle of a chat with Grace, with half a sentence in the composer. */
  async function arriveAndTalk(): Promise<Visitor> {
    const visitor = await world.arrive();
    await visitor.page.clock.install();
    await visitor.page.evaluate('window.isSamePage = true');
    await visitor.launcher.click();
    const offered = world.stack.nextReservation();
    await visitor.write('hello');
    await offered;
    await world.accept();
    await world.reply('How can I help?');
    await visitor.transcript.getByText('How can I help?', { exact: true }).waitFor();
    return visitor;
  }

  /** For both sides. The page's timers that have come due fire once, as after a sleep. */
  async function passTime({ page }: Visitor): Promise<void> {
    world.stack.emulator.world.clock.advance(AWAY_MS);
    await page.clock.fastForward(AWAY_MS);
  }

  async function expectNothingLost(visitor: Visitor, draft: string): Promise<void> {
    const { page, transcript, composer } = visitor;
    for (const body of world.bodies()) await transcript.getByText(body!, { exact: true }).waitFor();
    await page.getByText('Your agent · online').waitFor();
    expect(await visitor.said()).toEqual(world.bodies());
    expect(await composer.inputValue()).toBe(draft);
    expect(await page.getByRole('alert').getByText('Connection lost.').count()).toBe(0);
    expect(await page.evaluate('window.isSamePage')).toBe(true);
  }

  async function goOffline(visitor: Visitor): Promise<void> {
    await visitor.setOffline(true);
    await visitor.page.getByRole('alert').getByText('Connection lost.').waitFor();
  }

  it('finds everything that was said, and has everything sent, when the network is back', async () => {
    const visitor = await arriveAndTalk();
    await goOffline(visitor);
    await visitor.write('first');
    await visitor.write('second');
    await visitor.composer.fill('and then');
    await world.reply('Are you still there?');
    await world.reply('Take your time.');

    await passTime(visitor);
    expect(await visitor.said()).toEqual(['hello', 'How can I help?', 'first', 'second']);
    await visitor.setOffline(false);

    await visitor.sent('second').waitFor();
    await expectNothingLost(visitor, 'and then');
    expect(world.bodies().slice(2)).toEqual(['Are you still there?', 'Take your time.', 'first', 'second']);
  });

  it('wakes up with the laptop', async () => {
    const visitor = await arriveAndTalk();
    await visitor.composer.fill('and then');
    const { realtime } = world.stack.emulator.world;
    // The page does not run while the lid is closed; the server closes the connection meanwhile.
    await visitor.page.clock.pauseAt(Date.now() + 1000);
    realtime.drop();
    await world.reply('Are you still there?');
    await world.reply('Take your time.');

    await passTime(visitor);
    await visitor.page.clock.resume();

    await expectNothingLost(visitor, 'and then');
    await visitor.composer.press('Enter');
    await visitor.sent('and then').waitFor();
    expect(world.bodies().at(-1)).toBe('and then');
  });

  describe('and whose token has run out', () => {
    beforeEach(() => world.stack.configure(SHORT));
    afterEach(() => world.stack.configure({}));

    it('comes back with a new one, and finds everything that was said', async () => {
      const visitor = await arriveAndTalk();
      const renewals: number[] = [];
      await goOffline(visitor);
      await visitor.write('first');
      await visitor.composer.fill('and then');
      await world.reply('Are you still there?');
      await world.stack.configure({});
      visitor.page.on('response', (response) => {
        if (response.url().endsWith('/token')) renewals.push(response.status());
      });

      await passTime(visitor);
      await visitor.setOffline(false);

      await visitor.sent('first').waitFor();
      await expectNothingLost(visitor, 'and then');
      expect(renewals).toEqual([200]);
    });
  });
});
