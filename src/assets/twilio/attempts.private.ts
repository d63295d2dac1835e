/** One step of ours at Twilio, tried until it is done: how many calls that has taken, and what may have become of them. */
import type { Timing, Deadline } from './timing.private';
import { isTwilioFailure } from './failure.private';

/** In all, those sent beside others included. */
export const MAX_TRIES = 5;
/**
 * A call that may happen twice is not waited for to its end: after this time another is sent beside it, and the first
 * answer counts. Most of what hangs never answers, and a few such calls in a row must not use up the whole budget.
 */
const SLOW_MS = 1000;
/** Where the clock runs ahead of a timer like this, our own process stood still (frozen, or busy), not Twilio. */
const OVERSLEPT = 1.5;

/** There was a call whose outcome we do not know. A `late` one can still take effect. */
export interface Doubt {
  outcome: 'lost' | 'late';
  /** The last such call. */
  sentAtMs: number;
}

export class Attempts<Result> {
  private tries = 0;
  private known: Doubt | undefined;
  private successes = 0;
  /** Times at which calls were sent that have not been answered yet. */
  private readonly open = new Set<{ sentAtMs: number }>();

  constructor(
    private readonly call: () => Promise<Result>,
    private readonly timing: Timing,
    private readonly deadline: Deadline,
  ) {}

  get triesMade(): number {
    return this.tries;
  }

  /** The worst that may have happened. */
  get doubt(): Doubt | undefined {
    // Two that were sent beside each other can both succeed. Then there is nothing to wait for, but a surplus.
    const twice: Doubt[] = this.successes > 1 ? [{ outcome: 'late', sentAtMs: -Infinity }] : [];
    const open = [...this.open].map(({ sentAtMs }): Doubt => ({ outcome: 'late', sentAtMs }));
    return [...twice, ...open].reduce(worse, this.known);
  }

  /** One call. */
  async try(): Promise<Result> {
    this.tries += 1;
    const sent = { sentAtMs: this.timing.nowMs() };
    this.open.add(sent);
    try {
      const result = await this.call();
      this.successes += 1;
      return result;
    } catch (error) {
      // A later refusal does not undo the doubt about an earlier call, nor a reset the one about a late call.
      if (isTwilioFailure(error) && error.outcome !== 'refused') {
        this.known = worse(this.known, { outcome: error.outcome, ...sent });
      }
      throw error;
    } finally {
      this.open.delete(sent);
    }
  }

  /** One call, and others beside it for as long as none is answered. What is then still open has handlers, and no say. */
  async tryHastily(): Promise<Result> {
    const calls: Promise<Result>[] = [];
    for (;;) {
      calls.push(this.try());
      const answer = firstAnswer(calls);
      const isPatient = this.tries >= MAX_TRIES || !(await this.isSlow(answer));
      if (isPatient || !this.deadline.leavesTimeForCall()) return answer;
    }
  }

  private async isSlow(answer: Promise<unknown>): Promise<boolean> {
    const answered = new AbortController();
    const stop = () => answered.abort();
    answer.then(stop, stop);
    let sleptMs: number;
    do {
      const fromMs = this.timing.nowMs();
      await this.timing.sleep(SLOW_MS, answered.signal);
      sleptMs = this.timing.nowMs() - fromMs;
    } while (!answered.signal.aborted && sleptMs > OVERSLEPT * SLOW_MS);
    return !answered.signal.aborted;
  }
}

function worse(one: Doubt | undefined, other: Doubt): Doubt | undefined {
  if (!one) return other;
  if (one.outcome !== other.outcome) return one.outcome === 'late' ? one : other;
  return one.sentAtMs > other.sentAtMs ? one : other;
}

/** Of the first call that succeeds, or fails for good; a failure in passing counts only once all have failed. */
function firstAnswer<Result>(calls: readonly Promise<Result>[]): Promise<Result> {
  return new Promise((resolve, reject) => {
    let open = calls.length;
    for (const call of calls) {
      call.then(resolve, (error: unknown) => {
        open -= 1;
        if (open === 0 || !isTwilioFailure(error)) reject(error as Error);
      });
    }
  });
}
