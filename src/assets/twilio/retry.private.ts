/**
 * Trying again: how often, how soon, until when. Every call to Twilio goes through here and says, by the method it
 * uses, what makes repeating it safe.
 */
import { Deadline, MIN_CALL_MS, REAL_TIMING, type Timing } from './timing.private';
import { isTwilioFailure, type TwilioFailure } from './failure.private';
import { Attempts, MAX_TRIES, type Doubt } from './attempts.private';

/**
 * From the moment a Function is called. The platform ends a Function after 10 s without an answer of ours, and callers
 * are promised one within 8. Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions (limits)
 */
const BUDGET_MS = 7500;
/** Twilio usually answers within 0.1 s. */
const CALL_TIMEOUT_MS = 1600;
/** A call that we gave up may still be carried out, but hardly later than this after it was sent. */
const LATE_MS = 2000;
/** Full jitter: a random time up to 100, 200, 400, 800 ms. */
const FIRST_WAIT_MS = 100;
const MAX_WAIT_MS = 800;
/** What a start that nothing hinders needs for the rest, once its Conversation is there. */
const SOON_MS = 300;

export interface Done<Result> {
  result: Result;
  /** Where there is one, the call may have happened more than once, or may happen once more. */
  doubt: Doubt | undefined;
}

/** `failure` is the last one; `isLast` where no other try follows. */
type Look<Result> = (doubt: Doubt, failure: TwilioFailure, isLast: boolean) => Promise<Result | undefined>;

export class Retry {
  private readonly deadline: Deadline;

  constructor(
    private readonly timing: Timing = REAL_TIMING,
    budgetMs = BUDGET_MS,
  ) {
    this.deadline = new Deadline(timing, budgetMs);
  }

  /** For a Function that was called at `startedAtMs`, on the clock of `performance`. */
  static since(startedAtMs: number): Retry {
    return new Retry(REAL_TIMING, BUDGET_MS - (REAL_TIMING.nowMs() - startedAtMs));
  }

  /** How long the call that starts now may take. */
  callTimeoutMs(): number {
    return Math.max(1, Math.min(CALL_TIMEOUT_MS, Math.floor(this.deadline.leftMs())));
  }

  /**
   * For calls that may happen twice without harm: those that read, that set a value, or that Twilio itself holds to
   * once because of a name. Before this gives up, `look`, a single call, may find that one whose answer was lost was
   * carried out.
   */
  async repeat<Result>(call: () => Promise<Result>, look?: () => Promise<Result>): Promise<Result> {
    const attempts = this.attempts(call);
    return this.carryOut(
      attempts,
      () => attempts.tryHastily(),
      // Where that fails too, the first failure tells more.
      async (_doubt, _failure, isLast) => (isLast ? look?.().catch(() => undefined) : undefined),
    );
  }

  /**
   * For calls that may happen twice if the caller tidies up: where there is a doubt, it waits that out and looks for a
   * surplus. `look` finds what a lost answer hid; what may yet come can't be found yet.
   */
  async atLeastOnce<Result>(
    call: () => Promise<Result>,
    look: () => Promise<Result | undefined>,
  ): Promise<Done<Result>> {
    const attempts = this.attempts(call);
    const result = await this.carryOut(
      attempts,
      () => attempts.tryHastily(),
      async ({ outcome }) => (outcome === 'lost' ? look() : undefined),
    );
    return { result, doubt: attempts.doubt };
  }

  /**
   * For calls that must not happen twice. When an answer is lost, `look` finds what the call has done, if anything;
   * only if there is nothing, and nothing can come any more, is the call sent again.
   */
  async once<Result>(call: () => Promise<Result>, look: () => Promise<Result | undefined>): Promise<Result> {
    const attempts = this.attempts(call);
    return this.carryOut(
      attempts,
      () => attempts.try(),
      async (doubt, failure) => {
        const waitMs = this.lateForMs(doubt);
        if (!this.deadline.leavesTimeForCall(waitMs)) throw failure;
        if (waitMs > 0) await this.timing.sleep(waitMs);
        return look();
      },
    );
  }

  /** Waits until nothing can come of a late call any more, or as long as there is time. */
  async waitOut(doubt: Doubt): Promise<void> {
    const waitMs = Math.min(this.lateForMs(doubt), this.deadline.leftMs() - 2 * MIN_CALL_MS);
    if (waitMs > 0) await this.timing.sleep(waitMs);
  }

  /**
   * Asks until there is something, or `untilMs` (on the clock of `timing`) has come; at least once. Whoever is waited for is
   * done soon, or has a call that hangs to wait out: to ask in between hardly ever pays.
   */
  async poll<Result>(ask: () => Promise<Result | undefined>, untilMs: number): Promise<Result | undefined> {
    const leftMs = () => Math.min(untilMs - this.timing.nowMs(), this.deadline.leftMs() - MIN_CALL_MS);
    for (const waitMs of [SOON_MS, LATE_MS + SOON_MS, Infinity]) {
      // Spread, so that those who wait together do not act together.
      const spreadMs = waitMs * (0.8 + this.timing.random() / 5);
      if (leftMs() > 0) await this.timing.sleep(Math.min(leftMs(), spreadMs));
      const answer = await ask().catch((error: unknown) => {
        // Who has time to wait for others has time to wait for Twilio, unless Twilio says how long that takes.
        if (!isTwilioFailure(error) || error.details.retryAfterSeconds || leftMs() <= 0) throw error;
        return undefined;
      });
      if (answer !== undefined || leftMs() <= 0) return answer;
    }
    return undefined;
  }

  /** A random duration. */
  between(fromMs: number, toMs: number): number {
    return fromMs + this.timing.random() * (toMs - fromMs);
  }

  /** On the clock of `timing`. */
  nowMs(): number {
    return this.timing.nowMs();
  }

  private attempts<Result>(call: () => Promise<Result>) {
    return new Attempts(call, this.timing, this.deadline);
  }

  private lateForMs({ outcome, sentAtMs }: Doubt): number {
    return outcome === 'late' ? sentAtMs + LATE_MS - this.timing.nowMs() : 0;
  }

  /** Tries until the attempts is done, or `look` finds that it was, or another try makes no sense. */
  private async carryOut<Result>(
    attempts: Attempts<Result>,
    attempt: () => Promise<Result>,
    look: Look<Result>,
  ): Promise<Result> {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!isTwilioFailure(error)) throw error;
        const goesOn = await this.waitAfter(error, attempts.triesMade);
        const { doubt } = attempts;
        const found =
          doubt && this.deadline.leavesTimeForCall() ? await look(doubt, error, !goesOn) : undefined;
        if (found !== undefined) return found;
        if (!goesOn) throw error;
      }
    }
  }

  /** False, at once, where another try makes no sense: nobody sleeps towards a deadline. */
  private async waitAfter(failure: TwilioFailure, tries: number): Promise<boolean> {
    const jitterMs = this.timing.random() * Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
    const waitMs = (failure.details.retryAfterSeconds ?? 0) * 1000 + jitterMs;
    if (tries >= MAX_TRIES || !this.deadline.leavesTimeForCall(waitMs)) return false;
    await this.timing.sleep(waitMs);
    return true;
  }
}
