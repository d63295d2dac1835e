/** The rules of retries, with a clock and random numbers of the test. */
import type { Timing } from '../../../src/assets/twilio/timing.private';
import { TwilioFailure } from '../../../src/assets/twilio/failure.private';
import { Pace } from '../../../src/assets/twilio/pace.private';
import { Retry } from '../../../src/assets/twilio/retry.private';

/** No test waits: the clock jumps to the next timer once everything else has run. */
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

  /** A call to Twilio with this duration. */
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

/** As in a process without earlier calls, unless `pace` has measurements. */
const aRetry = (timing = new FakeTiming(), pace = new Pace()) => new Retry(timing, 7500, pace);

/** The pace of a Twilio with this response time in milliseconds. */
function paceOf(answerMs: number): Pace {
  const pace = new Pace();
  for (let count = 0; count < 9; count++) pace.add(answerMs);
  return pace;
}

const refused = (retryAfterSeconds?: number) =>
  new TwilioFailure('refused', { status: 429, retryAfterSeconds });
const lost = () => new TwilioFailure('lost', { status: 503 });

/**
 * Fails with each of these in turn, then succeeds.
 */
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

  it('is tried at most five times, with doubling waits', async () => {
    const timing = new FakeTiming(1);
    const call = aCall(lost(), lost(), lost(), lost(), lost());

    await expect(aRetry(timing).repeat(call)).rejects.toMatchObject({ outcome: 'lost' });

    expect(call).toHaveBeenCalledTimes(5);
    expect(timing.passedMs).toBe(100 + 200 + 400 + 800);
  });

  it('waits a random time up to that', async () => {
    const timing = new FakeTiming(0.25);

    await aRetry(timing).repeat(aCall(lost(), lost()));

    expect(timing.passedMs).toBe(25 + 50);
  });

  it('with a permanent failure is not repeated', async () => {
    const call = aCall(Object.assign(new Error('no'), { status: 400, code: 20001 }));

    await expect(aRetry().repeat(call)).rejects.toThrow('no');

    expect(call).toHaveBeenCalledTimes(1);
  });

  it('waits for the time in Retry-After', async () => {
    const timing = new FakeTiming(0);

    await aRetry(timing).repeat(aCall(refused(2), refused(3)));

    expect(timing.passedMs).toBe(2000 + 3000);
  });

  it('gives up at once if Retry-After exceeds the deadline', async () => {
    const timing = new FakeTiming(0);

    const outcome = aRetry(timing).repeat(aCall(refused(30)));

    await expect(outcome).rejects.toMatchObject({ details: { retryAfterSeconds: 30 } });
    expect(timing.passedMs).toBe(0);
  });

  it('is not retried if hardly any time is left', async () => {
    const timing = new FakeTiming(0);
    const retry = aRetry(timing);
    const call = jest.fn(async () => {
      timing.pass(3700);
      throw lost();
    });

    await expect(retry.repeat(call)).rejects.toMatchObject({ outcome: 'lost' });

    expect(call).toHaveBeenCalledTimes(2);
  });

  it('is made once even without time: the caller gets its failure', async () => {
    const timing = new FakeTiming(0);
    const retry = aRetry(timing);
    timing.pass(7400);

    await expect(retry.repeat(aCall(lost()))).rejects.toMatchObject({ outcome: 'lost' });
  });

  it('is looked for once more before giving up, if it may have been carried out', async () => {
    const failures = [lost(), lost(), lost(), lost(), refused()];

    expect(await aRetry().repeat(aCall(...failures), async () => 'found')).toBe('found');
    const outcome = aRetry().repeat(aCall(...failures), aCall(new Error('no such thing')));
    await expect(outcome).rejects.toMatchObject({ outcome: 'refused' });
  });

  it('is not looked for if Twilio has rejected it each time', async () => {
    const findEffect = jest.fn(async () => 'found');
    const call = aCall(refused(), refused(), refused(), refused(), refused());

    await expect(aRetry().repeat(call, findEffect)).rejects.toMatchObject({
      outcome: 'refused',
    });

    expect(findEffect).not.toHaveBeenCalled();
  });
});

describe('a call that is slow', () => {
  /** The duration of each call; the number of the call is the answer. */
  const slowCall = (timing: FakeTiming, ...durationsMs: number[]) => {
    let calls = 0;
    return jest.fn(async () => {
      const number = ++calls;
      await timing.until(durationsMs[number - 1] ?? 50);
      return number;
    });
  };

  it('may take all the remaining time', () => {
    const timing = new FakeTiming();
    const retry = aRetry(timing);
    timing.pass(1000);

    expect(retry.callTimeoutMs()).toBe(6500);
  });

  it.each([
    ['1.9 s, however fast Twilio is', () => paceOf(5), 1900],
    ["three times Twilio's current response time", () => paceOf(1700), 5100],
    ['2.5 s, with few measurements', () => new Pace(), 2500],
  ])('gets a second one in parallel after %s, and the first answer counts', async (_case, pace, slowMs) => {
    const timing = new FakeTiming();
    const call = slowCall(timing, 7000);

    expect(await aRetry(timing, pace()).repeat(call)).toBe(2);
    expect(timing.passedMs).toBe(slowMs + 50);

    const other = new FakeTiming();
    expect(await aRetry(other, pace()).repeat(slowCall(other, slowMs - 10))).toBe(1);
  });

  it("is also measured by this start's own calls", async () => {
    const timing = new FakeTiming();
    const retry = aRetry(timing, paceOf(5));
    await retry.repeat(slowCall(timing, 1490));
    const call = slowCall(timing, 4000);

    expect(await retry.repeat(call)).toBe(1);
  });

  it('is measured by the median: one slow answer changes nothing', async () => {
    const pace = paceOf(5);
    pace.add(6000);

    expect(new Pace(pace).slowAfterMs()).toBe(1900);
    for (let count = 0; count < 4; count++) pace.add(1700);
    expect(new Pace(pace).slowAfterMs()).toBe(5100);
  });

  it('gets more in parallel while there is time', async () => {
    const timing = new FakeTiming(0);
    const call = slowCall(timing, 9000, 9000, 9000, 1000);

    expect(await aRetry(timing, paceOf(5)).repeat(call)).toBe(4);
    expect(timing.passedMs).toBe(3 * 1900 + 1000);
  });

  it('is still waited for after the parallel one fails, unless that failure is permanent', async () => {
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

  it('is waited for to the end if there is no time for another', async () => {
    const timing = new FakeTiming();
    const retry = aRetry(timing, paceOf(5));
    timing.pass(6000);
    const call = slowCall(timing, 1450);

    expect(await retry.repeat(call)).toBe(1);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('is not called slow because this process was blocked', async () => {
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
  it('is repeated without a look when Twilio rejected it', async () => {
    const findEffect = jest.fn(async () => undefined);

    expect(await aRetry().once(aCall(refused(), refused()), findEffect)).toBe('done');
    expect(findEffect).not.toHaveBeenCalled();
  });

  it('is not repeated when a look finds the effect of a lost answer', async () => {
    const call = aCall(lost());

    expect(await aRetry().once(call, async () => 'found')).toBe('found');
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('is looked for again after a rejection that follows a lost answer', async () => {
    const searches = [undefined, 'found'];
    const call = aCall(lost(), refused(), lost());

    expect(await aRetry().once(call, async () => searches.shift())).toBe('found');
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('is looked for after the last try, too', async () => {
    const searches = [undefined, undefined, undefined, undefined, 'found'];
    const call = aCall(lost(), lost(), lost(), lost(), lost());

    expect(await aRetry().once(call, async () => searches.shift())).toBe('found');
  });

  it('has no parallel one, and may take until the deadline: a slow answer is an answer', async () => {
    const timing = new FakeTiming(0);
    const findEffect = jest.fn(async () => undefined);
    const call = jest.fn(async () => {
      await timing.until(7000);
      return 'done';
    });

    expect(await aRetry(timing).once(call, findEffect)).toBe('done');
    expect(call).toHaveBeenCalledTimes(1);
    expect(findEffect).not.toHaveBeenCalled();
  });

  it("is looked for when the caller's wait ends, and not repeated: it may still take effect", async () => {
    const timing = new FakeTiming(0);
    const call = jest.fn(() => timing.until(100_000));

    const outcome = aRetry(timing).once<unknown>(call, async () => undefined, { ms: 1500, searches: true });

    await expect(outcome).rejects.toMatchObject({ outcome: 'late' });
    expect(timing.passedMs).toBe(1500);
    expect(call).toHaveBeenCalledTimes(1);
    expect(await aRetry(timing).once<unknown>(call, async () => 'found', { ms: 1500, searches: true })).toBe(
      'found',
    );
  });

  it('is not looked for then if the caller abandons its purpose', async () => {
    const timing = new FakeTiming(0);
    const findEffect = jest.fn(async () => undefined);

    const outcome = aRetry(timing).once(() => timing.until(100_000), findEffect, {
      ms: 1500,
      searches: false,
    });

    await expect(outcome).rejects.toMatchObject({ outcome: 'late' });
    expect(findEffect).not.toHaveBeenCalled();
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
      { ms: 1500, searches: true },
    );

    expect(await outcome).toBe('done');
  });

  it('is abandoned early only if its replacement fits before the deadline', () => {
    const timing = new FakeTiming(0);
    const retry = aRetry(timing, paceOf(1000));

    expect(retry.waitLimitMs(4)).toBe(3000);
    timing.pass(1000);
    expect(retry.waitLimitMs(4)).toBe(Infinity);
  });
});

describe('waiting for other calls', () => {
  it('polls soon, again after a hanging call, and when the time is up', async () => {
    const timing = new FakeTiming(1);
    const retry = aRetry(timing);
    const ask = jest.fn(async () => undefined);

    expect(await retry.poll(ask, timing.nowMs() + 5000)).toBeUndefined();
    expect(timing.slept).toEqual([300, 2700, 2000]);
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('stops polling when there is a result', async () => {
    const timing = new FakeTiming(0);
    const answers = [undefined, 'there'];
    const retry = aRetry(timing);

    expect(await retry.poll(async () => answers.shift(), timing.nowMs() + 5000)).toBe('there');
    expect(timing.slept).toEqual([240, 2160]);
  });

  it('polls once, immediately, without time to wait', async () => {
    const timing = new FakeTiming(1);
    const retry = aRetry(timing);
    const ask = jest.fn(async () => undefined);

    expect(await retry.poll(ask, timing.nowMs())).toBeUndefined();
    expect(timing.slept).toEqual([]);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('continues after transient failures, except one with a Retry-After', async () => {
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
