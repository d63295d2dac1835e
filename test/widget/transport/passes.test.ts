/** Two tabs of one site, with one visitor between them. */
import { createChatStorage } from '../../../widget/transport/chat-storage';
import { BrowserStorage } from '../../support/browser-storage';
import type { FunctionsClient, Pass, Proof } from '../../../widget/transport/functions-client';
import { Passes, type Exclusively } from '../../../widget/transport/passes';

/** What the tabs of a site share. */
class Site extends BrowserStorage {
  private turn: Promise<unknown> = Promise.resolve();

  /** One after the other, as under a Web Lock. */
  readonly exclusively: Exclusively = (work) => {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  };
}

describe('the pass of a visitor', () => {
  let site: Site;
  let asked: Proof[];
  const passOf = (token: string): Pass => ({
    token,
    identity: 'visitor-1',
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  });
  const functions: Pick<FunctionsClient, 'issueToken'> = {
    issueToken: async (proof) => {
      asked.push(proof);
      return passOf(`t${asked.length}`);
    },
  };
  const aTab = () => {
    const storage = createChatStorage(
      'chat',
      () => site,
      () => new Site(),
    );
    return new Passes(functions as FunctionsClient, storage, {}, site.exclusively);
  };

  beforeEach(() => {
    site = new Site();
    asked = [];
  });

  it('is asked for once by two tabs that open together', async () => {
    const passes = await Promise.all([aTab().get(), aTab().get()]);

    expect(passes.map(({ token }) => token)).toEqual(['t1', 't1']);
    expect(asked).toEqual([{}]);
  });

  it('is renewed by one tab for both, whether they ask together or in turn', async () => {
    const [one, other] = [aTab(), aTab()];
    await Promise.all([one.get(), other.get()]);

    const together = await Promise.all([one.renew(), other.renew()]);
    expect(together.map(({ token }) => token)).toEqual(['t2', 't2']);
    await one.renew();
    expect((await other.renew()).token).toBe('t3');

    expect(asked).toEqual([{}, { token: 't1' }, { token: 't2' }]);
  });

  it('is renewed although it is fresh where Twilio refuses it', async () => {
    const tab = aTab();
    await tab.get();

    expect((await tab.renew()).token).toBe('t2');
  });
});
