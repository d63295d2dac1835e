/** The rules of trying again, on a clock and with randomness of the test's own. */
import type { Timing } from '../../../src/assets/twilio/timing.private';
import { TwilioFailure } from '../../../src/assets/twilio/failure.private';
import { Pace } from '../../../src/assets/twilio/pace.private';
import { Retry } from '../../../src/assets/twilio/retry.private';

/** No test waits: the clock jumps to the next thing that is due, once all that can go on without it has done so. */
class FakeTiming implements Timing {
  private readonly beganMs = 1_000_000;
  private atMs = this.beganMs;
  private readonly due: { atMs: number; wake: () => void }[] = [];
  readonly slept: number[] = [];

  constructor(private readonly randomness = 1) {}

  nowMs = () => this.atMs;
  random = () => this.randomness;
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
        const at = this.due.indexOf(entry);
        if (at >= 0) this.due.splice(at, 1);
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

/** As in a process that has made no call yet, unless `pace` has seen some. */
const aRetry = (timing = new FakeTiming(), pace = new Pace()) => new Retry(timing, 7500, pace);

/** A Twilio that has lately answered within so many milliseconds. */
function paceOf(answerMs: number): Pace {
  const pace = new Pace();
  for (let count = 0; count < 9; count++) pace.add(answerMs);
  return pace;
}

const refused = (retryAfterSeconds?: number) =>
  new TwilioFailure('refused', { status: 429, retryAfterSeconds });
const lost = () => new TwilioFailure('lost', { status: 503 });

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

    expect(await aRetry().repeat(call)).toBe('done');
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('is tried five times at most, after waits that double', async () => {
    const timing = new FakeTiming(1);
    const call = aCall(lost(), lost(), lost(), lost(), lost());

    await expect(aRetry(timing).repeat(call)).rejects.toMatchObject({ outcome: 'lost' });

    expect(call).toHaveBeenCalledTimes(5);
    expect(timing.passedMs).toBe(100 + 200 + 400 + 800);
  });

  it('waits any time from nothing to that, as the dice fall', async () => {
    const timing = new FakeTiming(0.25);

    await aRetry(timing).repeat(aCall(lost(), lost()));

    expect(timing.passedMs).toBe(25 + 50);
  });

  it('that fails for good is not repeated', async () => {
    const call = aCall(Object.assign(new Error('no'), { status: 400, code: 20001 }));

    await expect(aRetry().repeat(call)).rejects.toThrow('no');

    expect(call).toHaveBeenCalledTimes(1);
  });

  it('waits as long as Retry-After says', async () => {
    const timing = new FakeTiming(0);

    await aRetry(timing).repeat(aCall(refused(2), refused(3)));

    expect(timing.passedMs).toBe(2000 + 3000);
  });

  it('gives up at once where Retry-After reaches past the deadline', async () => {
    const timing = new FakeTiming(0);

    const outcome = aRetry(timing).repeat(aCall(refused(30)));

    await expect(outcome).rejects.toMatchObject({ details: { retryAfterSeconds: 30 } });
    expect(timing.passedMs).toBe(0);
  });

  it('is not tried again when there is hardly any time left', async () => {
    const timing = new FakeTiming(0);
    const retry = aRetry(timing);
    const call = jest.fn(async () => {
      timing.pass(3700);
      throw lost();
    });

    await expect(retry.repeat(call)).rejects.toMatchObject({ outcome: 'lost' });

    expect(call).toHaveBeenCalledTimes(2);
  });

  it('is made once even where there is no time: the caller gets its failure', async () => {
    const timing = new FakeTiming(0);
    const retry = aRetry(timing);
    timing.pass(7400);

    await expect(retry.repeat(aCall(lost()))).rejects.toMatchObject({ outcome: 'lost' });
  });

  it('is looked for once more before it is given up, if it may have been carried out', async () => {
    const failures = [lost(), lost(), lost(), lost(), refused()];

    expect(await aRetry().repeat(aCall(...failures), async () => 'found')).toBe('found');
    const outcome = aRetry().repeat(aCall(...failures), aCall(new Error('no such thing')));
    await expect(outcome).rejects.toMatchObject({ outcome: 'refused' });
  });

  it('is not looked for if Twilio has refused it each time', async () => {
    const look = jest.fn(async () => 'found');
    const call = aCall(refused(), refused(), refused(), refused(), refused());

    await expect(aRetry().repeat(call, look)).rejects.toMatchObject({
      outcome: 'refused',
    });

    expect(look).not.toHaveBeenCalled();
  });
});

describe('a call that is slow', () => {
  /** Each takes so long; the number of the call is the answer. */
  const slowCall = (timing: FakeTiming, ...durationsMs: number[]) => {
    let calls = 0;
    return jest.fn(async () => {
      const number = ++calls;
      await timing.until(durationsMs[number - 1] ?? 50);
      return number;
    });
  };

  it('may take all the time that is left', () => {
    const timing = new FakeTiming();
    const retry = aRetry(timing);
    timing.pass(1000);

    expect(retry.callTimeoutMs()).toBe(6500);
  });

  it.each([
    ['1.5 s, however fast Twilio is', () => paceOf(5), 1500],
    ['three times what Twilio takes at the moment', () => paceOf(1700), 5100],
    ['2.5 s, while little is known', () => new Pace(), 2500],
  ])('gets a second one beside it after %s, and the first answer counts', async (_case, pace, slowMs) => {
    const timing = new FakeTiming();
    const call = slowCall(timing, 7000);

    expect(await aRetry(timing, pace()).repeat(call)).toBe(2);
    expect(timing.passedMs).toBe(slowMs + 50);

    const other = new FakeTiming();
    expect(await aRetry(other, pace()).repeat(slowCall(other, slowMs - 10))).toBe(1);
  });

  it('is measured by what this very start has seen, too', async () => {
    const timing = new FakeTiming();
    const retry = aRetry(timing, paceOf(5));
    await retry.repeat(slowCall(timing, 1490));
    const call = slowCall(timing, 4000);

    expect(await retry.repeat(call)).toBe(1);
  });

  it('is measured by the median: one slow answer changes nothing', async () => {
    const pace = paceOf(5);
    pace.add(6000);

    expect(new Pace(pace).slowAfterMs()).toBe(1500);
    for (let count = 0; count < 4; count++) pace.add(1700);
    expect(new Pace(pace).slowAfterMs()).toBe(5100);
  });

  it('gets more beside it, as long as there is time', async () => {
    const timing = new FakeTiming(0);
    const call = slowCall(timing, 9000, 9000, 9000, 1000);

    expect(await aRetry(timing, paceOf(5)).repeat(call)).toBe(4);
    expect(timing.passedMs).toBe(3 * 1500 + 1000);
  });

  it('is waited for after a failure of the one beside it, unless that is for good', async () => {
    const timing = new FakeTiming();
    const failing = (failure: Error) => {
      const [first, second] = [slowCall(timing, 2600), aCall(failure)];
      let calls = 0;
      return async () => (++calls === 1 ? first() : second());
    };

    expect(await aRetry(timing).repeat<unknown>(failing(lost()))).not.toBeUndefined();
    const outcome = aRetry(timing).repeat<unknown>(failing(Object.assign(new Error('no'), { status: 409 })));
    await expect(outcome).rejects.toThrow('no');
  });

  it('is waited for to the end where there is no time for another', async () => {
    const timing = new FakeTiming();
    const retry = aRetry(timing, paceOf(5));
    timing.pass(6000);
    const call = slowCall(timing, 1450);

    expect(await retry.repeat(call)).toBe(1);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('is not called slow because this process stood still', async () => {
    const timing = new FakeTiming();
    const call = jest.fn(async () => {
      setImmediate(() => timing.pass(60_000));
      await timing.until(60_010);
      return 'done';
    });

    expect(await aRetry(timing).repeat(call)).toBe('done');
    expect(call).toHaveBeenCalledTimes(1);
  });
});

describe('a call that must not happen twice', () => {
  it('is repeated without a look when Twilio refused it', async () => {
    const look = jest.fn(async () => undefined);

    expect(await aRetry().once(aCall(refused(), refused()), look)).toBe('done');
    expect(look).not.toHaveBeenCalled();
  });

  it('is not repeated when a look finds what a lost answer hid', async () => {
    const call = aCall(lost());

    expect(await aRetry().once(call, async () => 'found')).toBe('found');
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('is looked for again after a refusal that follows a lost answer', async () => {
    const looks = [undefined, 'found'];
    const call = aCall(lost(), refused(), lost());

    expect(await aRetry().once(call, async () => looks.shift())).toBe('found');
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('is looked for after the last try, too', async () => {
    const looks = [undefined, undefined, undefined, undefined, 'found'];
    const call = aCall(lost(), lost(), lost(), lost(), lost());

    expect(await aRetry().once(call, async () => looks.shift())).toBe('found');
  });

  it('has none beside it, and may take until the deadline: a slow answer is an answer', async () => {
    const timing = new FakeTiming(0);
    const look = jest.fn(async () => undefined);
    const call = jest.fn(async () => {
      await timing.until(7000);
      return 'done';
    });

    expect(await aRetry(timing).once(call, look)).toBe('done');
    expect(call).toHaveBeenCalledTimes(1);
    expect(look).not.toHaveBeenCalled();
  });

  it('is looked for when the patience of its caller ends, and left alone: it may still take effect', async () => {
    const timing = new FakeTiming(0);
    const call = jest.fn(() => timing.until(100_000));

    const outcome = aRetry(timing).once<unknown>(call, async () => undefined, { ms: 1500, looks: true });

    await expect(outcome).rejects.toMatchObject({ outcome: 'late' });
    expect(timing.passedMs).toBe(1500);
    expect(call).toHaveBeenCalledTimes(1);
    expect(await aRetry(timing).once<unknown>(call, async () => 'found', { ms: 1500, looks: true })).toBe(
      'found',
    );
  });

  it('is not looked for then where its caller gives up what it was for', async () => {
    const timing = new FakeTiming(0);
    const look = jest.fn(async () => undefined);

    const outcome = aRetry(timing).once(() => timing.until(100_000), look, { ms: 1500, looks: false });

    await expect(outcome).rejects.toMatchObject({ outcome: 'late' });
    expect(look).not.toHaveBeenCalled();
  });

  it('counts when it is answered during that look', async () => {
    const timing = new FakeTiming(0);
    const call = () => timing.until(1600).then(() => 'done');

    const outcome = aRetry(timing).once<string>(
      call,
      async () => {
        await timing.until(200);
        return undefined;
      },
      { ms: 1500, looks: true },
    );

    expect(await outcome).toBe('done');
  });

  it('is given up early only where what replaces it fits before the deadline', () => {
    const timing = new FakeTiming(0);
    const retry = aRetry(timing, paceOf(1000));

    expect(retry.patienceMs(4)).toBe(3000);
    timing.pass(1000);
    expect(retry.patienceMs(4)).toBe(Infinity);
  });
});

describe('waiting for others', () => {
  it('asks soon, again when a call that hangs has been waited out, and when the time is up', async () => {
    const timing = new FakeTiming(1);
    const retry = aRetry(timing);
    const ask = jest.fn(async () => undefined);

    expect(await retry.poll(ask, timing.nowMs() + 5000)).toBeUndefined();
    expect(timing.slept).toEqual([300, 2300, 2300, 100]);
    expect(ask).toHaveBeenCalledTimes(4);
  });

  it('asks no more when there is something', async () => {
    const timing = new FakeTiming(0);
    const answers = [undefined, 'there'];
    const retry = aRetry(timing);

    expect(await retry.poll(async () => answers.shift(), timing.nowMs() + 5000)).toBe('there');
    expect(timing.slept).toEqual([240, 1840]);
  });

  it('asks at once and once where there is no time to wait', async () => {
    const timing = new FakeTiming(1);
    const retry = aRetry(timing);
    const ask = jest.fn(async () => undefined);

    expect(await retry.poll(ask, timing.nowMs())).toBeUndefined();
    expect(timing.slept).toEqual([]);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('outlasts a Twilio that fails in passing, but not one that says how long that takes', async () => {
    const timing = new FakeTiming(1);
    const retry = aRetry(timing);
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
