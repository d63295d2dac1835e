/** The rules of trying again, on a clock and with dice of the test's own. */
import type * as Retrying from '../../src/assets/retry.private';
import type * as Failure from '../../src/assets/twilio-failure.private';

const { Retry } = require(Runtime.getAssets()['/retry.js']!.path) as typeof Retrying;
const { TwilioFailure } = require(Runtime.getAssets()['/twilio-failure.js']!.path) as typeof Failure;

/** Sleeping moves the clock at once, and the dice show what the test says. */
class FakeChance implements Retrying.Chance {
  private atMs = 1_000_000;
  readonly slept: number[] = [];

  constructor(private readonly dice = 1) {}

  nowMs = () => this.atMs;
  random = () => this.dice;
  sleep = async (ms: number) => {
    this.slept.push(ms);
    this.atMs += ms;
  };

  pass(ms: number): void {
    this.atMs += ms;
  }
}

const refused = (retryAfterSeconds?: number) =>
  new TwilioFailure('refused', { status: 429, retryAfterSeconds });
const lost = () => new TwilioFailure('lost', { status: 503 });
const late = () => new TwilioFailure('late', { networkCode: 'ECONNABORTED' });

/** Fails with each of these in turn, then succeeds. */
function aCall(...failures: Error[]) {
  const left = [...failures];
  const call = jest.fn(async () => {
    const failure = left.shift();
    if (failure) throw failure;
    return 'done';
  });
  return call;
}

describe('a call', () => {
  it('that succeeds is made once', async () => {
    const call = aCall();

    expect(await new Retry(new FakeChance()).repeat(call)).toBe('done');
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('is tried five times at most, after waits that double', async () => {
    const chance = new FakeChance(1);
    const call = aCall(lost(), lost(), lost(), lost(), lost());

    await expect(new Retry(chance).repeat(call)).rejects.toMatchObject({ fate: 'lost' });

    expect(call).toHaveBeenCalledTimes(5);
    expect(chance.slept).toEqual([100, 200, 400, 800]);
  });

  it('waits any time from nothing to that, as the dice fall', async () => {
    const chance = new FakeChance(0.25);

    await new Retry(chance).repeat(aCall(lost(), lost()));

    expect(chance.slept).toEqual([25, 50]);
  });

  it('that fails for good is not repeated', async () => {
    const call = aCall(Object.assign(new Error('no'), { status: 400, code: 20001 }));

    await expect(new Retry(new FakeChance()).repeat(call)).rejects.toThrow('no');

    expect(call).toHaveBeenCalledTimes(1);
  });

  it('waits as long as Retry-After says', async () => {
    const chance = new FakeChance(0);

    await new Retry(chance).repeat(aCall(refused(2), refused(3)));

    expect(chance.slept).toEqual([2000, 3000]);
  });

  it('gives up at once where Retry-After reaches past the deadline', async () => {
    const chance = new FakeChance(0);

    const outcome = new Retry(chance).repeat(aCall(refused(30)));

    await expect(outcome).rejects.toMatchObject({ details: { retryAfterSeconds: 30 } });
    expect(chance.slept).toEqual([]);
  });

  it('is not begun when there is hardly any time left', async () => {
    const chance = new FakeChance(0);
    const retry = new Retry(chance);
    const call = jest.fn(async () => {
      chance.pass(retry.callTimeoutMs());
      throw late();
    });

    await expect(retry.repeat(call)).rejects.toMatchObject({ fate: 'late' });

    expect(call).toHaveBeenCalledTimes(5);
    expect(retry.leftMs()).toBeGreaterThanOrEqual(0);
  });

  it('gets no more time than is left', () => {
    const chance = new FakeChance();
    const retry = new Retry(chance);
    expect(retry.callTimeoutMs()).toBe(1600);

    chance.pass(6700);

    expect(retry.callTimeoutMs()).toBe(500);
  });
});

describe('a call that must not happen twice', () => {
  it('is repeated without a look when Twilio refused it', async () => {
    const look = jest.fn(async () => undefined);

    const { result, doubt } = await new Retry(new FakeChance()).once(aCall(refused(), refused()), look);

    expect({ result, doubt }).toEqual({ result: 'done', doubt: undefined });
    expect(look).not.toHaveBeenCalled();
  });

  it('is not repeated when a look finds what a lost answer hid', async () => {
    const call = aCall(lost());

    const { result } = await new Retry(new FakeChance()).once(call, async () => 'found');

    expect(result).toBe('found');
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('is looked for again after a refusal that follows a lost answer', async () => {
    const looks = [undefined, 'found'];
    const call = aCall(lost(), refused(), lost());

    const { result } = await new Retry(new FakeChance()).once(call, async () => looks.shift());

    expect(result).toBe('found');
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('waits out a call that may yet take effect before it looks, if asked to', async () => {
    const chance = new FakeChance(0);
    const retry = new Retry(chance);
    const beganMs = chance.nowMs();
    let lookedAfterMs = 0;
    const call = jest.fn(async () => {
      chance.pass(1600);
      throw late();
    });

    await retry.once(
      call,
      async () => {
        lookedAfterMs = chance.nowMs() - beganMs;
        return 'found';
      },
      { waitsOutLateCalls: true },
    );

    expect(lookedAfterMs).toBe(2600);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('fails rather than risk a second effect when there is no time to wait', async () => {
    const chance = new FakeChance(0);
    const retry = new Retry(chance);
    chance.pass(5500);
    const look = jest.fn(async () => undefined);

    const outcome = retry.once(
      async () => {
        chance.pass(1600);
        throw late();
      },
      look,
      { waitsOutLateCalls: true },
    );

    await expect(outcome).rejects.toMatchObject({ fate: 'late' });
    expect(look).not.toHaveBeenCalled();
  });

  it('tells of the worst doubt on the way', async () => {
    const { doubt } = await new Retry(new FakeChance(0)).once(aCall(late(), lost()), async () => undefined);

    expect(doubt?.failure.fate).toBe('late');
  });
});

describe('waiting for others', () => {
  it('asks until there is something', async () => {
    const chance = new FakeChance(1);
    const answers = [undefined, undefined, 'there'];
    const retry = new Retry(chance);

    expect(await retry.poll(async () => answers.shift(), chance.nowMs() + 5000)).toBe('there');
    expect(chance.slept).toEqual([250, 500]);
  });

  it('asks once more when the time is up, then gives up', async () => {
    const chance = new FakeChance(1);
    const retry = new Retry(chance);
    const ask = jest.fn(async () => undefined);

    expect(await retry.poll(ask, chance.nowMs() + 1000)).toBeUndefined();
    expect(chance.slept).toEqual([250, 500, 250]);
    expect(ask).toHaveBeenCalledTimes(4);
  });
});
