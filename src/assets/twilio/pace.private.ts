/** Twilio's current response time: it decides when an unanswered call counts as slow. */

/** The median of this many answers: one slow answer changes nothing, and a slow Twilio shows after five. */
const REMEMBERED = 9;
/** Fewer answers are not conclusive. */
const FEW = 3;
/** The minimum. Twilio usually answers within 100 ms, and some answers take more than a second. */
const MIN_SLOW_MS = 1900;
/** Used while there are few measurements. */
const UNKNOWN_SLOW_MS = 2500;
/** A call is slow when it takes this many times as long as others. */
const SLOW_FACTOR = 3;

export class Pace {
  private readonly answersMs: number[] = [];

  /**
   * @param known measurements of other calls in this process
   */
  constructor(private readonly known?: Pace) {}

  /** Counts a call that was answered, with success or error. */
  add(durationMs: number): void {
    this.answersMs.push(durationMs);
    if (this.answersMs.length > REMEMBERED) this.answersMs.shift();
    this.known?.add(durationMs);
  }

  /** How long to wait for an answer before the call counts as slow. */
  slowAfterMs(): number {
    const own = SLOW_FACTOR * median(this.answersMs);
    return Math.max(own, this.known?.usualSlowMs() ?? UNKNOWN_SLOW_MS);
  }

  /** The usual duration of a call, from the measurements so far. */
  usualMs(): number {
    return Math.max(median(this.answersMs), median(this.known?.answersMs ?? []));
  }

  private usualSlowMs(): number {
    if (this.answersMs.length < FEW) return UNKNOWN_SLOW_MS;
    return Math.max(MIN_SLOW_MS, SLOW_FACTOR * median(this.answersMs));
  }
}

/** Shared by all calls of this process. */
export const PROCESS_PACE = new Pace();

/** Of an even number, the lower one. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}
