/** The rules of trying again, on a clock and with dice of the test's own. */
import type { Timing } from '../../../src/assets/twilio/timing.private';
import { TwilioFailure } from '../../../src/assets/twilio/failure.private';
import { Retry } from '../../../src/assets/twilio/retry.private';

/** Nobody waits: the clock jumps to the next thing that is due, once all that can go on without it has done so. */
class FakeChance implements Timing {
  private readonly beganMs = 1_000_000;
  private atMs = this.beganMs;
  private readonly due: { atMs: number; wake: () => void }[] = [];
  readonly slept: number[] = [];

  constructor(private readonly dice = 1) {}

  nowMs = () => this.atMs;
  random = () => this.dice;
  sleep = (ms: number, signal?: AbortSignal) => {
    if (!signal) this.slept.push(ms);
    return this.until(ms, signal);
  };

  /** Something of Twilio's that takes this long. */
  until(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((wake) => {
      const entry = { atMs: this.atMs + ms, wake };
      this.due.push(entry);
      signal?.addEventListener('abort', () => {
        this.due.splice(this.due.indexOf(entry), 1);
        wake();
      });
      setImmediate(() => this.jump());
    });
  }

  get passedMs(): number {
    return this.atMs - this.beganMs;
  }

  pass(ms: number): void {
    this.atMs += ms;
  }

  private jump(): void {
    const next = this.due.sort((a, b) => a.atMs - b.atMs).shift();
    if (!next) return;
    this.atMs = Math.max(this.atMs, next.atMs);
    next.wake();
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
    const timing = new FakeChance(1);
    const call = aCall(lost(), lost(), lost(), lost(), lost());

    await expect(new Retry(timing).repeat(call)).rejects.toMatchObject({ outcome: 'lost' });

    expect(call).toHaveBeenCalledTimes(5);
    expect(timing.slept).toEqual([100, 200, 400, 800]);
  });

  it('waits any time from nothing to that, as the dice fall', async () => {
    const timing = new FakeChance(0.25);

    await new Retry(timing).repeat(aCall(lost(), lost()));

    expect(timing.slept).toEqual([25, 50]);
  });

  it('that fails for good is not repeated', async () => {
    const call = aCall(Object.assign(new Error('no'), { status: 400, code: 20001 }));

    await expect(new Retry(new FakeChance()).repeat(call)).rejects.toThrow('no');

    expect(call).toHaveBeenCalledTimes(1);
  });

  it('waits as long as Retry-After says', async () => {
    const timing = new FakeChance(0);

    await new Retry(timing).repeat(aCall(refused(2), refused(3)));

    expect(timing.slept).toEqual([2000, 3000]);
  });

  it('gives up at once where Retry-After reaches past the deadline', async () => {
    const timing = new FakeChance(0);

    const outcome = new Retry(timing).repeat(aCall(refused(30)));

    await expect(outcome).rejects.toMatchObject({ details: { retryAfterSeconds: 30 } });
    expect(timing.slept).toEqual([]);
  });

  it('is not begun when there is hardly any time left', async () => {
    const timing = new FakeChance(0);
    const retry = new Retry(timing);
    const call = jest.fn(async () => {
      timing.pass(retry.callTimeoutMs());
      throw late();
    });

    await expect(retry.once(call, async () => undefined)).rejects.toMatchObject({ outcome: 'late' });

    expect(call).toHaveBeenCalledTimes(4);
    expect(timing.passedMs).toBeLessThanOrEqual(7500);
  });

  it('gets no more time than is left', () => {
    const timing = new FakeChance();
    const retry = new Retry(timing);
    expect(retry.callTimeoutMs()).toBe(1600);

    timing.pass(7000);

    expect(retry.callTimeoutMs()).toBe(500);
  });

  it('is looked for once more before it is given up, if it may have been carried out', async () => {
    const failures = [lost(), lost(), lost(), lost(), refused()];

    expect(await new Retry(new FakeChance()).repeat(aCall(...failures), async () => 'found')).toBe('found');
    const outcome = new Retry(new FakeChance()).repeat(aCall(...failures), aCall(new Error('no such thing')));
    await expect(outcome).rejects.toMatchObject({ outcome: 'refused' });
  });

  it('is not looked for if Twilio has refused it each time', async () => {
    const look = jest.fn(async () => 'found');
    const call = aCall(refused(), refused(), refused(), refused(), refused());

    await expect(new Retry(new FakeChance()).repeat(call, look)).rejects.toMatchObject({
      outcome: 'refused',
    });

    expect(look).not.toHaveBeenCalled();
  });
});

describe('a call that is slow', () => {
  /** Each takes so long; the number of the call is the answer. */
  const slowCall = (timing: FakeChance, ...durationsMs: number[]) => {
    let calls = 0;
    return jest.fn(async () => {
      const number = ++calls;
      await timing.until(durationsMs[number - 1] ?? 50);
      return number;
    });
  };

  it('is made once if it takes less than a second', async () => {
    const timing = new FakeChance();
    const call = slowCall(timing, 990);

    expect(await new Retry(timing).repeat(call)).toBe(1);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('gets a second one beside it, and whichever answers first counts', async () => {
    const timing = new FakeChance();
    expect(await new Retry(timing).repeat(slowCall(timing, 1600))).toBe(2);
    expect(timing.passedMs).toBe(1050);

    const other = new FakeChance();
    expect(await new Retry(other).repeat(slowCall(other, 1200, 1600))).toBe(1);
    expect(other.passedMs).toBe(1200);
  });

  it('gets more beside it, five calls in all', async () => {
    const timing = new FakeChance(0);
    const call = slowCall(timing, 9000, 9000, 9000, 9000, 3000);

    expect(await new Retry(timing).repeat(call)).toBe(5);
    expect(timing.passedMs).toBe(4 * 1000 + 3000);
    expect(call).toHaveBeenCalledTimes(5);
  });

  it('is waited for after a failure of the one beside it, unless that is for good', async () => {
    const timing = new FakeChance();
    const failing = (failure: Error) => {
      const [first, second] = [slowCall(timing, 1500), aCall(failure)];
      let calls = 0;
      return async () => (++calls === 1 ? first() : second());
    };

    expect(await new Retry(timing).repeat<unknown>(failing(lost()))).toBe(1);
    const outcome = new Retry(timing).repeat<unknown>(
      failing(Object.assign(new Error('no'), { status: 409 })),
    );
    await expect(outcome).rejects.toThrow('no');
  });

  it('is not called slow because this process stood still', async () => {
    const timing = new FakeChance();
    const call = jest.fn(async () => {
      setImmediate(() => timing.pass(60_000));
      await timing.until(60_010);
      return 'done';
    });

    expect(await new Retry(timing).repeat(call)).toBe('done');
    expect(call).toHaveBeenCalledTimes(1);
  });
});

describe('a call that may happen twice if somebody tidies up', () => {
  it('leaves no doubt where it succeeds, or was refused', async () => {
    const { result, doubt } = await new Retry(new FakeChance()).atLeastOnce(
      aCall(refused(), refused()),
      async () => undefined,
    );

    expect({ result, doubt }).toEqual({ result: 'done', doubt: undefined });
  });

  it('is looked for where the answer was lost, but not where it may yet come', async () => {
    const timing = new FakeChance(0);
    expect(await new Retry(timing).atLeastOnce(aCall(lost()), async () => 'found')).toMatchObject({
      result: 'found',
    });

    const { result, doubt } = await new Retry(timing).atLeastOnce(aCall(late(), lost()), async () => 'found');

    expect({ result, outcome: doubt?.outcome }).toEqual({ result: 'done', outcome: 'late' });
  });

  it('leaves a doubt where one is still on its way, that can be waited out', async () => {
    const timing = new FakeChance();
    const retry = new Retry(timing);
    let calls = 0;
    const call = async () => {
      if (++calls === 1) await timing.until(100_000);
      return 'done';
    };

    const { doubt } = await retry.atLeastOnce(call, async () => undefined);
    await retry.waitOut(doubt!);

    expect(doubt?.outcome).toBe('late');
    expect(timing.passedMs).toBe(2000);
  });

  it('leaves a doubt where two beside each other have succeeded at the same moment, with nothing to wait for', async () => {
    const timing = new FakeChance();
    const retry = new Retry(timing);
    const both = timing.until(1050);
    const call = jest.fn(() => both);

    const { doubt } = await retry.atLeastOnce(call, async () => undefined);
    await retry.waitOut(doubt!);

    expect(call).toHaveBeenCalledTimes(2);
    expect(timing.passedMs).toBe(1050);
  });
});

describe('a call that must not happen twice', () => {
  it('is repeated without a look when Twilio refused it', async () => {
    const look = jest.fn(async () => undefined);

    expect(await new Retry(new FakeChance()).once(aCall(refused(), refused()), look)).toBe('done');
    expect(look).not.toHaveBeenCalled();
  });

  it('is not repeated when a look finds what a lost answer hid', async () => {
    const call = aCall(lost());

    expect(await new Retry(new FakeChance()).once(call, async () => 'found')).toBe('found');
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('is looked for again after a refusal that follows a lost answer', async () => {
    const looks = [undefined, 'found'];
    const call = aCall(lost(), refused(), lost());

    expect(await new Retry(new FakeChance()).once(call, async () => looks.shift())).toBe('found');
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('is looked for after the last try, too', async () => {
    const looks = [undefined, undefined, undefined, undefined, 'found'];
    const call = aCall(lost(), lost(), lost(), lost(), lost());

    expect(await new Retry(new FakeChance()).once(call, async () => looks.shift())).toBe('found');
  });

  it('has none beside it, however slow it is, and waits until nothing can come before it looks', async () => {
    const timing = new FakeChance(0);
    let lookedAfterMs = 0;
    const call = jest.fn(async () => {
      await timing.until(1600);
      throw late();
    });

    await new Retry(timing).once(call, async () => {
      lookedAfterMs = timing.passedMs;
      return 'found';
    });

    expect(lookedAfterMs).toBe(2000);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('fails rather than risk a second effect when there is no time to wait', async () => {
    const timing = new FakeChance(0);
    const retry = new Retry(timing);
    timing.pass(5500);
    const look = jest.fn(async () => undefined);

    const outcome = retry.once(async () => {
      timing.pass(1600);
      throw late();
    }, look);

    await expect(outcome).rejects.toMatchObject({ outcome: 'late' });
    expect(look).not.toHaveBeenCalled();
  });
});

describe('waiting for others', () => {
  it('asks soon, again when a call that hangs has been waited out, and when the time is up', async () => {
    const timing = new FakeChance(1);
    const retry = new Retry(timing);
    const ask = jest.fn(async () => undefined);

    expect(await retry.poll(ask, timing.nowMs() + 5000)).toBeUndefined();
    expect(timing.slept).toEqual([300, 2300, 2400]);
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('asks no more when there is something', async () => {
    const timing = new FakeChance(0);
    const answers = [undefined, 'there'];
    const retry = new Retry(timing);

    expect(await retry.poll(async () => answers.shift(), timing.nowMs() + 5000)).toBe('there');
    expect(timing.slept).toEqual([240, 1840]);
  });

  it('asks at once and once where there is no time to wait', async () => {
    const timing = new FakeChance(1);
    const retry = new Retry(timing);
    const ask = jest.fn(async () => undefined);

    expect(await retry.poll(ask, timing.nowMs())).toBeUndefined();
    expect(timing.slept).toEqual([]);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('outlasts a Twilio that fails in passing, but not one that says how long that takes', async () => {
    const timing = new FakeChance(1);
    const retry = new Retry(timing);
    const fiveTimes = (failure: () => Error) => Array.from({ length: 5 }, failure);
    const ask = (...failures: Error[]) => {
      const call = aCall(...failures);
      return () => retry.repeat(call);
    };

    expect(await retry.poll(ask(...fiveTimes(lost)), timing.nowMs() + 5000)).toBe('done');
    await expect(retry.poll(aCall(refused(30)), timing.nowMs() + 900)).rejects.toMatchObject({
      outcome: 'refused',
    });
    await expect(retry.poll(aCall(lost()), timing.nowMs())).rejects.toMatchObject({ outcome: 'lost' });
  });
});
