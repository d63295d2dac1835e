/**
 * Unanswered calls of this process that may still take effect. Other processes cannot see them; there the `Retry-After`
 * of the response delays the next call.
 */
import { isTwilioFailure, lateFailure } from './failure.private';
import type { Retry } from './retry.private';

/** After this time since it was sent, a call no longer takes effect. Guess: Twilio does not document this. */
export const LATE_EFFECT_MS = 10_000;

/** Until when, on the clock of `retry`, by a name that the caller chooses. */
const untilMs = new Map<string, number>();

/**
 * For the error of a call. If the call stayed unanswered, its effect is expected, and this throws the time to wait for it;
 * every other error passes.
 * @param sentAtMs when the call was last sent, on the clock of `retry`
 */
export function throwLate(error: unknown, name: string, sentAtMs: number, retry: Retry): never {
  if (!isTwilioFailure(error) || error.outcome !== 'late') throw error;
  for (const [other, endsAtMs] of untilMs) if (endsAtMs <= retry.nowMs()) untilMs.delete(other);
  untilMs.set(name, sentAtMs + LATE_EFFECT_MS);
  throw lateFailure(lateEffectWithinMs(name, retry));
}

/** The time in which the effect may still occur; 0 if none is expected. */
export function lateEffectWithinMs(name: string, retry: Retry): number {
  return Math.max(0, (untilMs.get(name) ?? -Infinity) - retry.nowMs());
}

/** Throws the time to wait while the effect may still occur. */
export function requireNoLateEffect(name: string, retry: Retry): void {
  const withinMs = lateEffectWithinMs(name, retry);
  if (withinMs > 0) throw lateFailure(withinMs);
}
