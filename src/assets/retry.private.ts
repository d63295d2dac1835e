/**
 * Trying again: how often, how soon, until when. Every call to Twilio goes through here and says, by the method it
 * uses, what makes repeating it safe.
 */
import type * as Failure from './twilio-failure.private';

const { isTwilioFailure } = require(Runtime.getAssets()['/twilio-failure.js']!.path) as typeof Failure;

/** Clock and dice, so that tests need neither wait nor hope. */
export interface Chance {
  /** Milliseconds; only differences count. */
  nowMs(): number;
  sleep(ms: number): Promise<void>;
  /** 0..1 */
  random(): number;
}

export const REAL_CHANCE: Chance = {
  nowMs: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
};

/**
 * From the moment a Function is called. The platform ends a Function after 10 s without an answer of ours, and callers
 * are promised one within 8. Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions (limits)
 */
const BUDGET_MS = 7200;
/** Twilio usually answers within 0.1 s. Four calls that hang still leave room for a fifth before the deadline. */
const CALL_TIMEOUT_MS = 1600;
/** A shorter call would be given up before Twilio has had a chance to answer. */
const MIN_CALL_MS = 200;
const MAX_TRIES = 5;
/** Full jitter: a random time up to 100, 200, 400, 800 ms. */
const FIRST_WAIT_MS = 100;
const MAX_WAIT_MS = 800;
/** Between looks for what somebody else is about to do; doubled each time. */
const FIRST_POLL_MS = 250;
/** A call that we gave up may still be carried out, but hardly later than this after it was sent. */
const LATE_MS = 2600;

/** A try whose outcome we do not know. A `late` one can still take effect. */
export interface Doubt {
  failure: Failure.TwilioFailure;
  sentAtMs: number;
}

export interface Done<Result> {
  result: Result;
  /** The worst that happened on the way. */
  doubt: Doubt | undefined;
}

export class Retry {
  private readonly deadlineMs: number;

  constructor(
    private readonly chance: Chance = REAL_CHANCE,
    budgetMs = BUDGET_MS,
  ) {
    this.deadlineMs = chance.nowMs() + budgetMs;
  }

  /** How long the call that starts now may take. */
  callTimeoutMs(): number {
    return Math.max(1, Math.min(CALL_TIMEOUT_MS, Math.floor(this.leftMs())));
  }

  leftMs(): number {
    return this.deadlineMs - this.chance.nowMs();
  }

  /**
   * For calls that may happen twice without harm: those that read, that set a value, or that Twilio itself holds to
   * once because of a name.
   */
  async repeat<Result>(call: () => Promise<Result>): Promise<Result> {
    return (await this.attempt(call)).result;
  }

  /**
   * For calls that must not happen twice. When an answer is lost, `look` finds what the call has done, if anything;
   * only if it finds nothing is the call sent again. `look` brings its own retries.
   */
  async once<Result>(
    call: () => Promise<Result>,
    look: () => Promise<Result | undefined>,
    { waitsOutLateCalls = false } = {},
  ): Promise<Done<Result>> {
    return this.attempt(call, async (doubt) => {
      if (waitsOutLateCalls && !(await this.waitOut(doubt))) throw doubt.failure;
      return look();
    });
  }

  /** Waits until nothing can come of a late call any more; false, at once, if there is no time for that. */
  async waitOut(doubt: Doubt): Promise<boolean> {
    const waitMs = this.lateForMs(doubt);
    if (waitMs + MIN_CALL_MS > this.leftMs()) return false;
    if (waitMs > 0) await this.chance.sleep(waitMs);
    return true;
  }

  /** The same, or as long as there is time. */
  async waitOutIfPossible(doubt: Doubt): Promise<void> {
    const waitMs = Math.min(this.lateForMs(doubt), this.leftMs() - 2 * MIN_CALL_MS);
    if (waitMs > 0) await this.chance.sleep(waitMs);
  }

  private lateForMs({ failure, sentAtMs }: Doubt): number {
    return failure.fate === 'late' ? sentAtMs + LATE_MS - this.chance.nowMs() : 0;
  }

  /** Asks until there is something, or `untilMs` (on the clock of `chance`) has come; at least once. */
  async poll<Result>(ask: () => Promise<Result | undefined>, untilMs: number): Promise<Result | undefined> {
    for (let waitMs = FIRST_POLL_MS; ; waitMs *= 2) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      const leftMs = Math.min(untilMs - this.chance.nowMs(), this.leftMs() - MIN_CALL_MS);
      if (leftMs <= 0) return undefined;
      // Never less than half, so that polling stays cheap; spread, so that those who wait together do not act together.
      await this.chance.sleep(Math.min(leftMs, waitMs * (0.5 + this.chance.random() / 2)));
    }
  }

  /** A random duration. */
  between(fromMs: number, toMs: number): number {
    return fromMs + this.chance.random() * (toMs - fromMs);
  }

  /** On the clock of `chance`. */
  nowMs(): number {
    return this.chance.nowMs();
  }

  private async attempt<Result>(
    call: () => Promise<Result>,
    look?: (doubt: Doubt) => Promise<Result | undefined>,
  ): Promise<Done<Result>> {
    let doubt: Doubt | undefined;
    for (let tries = 1; ; tries++) {
      const sentAtMs = this.chance.nowMs();
      try {
        return { result: await call(), doubt };
      } catch (error) {
        if (!isTwilioFailure(error)) throw error;
        // A later refusal does not undo the doubt about an earlier try, nor a reset the one about a late call.
        const { fate } = error;
        if (fate === 'late' || (fate === 'lost' && doubt?.failure.fate !== 'late')) {
          doubt = { failure: error, sentAtMs };
        }
        await this.waitAfter(error, tries);
      }
      const found = doubt && (await look?.(doubt));
      if (found !== undefined) return { result: found, doubt };
    }
  }

  /** Throws the failure where another try makes no sense, at once: nobody sleeps towards a deadline. */
  private async waitAfter(failure: Failure.TwilioFailure, tries: number): Promise<void> {
    const jitterMs = this.chance.random() * Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
    const waitMs = (failure.details.retryAfterSeconds ?? 0) * 1000 + jitterMs;
    if (tries >= MAX_TRIES || waitMs + MIN_CALL_MS > this.leftMs()) throw failure;
    await this.chance.sleep(waitMs);
  }
}
