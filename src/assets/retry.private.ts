/**
 * Trying again: how often, how soon, until when. Every call to Twilio goes through here and says, by the method it
 * uses, what makes repeating it safe.
 */
import type * as Chances from './chance.private';
import type * as Steps from './step.private';
import type * as Failure from './twilio-failure.private';

const { Deadline, MIN_CALL_MS, REAL_CHANCE } = require(
  Runtime.getAssets()['/chance.js']!.path,
) as typeof Chances;
const { MAX_TRIES, Step } = require(Runtime.getAssets()['/step.js']!.path) as typeof Steps;
const { isTwilioFailure } = require(Runtime.getAssets()['/twilio-failure.js']!.path) as typeof Failure;

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
  doubt: Steps.Doubt | undefined;
}

/** `failure` is the last one; `isLast` where no other try follows. */
type Look<Result> = (
  doubt: Steps.Doubt,
  failure: Failure.TwilioFailure,
  isLast: boolean,
) => Promise<Result | undefined>;

export class Retry {
  private readonly deadline: Chances.Deadline;

  constructor(
    private readonly chance: Chances.Chance = REAL_CHANCE,
    budgetMs = BUDGET_MS,
  ) {
    this.deadline = new Deadline(chance, budgetMs);
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
    const step = this.step(call);
    return this.carryOut(
      step,
      () => step.tryHastily(),
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
    const step = this.step(call);
    const result = await this.carryOut(
      step,
      () => step.tryHastily(),
      async ({ fate }) => (fate === 'lost' ? look() : undefined),
    );
    return { result, doubt: step.doubt };
  }

  /**
   * For calls that must not happen twice. When an answer is lost, `look` finds what the call has done, if anything;
   * only if there is nothing, and nothing can come any more, is the call sent again.
   */
  async once<Result>(call: () => Promise<Result>, look: () => Promise<Result | undefined>): Promise<Result> {
    const step = this.step(call);
    return this.carryOut(
      step,
      () => step.try(),
      async (doubt, failure) => {
        const waitMs = this.lateForMs(doubt);
        if (!this.deadline.leavesTimeForCall(waitMs)) throw failure;
        if (waitMs > 0) await this.chance.sleep(waitMs);
        return look();
      },
    );
  }

  /** Waits until nothing can come of a late call any more, or as long as there is time. */
  async waitOut(doubt: Steps.Doubt): Promise<void> {
    const waitMs = Math.min(this.lateForMs(doubt), this.deadline.leftMs() - 2 * MIN_CALL_MS);
    if (waitMs > 0) await this.chance.sleep(waitMs);
  }

  /**
   * Asks until there is something, or `untilMs` (on the clock of `chance`) has come; at least once. Whoever is waited for is
   * done soon, or has a call that hangs to wait out: to ask in between hardly ever pays.
   */
  async poll<Result>(ask: () => Promise<Result | undefined>, untilMs: number): Promise<Result | undefined> {
    const leftMs = () => Math.min(untilMs - this.chance.nowMs(), this.deadline.leftMs() - MIN_CALL_MS);
    for (const waitMs of [SOON_MS, LATE_MS + SOON_MS, Infinity]) {
      // Spread, so that those who wait together do not act together.
      const spreadMs = waitMs * (0.8 + this.chance.random() / 5);
      if (leftMs() > 0) await this.chance.sleep(Math.min(leftMs(), spreadMs));
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
    return fromMs + this.chance.random() * (toMs - fromMs);
  }

  /** On the clock of `chance`. */
  nowMs(): number {
    return this.chance.nowMs();
  }

  private step<Result>(call: () => Promise<Result>) {
    return new Step(call, this.chance, this.deadline);
  }

  private lateForMs({ fate, sentAtMs }: Steps.Doubt): number {
    return fate === 'late' ? sentAtMs + LATE_MS - this.chance.nowMs() : 0;
  }

  /** Tries until the step is done, or `look` finds that it was, or another try makes no sense. */
  private async carryOut<Result>(
    step: Steps.Step<Result>,
    attempt: () => Promise<Result>,
    look: Look<Result>,
  ): Promise<Result> {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!isTwilioFailure(error)) throw error;
        const goesOn = await this.waitAfter(error, step.triesMade);
        const { doubt } = step;
        const found =
          doubt && this.deadline.leavesTimeForCall() ? await look(doubt, error, !goesOn) : undefined;
        if (found !== undefined) return found;
        if (!goesOn) throw error;
      }
    }
  }

  /** False, at once, where another try makes no sense: nobody sleeps towards a deadline. */
  private async waitAfter(failure: Failure.TwilioFailure, tries: number): Promise<boolean> {
    const jitterMs = this.chance.random() * Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
    const waitMs = (failure.details.retryAfterSeconds ?? 0) * 1000 + jitterMs;
    if (tries >= MAX_TRIES || !this.deadline.leavesTimeForCall(waitMs)) return false;
    await this.chance.sleep(waitMs);
    return true;
  }
}
