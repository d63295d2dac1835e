/**
 * Trying again: how often, how soon, until when. Every call to Twilio goes through here and says, by the method it
 * uses, whether repeating it is safe. No call is aborted before the deadline: a slow answer is an answer, and an abort
 * would not undo what Twilio is doing.
 */
import { isTwilioFailure, TwilioFailure } from './failure.private';
import { Pace, PROCESS_PACE } from './pace.private';
import { Deadline, MIN_CALL_MS, REAL_TIMING, type Timing } from './timing.private';

/**
 * From the moment a Function is called. The platform ends a Function after 10 s without an answer, and callers
 * are promised one within 8. Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions (limits)
 */
const BUDGET_MS = 7500;
const MAX_TRIES = 5;
/** Full jitter: a random time up to 100, 200, 400, 800 ms. */
const FIRST_WAIT_MS = 100;
const MAX_WAIT_MS = 800;
/** What a start that nothing hinders needs for the rest, once its Conversation exists. */
const SOON_MS = 300;
/** What a start that has to begin again needs until its Conversation is complete. */
const LATER_MS = 2300;

/** With a call of `once` that is not answered. */
export interface Patience {
  ms: number;
  /** Whether what it has done is looked for when the patience ends. */
  looks: boolean;
}

const ENDLESS: Patience = { ms: Infinity, looks: true };

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

  /** How long the call that starts now may take: what is left. */
  callTimeoutMs(): number {
    return Math.max(1, Math.floor(this.deadline.leftMs()));
  }

  /**
   * For calls that may happen twice without harm: those that read, that set a value, or that Twilio itself holds to
   * once because of a name. Beside a call that is slow for this Twilio another one is sent, and the first success
   * counts. Before this gives up, `look`, a single call, may find that a call whose answer was lost was carried out.
   */
  async repeat<Result>(call: () => Promise<Result>, look?: () => Promise<Result>): Promise<Result> {
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
        const found = mayBeDone && look && (await this.lastLook(look));
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
   * For calls that must not happen twice. After a lost answer `look` finds what the call has done, if anything; only if
   * there is nothing, the call is sent again. An answer that does not come is waited for, as `patience` says or until the
   * deadline; then, where `look` finds nothing either, this fails with the outcome `late`: the call may still take effect.
   */
  async once<Result>(
    call: () => Promise<Result>,
    look: () => Promise<Result | undefined>,
    { ms: patienceMs, looks }: Patience = ENDLESS,
  ): Promise<Result> {
    let mayBeDone = false;
    for (let tries = 1; ; tries++) {
      const sent = this.send(call);
      const open = new Set([sent]);
      let settled = (await this.firstOf(open, patienceMs))?.settled;
      if (settled?.ok) return settled.result;
      if (settled && !isTwilioFailure(settled.error)) throw settled.error;
      const failure = settled ? (settled.error as TwilioFailure) : new TwilioFailure('late', {});
      if (!settled && !looks) throw failure;
      mayBeDone ||= failure.outcome !== 'refused';
      if (mayBeDone && this.deadline.leavesTimeForCall()) {
        const found = await look();
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
   * How long to wait for a call of `once` where `steps` further calls, one after the other, could replace it: until it is
   * slow for this Twilio, or, where they would not fit before the deadline, for ever.
   */
  patienceMs(steps: number): number {
    const slowAfterMs = this.pace.slowAfterMs();
    return this.leavesTimeFor(steps, slowAfterMs) ? slowAfterMs : Infinity;
  }

  /** Whether `steps` calls, one after the other, are likely to be answered before the deadline. */
  leavesTimeFor(steps: number, afterMs = 0): boolean {
    return this.deadline.leftMs() >= afterMs + steps * Math.max(MIN_CALL_MS, this.pace.usualMs());
  }

  /**
   * Asks until there is something, or `untilMs` (on the clock of `timing`) has come; at least once. The one that is
   * waited for is done soon, or has to begin again: asking in between hardly ever pays.
   */
  async poll<Result>(ask: () => Promise<Result | undefined>, untilMs: number): Promise<Result | undefined> {
    const leftMs = () => Math.min(untilMs - this.timing.nowMs(), this.deadline.leftMs() - MIN_CALL_MS);
    for (const waitMs of [SOON_MS, LATER_MS, LATER_MS, Infinity]) {
      // Spread, so that calls that wait together do not act together.
      const spreadMs = waitMs * (0.8 + this.timing.random() / 5);
      if (leftMs() > 0) await this.timing.sleep(Math.min(leftMs(), spreadMs));
      const answer = await ask().catch((error: unknown) => {
        // Where there is time to wait for others there is time to wait for Twilio, unless Twilio says how long that takes.
        if (!isTwilioFailure(error) || error.details.retryAfterSeconds || leftMs() <= 0) throw error;
        return undefined;
      });
      if (answer !== undefined || leftMs() <= 0) return answer;
    }
    return undefined;
  }

  /** On the clock of `timing`. */
  nowMs(): number {
    return this.timing.nowMs();
  }

  /** Never rejects. Every answer, good or bad, shows how fast Twilio is. */
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

  /** Where it fails too, the failure before it tells more. */
  private async lastLook<Result>(look: () => Promise<Result>): Promise<{ result: Result } | undefined> {
    if (!this.deadline.leavesTimeForCall()) return undefined;
    return look().then(
      (result) => ({ result }),
      () => undefined,
    );
  }

  private backoffMs({ details }: TwilioFailure, tries: number): number {
    const jitterMs = this.timing.random() * Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
    return (details.retryAfterSeconds ?? 0) * 1000 + jitterMs;
  }
}
