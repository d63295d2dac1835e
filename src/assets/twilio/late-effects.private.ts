/**
 * What calls of this process that went unanswered may still bring about. Another process does not know of them; there
 * the `Retry-After` of the answer keeps the next call at a distance.
 */
import type { Retry } from './retry.private';

/** So long after it was sent, a call is no longer carried out. Guess: Twilio does not say. */
export const LATE_EFFECT_MS = 10_000;

/** Until when, on the clock of `retry`, by a name of the caller's choice. */
const untilMs = new Map<string, number>();

/** @param sentAtMs when the call was sent, on the clock of `retry` */
export function expectLateEffect(name: string, sentAtMs: number, retry: Retry): void {
  for (const [other, endsAtMs] of untilMs) if (endsAtMs <= retry.nowMs()) untilMs.delete(other);
  untilMs.set(name, sentAtMs + LATE_EFFECT_MS);
}

/** How long the effect may still come; 0 where none is expected. */
export function lateEffectWithinMs(name: string, retry: Retry): number {
  return Math.max(0, (untilMs.get(name) ?? -Infinity) - retry.nowMs());
}
