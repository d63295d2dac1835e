import { Clock } from '../../../emulator/core/clock';

const MINUTE_MS = 60_000;

describe('the clock', () => {
  let clock: Clock;
  let fired: string[];

  beforeEach(() => {
    clock = new Clock();
    fired = [];
  });
  afterEach(() => clock.clear());

  const note = (name: string) => () => void fired.push(name);

  it('fires due timers, oldest first, and keeps the rest', () => {
    clock.after(3 * MINUTE_MS, note('third'));
    clock.after(1 * MINUTE_MS, note('first'));
    clock.after(2 * MINUTE_MS, note('second'));

    clock.advance(2.5 * MINUTE_MS);

    expect(fired).toEqual(['first', 'second']);
  });

  it('shows a timer the time at which it fires, so that the timers it starts become due in the same jump', () => {
    const start = clock.now();
    const seen: number[] = [];
    clock.after(MINUTE_MS, () => {
      seen.push(clock.now() - start);
      clock.after(MINUTE_MS, () => seen.push(clock.now() - start));
    });

    clock.advance(10 * MINUTE_MS);

    expect(seen.map((ms) => Math.round(ms / MINUTE_MS))).toEqual([1, 2]);
    expect(clock.now() - start).toBeGreaterThanOrEqual(10 * MINUTE_MS);
  });

  it('forgets a cancelled timer, and every timer when it is cleared', () => {
    clock.after(MINUTE_MS, note('cancelled')).cancel();
    clock.after(MINUTE_MS, note('cleared'));

    clock.clear();
    clock.advance(MINUTE_MS);

    expect(fired).toEqual([]);
  });

  it('fires each timer once', () => {
    clock.after(MINUTE_MS, note('once'));

    clock.advance(MINUTE_MS);
    clock.advance(MINUTE_MS);

    expect(fired).toEqual(['once']);
  });

  it('also fires in real time', async () => {
    await new Promise<void>((resolve) => clock.after(1, resolve));
  });

  it('accepts waits that are longer than the limit of setTimeout', () => {
    const fortyDaysMs = 40 * 24 * 60 * MINUTE_MS;
    clock.after(fortyDaysMs, note('late'));

    clock.advance(fortyDaysMs - 1000);
    expect(fired).toEqual([]);
    clock.advance(1000);

    expect(fired).toEqual(['late']);
  });

  it.each([-1, Number.NaN])('rejects an advance by %d', (byMs) => {
    expect(() => clock.advance(byMs)).toThrow(RangeError);
  });
});
