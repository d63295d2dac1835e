/**
 * Retries: how often, how soon, until when. Every call to Twilio goes through here and declares, by the method it uses,
 * whether repeating it is safe. No call is aborted before the deadline: a slow answer is an answer, and an abort would
 * not undo Twilio's work.
 */
import { isTwilioFailure, TwilioFailure } from './failure.private';
import { Pace, PROCESS_PACE } from './pace.private';
import { Deadline, MIN_CALL_MS, REAL_TIMING, type Timing } from './timing.private';

/**
 * From the call of the Function on. The platform ends a Function after 10 s without an answer, and callers are promised
 * one within 8. Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions (limits)
 */
const BUDGET_MS = 7500;
const MAX_TRIES = 5;
/** Full jitter: a random time up to 100, 200, 400, 800 ms. */
const FIRST_WAIT_MS = 100;
const MAX_WAIT_MS = 800;
/** The time that an undisturbed start needs for the rest, once its Conversation exists. */
const SOON_MS = 300;
/** The time that a start that begins again needs until its Conversation is complete. */
const LATER_MS = 2700;

/** How to treat an unanswered call of `once`. */
export interface WaitLimit {
  ms: number;
  /** Whether to look for the call's effect when the wait ends. */
  searches: boolean;
}

const ENDLESS: WaitLimit = { ms: Infinity, searches: true };

type Settled<Result> = { ok: true; result: Result } | { ok: false; error: unknown };

export class Retry {
  private readonly deadline: Deadline;
  private readonly pace: Pace;

  constructor(
    private readonly timing: Timing = REAL_TIMING,
    budgetMs = BUDGET_MS,
    processPace = PROCESS_PACE,
  ) {
    this.deadline = new Deadline(timing, budgetMs);
    this.pace = new Pace(processPace);
  }

  /** For a Function that was called at `startedAtMs`, on the clock of `performance`. */
  static since(startedAtMs: number): Retry {
    return new Retry(REAL_TIMING, BUDGET_MS - (REAL_TIMING.nowMs() - startedAtMs));
  }

  /** The longest duration of a call that starts now: the time left. */
  callTimeoutMs(): number {
    return Math.max(1, Math.floor(this.deadline.leftMs()));
  }

  /**
   * For calls that are safe to repeat: reads, writes that set a value, and calls that a unique name makes idempotent.
   * If a call is slow for this Twilio, a second one is sent in parallel, and the first success counts. Before this
   * gives up, `findEffect`, a single call, may find the effect of a call whose answer was lost.
   */
  async repeat<Result>(call: () => Promise<Result>, findEffect?: () => Promise<Result>): Promise<Result> {
    const open = new Set<Promise<Settled<Result>>>();
    let failure: TwilioFailure | undefined;
    let mayBeDone = false;
    let nextAtMs = this.timing.nowMs();
    for (let tries = 0; ;) {
      const waitMs = nextAtMs - this.timing.nowMs();
      const isLast =
        tries >= MAX_TRIES || (tries > 0 && !this.deadline.leavesTimeForCall(Math.max(0, waitMs)));
      if (waitMs <= 0 && !isLast) {
        open.add(this.send(call));
        tries += 1;
        nextAtMs = this.timing.nowMs() + this.pace.slowAfterMs();
        continue;
      }
      if (isLast && open.size === 0) {
        const found = mayBeDone && findEffect && (await this.lastSearch(findEffect));
        if (found) return found.result;
        throw failure!;
      }
      const news = await this.firstOf(open, isLast ? Infinity : waitMs);
      if (!news) continue;
      open.delete(news.promise);
      if (news.settled.ok) return news.settled.result;
      if (!isTwilioFailure(news.settled.error)) throw news.settled.error;
      failure = news.settled.error;
      mayBeDone ||= failure.outcome !== 'refused';
      nextAtMs = this.timing.nowMs() + this.backoffMs(failure, tries);
    }
  }

  /**
   * For calls that must not happen twice. After a lost answer, `findEffect` finds the call's effect, if any; only if there is
   * none is the call sent again. An unanswered call is waited for up to the given limit, or until the deadline. If `findEffect`
   * finds nothing then, this fails with the outcome `late`: the call may still take effect.
   */
  async once<Result>(
    call: () => Promise<Result>,
    findEffect: () => Promise<Result | undefined>,
    { ms: waitLimitMs, searches }: WaitLimit = ENDLESS,
  ): Promise<Result> {
    let mayBeDone = false;
    for (let tries = 1; ; tries++) {
      const sent = this.send(call);
      const open = new Set([sent]);
      let settled = (await this.firstOf(open, waitLimitMs))?.settled;
      if (settled?.ok) return settled.result;
      if (settled && !isTwilioFailure(settled.error)) throw settled.error;
      const failure = settled ? (settled.error as TwilioFailure) : new TwilioFailure('late', {});
      if (!settled && !searches) throw failure;
      mayBeDone ||= failure.outcome !== 'refused';
      if (mayBeDone && this.deadline.leavesTimeForCall()) {
        const found = await findEffect();
        if (found !== undefined) return found;
        settled = (await this.firstOf(open, 0))?.settled;
        if (settled?.ok) return settled.result;
      }
      if (failure.outcome === 'late') throw failure;
      const waitMs = this.backoffMs(failure, tries);
      if (tries >= MAX_TRIES || !this.deadline.leavesTimeForCall(waitMs)) throw failure;
      await this.timing.sleep(waitMs);
    }
  }

  /**
   * How long to wait for a call of `once` that `steps` sequential calls could replace: until it is slow for this
   * Twilio; without a limit if those calls would not fit before the deadline.
   */
  waitLimitMs(steps: number): number {
    const slowAfterMs = this.pace.slowAfterMs();
    return this.leavesTimeFor(steps, slowAfterMs) ? slowAfterMs : Infinity;
  }

  /** Whether `steps` sequential calls will probably be answered before the deadline. */
  leavesTimeFor(steps: number, afterMs = 0): boolean {
    return this.deadline.leftMs() >= afterMs + steps * Math.max(MIN_CALL_MS, this.pace.usualMs());
  }

  /**
   * Calls `ask` until it returns something or `untilMs` (on the clock of `timing`) is reached; at least once. The other
   * start either finishes soon or begins again, so polls in between rarely help.
   */
  async poll<Result>(ask: () => Promise<Result | undefined>, untilMs: number): Promise<Result | undefined> {
    const leftMs = () => Math.min(untilMs - this.timing.nowMs(), this.deadline.leftMs() - MIN_CALL_MS);
    for (const waitMs of [SOON_MS, LATER_MS, LATER_MS, Infinity]) {
      // Jitter, so that waiting calls do not act at the same time.
      const spreadMs = waitMs * (0.8 + this.timing.random() / 5);
      if (leftMs() > 0) await this.timing.sleep(Math.min(leftMs(), spreadMs));
      const answer = await ask().catch((error: unknown) => {
        // A failed poll is ignored while there is time left, unless Twilio names a time to wait.
        if (!isTwilioFailure(error) || error.details.retryAfterSeconds || leftMs() <= 0) throw error;
        return undefined;
      });
      if (answer !== undefined || leftMs() <= 0) return answer;
    }
    return undefined;
  }

  /** The result if it is there within `ms`. What comes later is dropped here. */
  async within<Result>(result: Promise<Result>, ms: number): Promise<Result | undefined> {
    const answered = new AbortController();
    const pause = this.timing.sleep(ms, answered.signal).then(() => undefined);
    try {
      return await Promise.race([result, pause]);
    } finally {
      answered.abort();
    }
  }

  /** On the clock of `timing`. */
  nowMs(): number {
    return this.timing.nowMs();
  }

  /** Never rejects. Every answer, success or error, is a measurement of Twilio's response time. */
  private async send<Result>(call: () => Promise<Result>): Promise<Settled<Result>> {
    const sentAtMs = this.timing.nowMs();
    try {
      const result = await call();
      this.pace.add(this.timing.nowMs() - sentAtMs);
      return { ok: true, result };
    } catch (error) {
      if (!isTwilioFailure(error) || error.status !== undefined) {
        this.pace.add(this.timing.nowMs() - sentAtMs);
      }
      return { ok: false, error };
    }
  }

  /** Undefined after `waitMs`. */
  private async firstOf<Result>(open: ReadonlySet<Promise<Settled<Result>>>, waitMs: number) {
    const answered = new AbortController();
    const news = [...open].map(async (promise) => ({ promise, settled: await promise }));
    const pause =
      waitMs === Infinity ? [] : [this.timing.sleep(waitMs, answered.signal).then(() => undefined)];
    try {
      return await Promise.race([...news, ...pause]);
    } finally {
      answered.abort();
    }
  }

  /** If it also fails, the earlier failure is more informative. */
  private async lastSearch<Result>(
    findEffect: () => Promise<Result>,
  ): Promise<{ result: Result } | undefined> {
    if (!this.deadline.leavesTimeForCall()) return undefined;
    return findEffect().then(
      (result) => ({ result }),
      () => undefined,
    );
  }

  private backoffMs({ details }: TwilioFailure, tries: number): number {
    const jitterMs = this.timing.random() * Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
    return (details.retryAfterSeconds ?? 0) * 1000 + jitterMs;
  }
}
