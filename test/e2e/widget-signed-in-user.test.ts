/** Signed-in users: the site identifies them with JWTs that it signs, each valid for a few minutes. */
import { describeInBrowser } from '../support/chromium';
import { SEEDS } from '../support/forbidden-words';
import { userToken, type UserTokenWishes } from '../support/tokens';
import type { Visitor } from '../support/visitor';
import { useWidget } from '../support/widget-world';

const TOKEN_TTL_SECONDS = 600;
const EXPIRED = { ageSeconds: 3600, lifeSeconds: 300 };

describeInBrowser('a signed-in user', () => {
  const world = useWidget({
    USER_TOKEN_SECRET: SEEDS.secret,
    TOKEN_TTL_SECONDS: String(TOKEN_TTL_SECONDS),
  });

  const authors = (): string[] => {
    const { participants } = world.stack.emulator.world.conversations;
    return participants.ofConversation(world.conversation().sid).map(({ identity }) => identity ?? '');
  };

  /** The site's own code: asks its server for a userToken whenever the chat wants one. */
  async function signIn(visitor: Visitor, wishes: () => UserTokenWishes = () => ({})): Promise<string[]> {
    const given: string[] = [];
    await visitor.page.exposeFunction('fetchUserToken', () => {
      const token = userToken(SEEDS.secret, wishes());
      given.push(token);
      return token;
    });
    await visitor.page.evaluate('FlexChat.identify(() => fetchUserToken())');
    return given;
  }

  it('is the same one on every device, and finds their chat there', async () => {
    const laptop = await world.arrive();
    await signIn(laptop);
    await laptop.launcher.click();
    await laptop.write('from my laptop');
    await laptop.sent('from my laptop').waitFor();
    const phone = await world.arrive({ viewport: { width: 390, height: 780 } });
    await signIn(phone);
    await phone.launcher.click();

    await phone.write('from my phone');

    await phone.sent('from my phone').waitFor();
    await phone.transcript.getByText('from my laptop', { exact: true }).waitFor();
    await laptop.transcript.getByText('from my phone', { exact: true }).waitFor();
    expect(authors()).toEqual([expect.stringMatching(/^user-/)]);
    const kept = await laptop.page.evaluate<string>('JSON.stringify([localStorage, sessionStorage])');
    expect(kept).not.toMatch(/eyJ/);
  });

  it('is not asked for signed data, and cannot replace it', async () => {
    const fields = [
      { name: 'tier', value: 'claimed by the page' },
      { name: 'page', value: 'checkout' },
    ];
    world.site.body = world.embed(`data-name="Ada" data-fields='${JSON.stringify(fields)}'`);
    const visitor = await world.arrive();
    await signIn(visitor, () => ({ claims: { name: SEEDS.name, preChat: { tier: 'gold' } } }));
    await visitor.launcher.click();
    await visitor.composer.waitFor();
    expect(await visitor.page.getByRole('textbox').count()).toBe(1);

    const offered = world.stack.nextReservation();
    await visitor.write('hello');
    await offered;

    expect(JSON.parse(world.conversation().attributes)).toMatchObject({
      pre_engagement_data: { friendlyName: SEEDS.name, tier: 'gold', page: 'checkout' },
    });
  });

  it('stays with a new userToken each time their chat has to renew', async () => {
    const visitor = await world.arrive();
    const given = await signIn(visitor);
    await visitor.launcher.click();
    await visitor.write('hello');
    await visitor.sent('hello').waitFor();
    const before = given.length;
    const renewed = visitor.page.waitForResponse('**/token');

    world.stack.emulator.world.clock.advance(TOKEN_TTL_SECONDS * 1000 - 180_000);

    expect((await renewed).status()).toBe(200);
    await visitor.write('still here');
    await visitor.sent('still here').waitFor();
    expect(given.length).toBeGreaterThan(before);
    expect(authors()).toEqual([expect.stringMatching(/^user-/)]);
  });

  it('is asked to reload the page when their sign-in has expired, and finds their draft there', async () => {
    world.site.body = world.embed(`data-user-token="${userToken(SEEDS.secret, EXPIRED)}"`);
    const visitor = await world.arrive();
    await visitor.launcher.click();
    await visitor.write('hello');
    await visitor.page.getByRole('alert').getByText('Your sign-in has expired. Reload this page').waitFor();

    world.site.body = world.embed(`data-user-token="${userToken(SEEDS.secret)}"`);
    await visitor.page.reload();

    await visitor.composer.waitFor();
    expect(await visitor.composer.inputValue()).toBe('hello');
    await visitor.composer.press('Enter');
    await visitor.sent('hello').waitFor();
    expect(authors()).toEqual([expect.stringMatching(/^user-/)]);
  });

  it('continues as soon as the site provides a valid userToken', async () => {
    let wishes: UserTokenWishes = EXPIRED;
    const visitor = await world.arrive();
    const given = await signIn(visitor, () => wishes);
    await visitor.launcher.click();
    await visitor.write('hello');
    await visitor.transcript.getByText('Not sent.').waitFor();

    wishes = {};
    const before = given.length;
    await visitor.button('Try again').click();

    await visitor.sent('hello').waitFor();
    expect(given.length).toBeGreaterThan(before);
    expect(world.bodies()[0]).toBe('hello');
  });
});
