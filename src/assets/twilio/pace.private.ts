/** How fast Twilio answers at the moment: the measure of which unanswered call is slow, and which is only normal. */

/** The median of so many answers: one slow answer among them changes nothing, and a slow Twilio shows after five. */
const REMEMBERED = 9;
/** Fewer answers than this say little. */
const FEW = 3;
/** Never sooner. Twilio usually answers within 100 ms, now and then within a second or two. */
const MIN_SLOW_MS = 1500;
/** While little is known. */
const UNKNOWN_SLOW_MS = 2500;
/** A call is slow when it takes so many times as long as others. */
const SLOW_FACTOR = 3;

export class Pace {
  private readonly answersMs: number[] = [];

  /** @param known what other calls of this process have seen */
  constructor(private readonly known?: Pace) {}

  /** Counts a call that was answered, well or badly. */
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

  /** What a call takes at the moment, as far as is known. */
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
