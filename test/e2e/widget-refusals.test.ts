/** The chat when a start fails: outside operating hours, when Twilio rate-limits, when responses are lost. */
import type { Route } from 'playwright-core';
import { describeInBrowser } from '../support/chromium';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

const DAY_MS = 86_400_000;

function dayIn(days: number): Date {
  return new Date(Date.now() + days * DAY_MS);
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Open every day from nine, but not today nor on the days around it, whatever the time zone. */
const CLOSED = {
  OPERATING_HOURS: 'Mo-Su 09:00-17:00',
  OPERATING_TIME_ZONE: 'UTC',
  OPERATING_HOLIDAYS: [-1, 0, 1].map((days) => isoDay(dayIn(days))).join(','),
};

describeInBrowser('the chat that is refused', () => {
  const world = useWidget();

  const faults = () => world.stack.emulator.world.faults;
  const banner = (visitor: Visitor) => visitor.page.getByRole('alert');
  const starts = (visitor: Visitor): string[] => {
    const asked: string[] = [];
    visitor.page.on('request', (request) => {
      const path = new URL(request.url()).pathname;
      if (request.method() === 'POST' && path === '/start-chat') asked.push(path);
    });
    return asked;
  };

  async function arriveAndOpen(options = {}): Promise<Visitor> {
    const visitor = await world.arrive(options);
    // Before the chat's code loads, so that it uses this clock.
    await visitor.page.clock.install();
    await visitor.launcher.click();
    return visitor;
  }

  /** One Conversation with what belongs to it, whatever happened on the way. */
  function expectNothingDoubled(...bodies: string[]): void {
    const { sid } = world.conversation();
    const { participants, webhooks } = world.stack.emulator.world.conversations;
    expect(participants.ofConversation(sid)).toHaveLength(1);
    expect(webhooks.ofConversation(sid)).toHaveLength(1);
    expect(world.bodies().slice(0, bodies.length)).toEqual(bodies);
    for (const body of bodies) expect(world.bodies().filter((one) => one === body)).toHaveLength(1);
  }

  describe('outside the operating hours', () => {
    beforeEach(() => world.stack.configure(CLOSED));
    afterEach(() => world.stack.configure({}));

    it('shows the next opening in the visitor’s language and time zone, and keeps the draft until then', async () => {
      world.site.body = world.embed('data-lang="de"');
      const visitor = await world.arrive({ timezoneId: 'Asia/Tokyo' });
      const composer = visitor.page.getByRole('textbox', { name: 'Nachricht', exact: true });
      await visitor.launcher.click();
      await composer.fill('Ist jemand da?');
      await composer.press('Enter');

      const date = new Intl.DateTimeFormat('de', { weekday: 'long', day: 'numeric', month: 'long' });
      const opensOn = new RegExp(`${date.format(dayIn(2))}.* 18:00`);
      await banner(visitor).getByText(opensOn).waitFor();
      await visitor.transcript.getByText('Ist jemand da?', { exact: true }).waitFor();
      expect(world.conversations()).toEqual([]);
      await world.stack.configure({});
      await visitor.button('Erneut versuchen').click();

      await visitor.transcript.getByText(/· Gesendet/).waitFor();
      expectNothingDoubled('Ist jemand da?');
      expect(await banner(visitor).getByText(opensOn).count()).toBe(0);
    });

    it('says so before the visitor has written a word', async () => {
      const visitor = await world.arrive();

      await visitor.launcher.click();

      await banner(visitor).getByText('We’ll be back').waitFor();
      expect(await visitor.page.getByText('We are here to help').count()).toBe(0);
      expect(world.conversations()).toEqual([]);
    });

    it('puts the words back into the composer when the visitor comes again', async () => {
      const visitor = await world.arrive();
      await visitor.launcher.click();
      await visitor.write('Can you help me?');
      await banner(visitor).getByText('We’ll be back').waitFor();

      await visitor.page.reload();

      await visitor.composer.waitFor();
      expect(await visitor.composer.inputValue()).toBe('Can you help me?');
    });
  });

  it('on an origin that is not on the list says so, and names it and the setting in the console', async () => {
    await world.stack.configure({ ALLOWED_ORIGINS: 'https://shop.example' });
    const visitor = await world.arrive();
    await visitor.launcher.click();
    await visitor.write('hello');

    await banner(visitor).getByText('The chat is not available on this page.').waitFor();
    const ours = visitor.errors.splice(0).filter((line) => line.startsWith('[flex-chat]'));
    expect(ours).toEqual([
      `[flex-chat] ${world.stack.functionsUrl} rejects this page: add ${world.site.origin} to ALLOWED_ORIGINS`,
    ]);
    expect(world.conversations()).toEqual([]);
    await world.stack.configure({});
  });

  const noCors = { 'access-control-allow-origin': 'https://elsewhere.example' };
  it.each<[string, (route: Route) => Promise<void>]>([
    ['is lost', (route) => route.fetch().then(() => route.abort())],
    [
      'is a gateway’s',
      (route) => route.fulfill({ status: 504, headers: noCors, body: '<h1>Gateway Timeout</h1>' }),
    ],
  ])('on an allowed origin is not blamed on it if the first answer %s', async (_case, disturb) => {
    const visitor = await world.arrive();
    const first = new Promise<Route>((resolve) => {
      void visitor.page.route('**/token', resolve, { times: 1 });
    });
    await visitor.launcher.click();
    await visitor.write('hello');
    await disturb(await first);
    await banner(visitor).getByText('We cannot be reached right now.').waitFor();

    await visitor.button('Try again').click();

    await visitor.sent('hello').waitFor();
    expectNothingDoubled('hello');
    expect(visitor.errors.splice(0).filter((line) => line.startsWith('[flex-chat]'))).toEqual([]);
  });

  it('waits as long as Twilio asks, and starts by itself', async () => {
    const visitor = await arriveAndOpen();
    const asked = starts(visitor);
    faults().add({
      kind: 'status',
      status: 429,
      headers: { 'Retry-After': '20' },
      path: '/Conversations$',
      times: 1,
    });
    const refused = visitor.page.waitForResponse('**/start-chat');
    await visitor.write('hello');
    expect((await refused).headers()['retry-after']).toBe('20');
    await visitor.transcript.getByText('Sending…').waitFor();
    await visitor.write('are you there?');
    expect(asked).toHaveLength(1);

    await visitor.page.clock.fastForward(20_000);

    await visitor.sent('are you there?').waitFor();
    expect(asked).toHaveLength(2);
    expectNothingDoubled('hello', 'are you there?');
  });

  it('says what to do when Twilio asks for a longer wait than a visitor accepts', async () => {
    const visitor = await arriveAndOpen();
    faults().add({
      kind: 'status',
      status: 429,
      headers: { 'Retry-After': '120' },
      path: '/Conversations$',
      times: 1,
    });
    await visitor.write('hello');
    await banner(visitor).getByText('Please try again in a moment.').waitFor();

    await visitor.button('Try again').click();

    await visitor.sent('hello').waitFor();
    expectNothingDoubled('hello');
  });

  it.each(['/Conversations$', '/Participants$', '/Webhooks$'])(
    'is started once although Twilio’s answer at %s is lost',
    async (path) => {
      const visitor = await world.arrive();
      await visitor.launcher.click();
      faults().add({ kind: 'resetAfter', method: 'POST', path, times: 1 });

      await visitor.write('hello');

      await visitor.sent('hello').waitFor();
      expectNothingDoubled('hello');
    },
  );

  it('is started once although our own answer is lost', async () => {
    const visitor = await world.arrive();
    await visitor.page.route(
      '**/start-chat',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await visitor.launcher.click();
    await visitor.write('hello');
    await banner(visitor).getByText('We cannot be reached right now.').waitFor();

    await visitor.button('Try again').click();

    await visitor.sent('hello').waitFor();
    expectNothingDoubled('hello');
  });

  it('sends a message once although the connection breaks before the answer', async () => {
    const { realtime, conversations } = world.stack.emulator.world;
    const visitor = await world.arriveAndWrite('hello');
    const stop = conversations.events.on('messageAdded', () => {
      stop();
      realtime.drop();
    });

    await visitor.write('and one thing more');

    await banner(visitor).getByText('Connection lost.').waitFor();
    await visitor.page.getByText('Waiting for an agent').waitFor();
    await visitor.sent('and one thing more').waitFor();
    expectNothingDoubled('hello', 'and one thing more');
    expect(await visitor.transcript.getByText('and one thing more', { exact: true }).count()).toBe(1);
  });
});
