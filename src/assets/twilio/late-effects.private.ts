/**
 * Unanswered calls of this process that may still take effect. Other processes cannot see them; there the `Retry-After`
 * of the response delays the next call.
 */
import type { Retry } from './retry.private';

/** After this time since it was sent, a call no longer takes effect. Guess: Twilio does not document this. */
export const LATE_EFFECT_MS = 10_000;

/** Until when, on the clock of `retry`, by a name that the caller chooses. */
const untilMs = new Map<string, number>();

/** @param sentAtMs when the call was sent, on the clock of `retry` */
export function expectLateEffect(name: string, sentAtMs: number, retry: Retry): void {
  for (const [other, endsAtMs] of untilMs) if (endsAtMs <= retry.nowMs()) untilMs.delete(other);
  untilMs.set(name, sentAtMs + LATE_EFFECT_MS);
}

/** The time in which the effect may still occur; 0 if none is expected. */
export function lateEffectWithinMs(name: string, retry: Retry): number {
  return Math.max(0, (untilMs.get(name) ?? -Infinity) - retry.nowMs());
}
