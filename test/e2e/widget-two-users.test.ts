/** Two users of one site on one browser, one after the other: neither is shown, sends or erases what is the other's. */
import { describeInBrowser } from '../support/chromium';
import { SEEDS } from '../support/forbidden-words';
import { userToken } from '../support/tokens';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

type User = 'ada' | 'bob';
type Step = User | 'reset' | 'reload';

const OTHER = { ada: 'bob', bob: 'ada' } as const;

/** What a browser is left with after these steps, whatever their order. */
class Expectation {
  user: User | null = null;
  readonly words = new Set<User>();

  /** The steps that happened, from the first. */
  take(step: Step): void {
    if (step === 'reload') this.user = null;
    else if (step === 'reset') {
      // Erases the user's data. If no user is signed in, the owner is unknown and all data is erased.
      if (this.user) this.words.delete(this.user);
      else this.words.clear();
      this.user = null;
    } else {
      this.user = step;
    }
  }
}

const orders = permutations<Step>(['bob', 'reset', 'reload', 'ada']);

describeInBrowser('two users on one browser', () => {
  const world = useWidget({ USER_TOKEN_SECRET: SEEDS.secret });

  const secretOf = (user: User): string => `private words of ${user}`;
  const tokenOf = (user: User): string => userToken(SEEDS.secret, { sub: `${user}@example.com` });
  const identify = async (visitor: Visitor, user: User): Promise<void> => {
    const asked = visitor.page.waitForResponse('**/token');
    await visitor.page.evaluate(`FlexChat.identify(${JSON.stringify(tokenOf(user))}); FlexChat.open()`);
    await asked;
    await visitor.composer.waitFor();
  };
  const writeInVain = async (visitor: Visitor, user: User): Promise<void> => {
    await visitor.write(secretOf(user));
    await visitor.transcript.getByText('Not sent.').waitFor();
  };
  const seen = async (visitor: Visitor): Promise<string> =>
    [await visitor.composer.inputValue(), ...(await visitor.said())].join('\n');
  const failStarts = (): void =>
    void world.stack.emulator.world.faults.add({
      kind: 'status',
      status: 400,
      path: '/Conversations$',
      times: 99,
    });

  it.each(orders)('keep apart what could not be sent (ada, %s, %s, %s, %s, ada, bob)', async (...order) => {
    failStarts();
    const visitor = await world.arrive();
    const expected = new Expectation();

    for (const step of ['ada', ...order, 'ada', 'bob'] as Step[]) {
      if (step === 'reload') {
        // The panel is as open as it was.
        await visitor.page.reload();
        await visitor.composer.waitFor();
      } else if (step === 'reset') {
        await visitor.page.evaluate('FlexChat.reset()');
        await visitor.composer.waitFor();
      } else await identify(visitor, step);
      expected.take(step);

      const { user, words } = expected;
      for (const one of ['ada', 'bob'] as const) {
        if (one === user && words.has(one)) await waitToSee(visitor, secretOf(one));
        else expect(await seen(visitor)).not.toContain(secretOf(one));
      }
      if (user && !words.has(user)) {
        await writeInVain(visitor, user);
        words.add(user);
      }
    }
    expect(world.conversations()).toEqual([]);
  });

  it('send each under their own name', async () => {
    failStarts();
    const visitor = await world.arrive();
    await identify(visitor, 'ada');
    await writeInVain(visitor, 'ada');
    await identify(visitor, 'bob');
    world.stack.emulator.world.faults.clear();

    await visitor.write('hello from bob');
    await visitor.sent('hello from bob').waitFor();
    await identify(visitor, 'ada');
    await waitToSee(visitor, secretOf('ada'));
    await visitor.composer.press('Enter');
    await visitor.sent(secretOf('ada')).waitFor();

    const said = world.conversations().map(({ sid }) => {
      const { messages, participants } = world.stack.emulator.world.conversations;
      const bodies = messages.ofConversation(sid).map(({ body }) => body);
      return { bodies, who: participants.ofConversation(sid).map(({ identity }) => identity) };
    });
    expect(said.map(({ bodies }) => bodies)).toEqual([['hello from bob'], [secretOf('ada')]]);
    expect(new Set(said.flatMap(({ who }) => who)).size).toBe(2);
  });

  it.each(['ada', 'bob'] as const)(
    'are not waited for by a chat that is ada’s: %s comes a moment after the page was loaded',
    async (user) => {
      const visitor = await world.arrive();
      await identify(visitor, 'ada');
      await visitor.write('hello');
      await visitor.sent('hello').waitFor();
      await visitor.page.reload();
      // Anonymous so far.
      await visitor.composer.waitFor();
      await world.reply('Here is your answer');
      expect(await seen(visitor)).not.toContain('hello');

      await identify(visitor, user);

      if (user === 'bob') {
        expect(await seen(visitor)).not.toMatch(/hello|answer/);
        await identify(visitor, OTHER[user]);
      }
      await visitor.transcript.getByText('Here is your answer').waitFor();
    },
  );

  it('find what they wrote before they signed in, once, and nothing of it is sent by itself', async () => {
    const visitor = await world.arrive();
    await visitor.launcher.click();
    await visitor.composer.fill('typed before the sign-in');

    await identify(visitor, 'ada');
    await visitor.page.waitForFunction(
      "document.querySelector('flex-chat').shadowRoot.querySelector('.composer-input').value === 'typed before the sign-in'",
    );
    await identify(visitor, 'bob');

    expect(await seen(visitor)).toBe('');
    expect(world.conversations()).toEqual([]);
  });

  it('are distinguished although the site identifies both with the same function', async () => {
    failStarts();
    const visitor = await world.arrive();
    let user: User = 'ada';
    await visitor.page.exposeFunction('fetchUserToken', () => tokenOf(user));
    await visitor.page.evaluate('FlexChat.identify(() => fetchUserToken())');
    await visitor.launcher.click();
    await visitor.composer.waitFor();
    await writeInVain(visitor, 'ada');
    world.stack.emulator.world.faults.clear();

    user = 'bob';
    await visitor.button('Try again').click();

    // What was written under another name goes nowhere.
    await visitor.page.waitForFunction(
      "!document.querySelector('flex-chat').shadowRoot.querySelector('.bubble')",
    );
    expect(await seen(visitor)).toBe('');
    expect(world.conversations()).toEqual([]);
  });

  it.each([
    ['a user', 'ada'],
    ['an anonymous visitor', null],
  ] as const)('are forgotten in every tab at once: %s', async (_who, user) => {
    const visitor = await world.arrive();
    if (user) await identify(visitor, user);
    else await visitor.launcher.click();
    await visitor.write('hello');
    await visitor.sent('hello').waitFor();
    const second = await visitor.secondTab();
    if (user) await second.evaluate(`FlexChat.identify(${JSON.stringify(tokenOf(user))})`);
    await second.evaluate('FlexChat.open()');
    const composer = second.getByRole('textbox', { name: 'Message', exact: true });
    await second.getByRole('log').getByText('hello', { exact: true }).waitFor();
    await composer.fill('a draft in the second tab');

    await visitor.page.evaluate('FlexChat.reset()');

    for (const page of [visitor.page, second]) {
      await page.waitForFunction(
        "!document.querySelector('flex-chat').shadowRoot.querySelector('.bubble, .resuming')",
      );
    }
    expect(await composer.inputValue()).toBe('');
    const stored = await second.evaluate(
      'JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })',
    );
    expect(stored).not.toMatch(/"CH[0-9a-f]{32}|hello|draft in the/);
    // A page that still names a user continues that user's chat.
    if (user) return;
    const started = second.waitForResponse('**/start-chat');
    await composer.fill('from the next visitor');
    await composer.press('Enter');
    await started;
    expect(world.conversations()).toHaveLength(2);
  });

  async function waitToSee({ page }: Visitor, words: string): Promise<void> {
    await page.waitForFunction(`(() => {
      const root = document.querySelector('flex-chat').shadowRoot;
      const said = [...root.querySelectorAll('.bubble')].map((one) => one.textContent);
      return said.includes('${words}') || root.querySelector('.composer-input')?.value.includes('${words}');
    })()`);
  }
});

function permutations<One>(all: readonly One[]): One[][] {
  if (all.length === 0) return [[]];
  return all.flatMap((first, position) =>
    permutations(all.toSpliced(position, 1)).map((rest) => [first, ...rest]),
  );
}
