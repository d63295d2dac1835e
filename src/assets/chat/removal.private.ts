/**
 * What a start removes before it begins again. An unanswered removal may still take effect: a start that uses the
 * Conversation before that would lose its chat.
 */
import type { TwilioCalls } from '../twilio/client.private';
import { requireNoLateEffect, throwLate } from '../twilio/late-effects.private';

/** If the removal stays unanswered, this fails with the time to wait, and other starts of this process wait as well. */
export async function settleRemoval(
  { retry }: TwilioCalls,
  conversationSid: string,
  removal: Promise<unknown>,
): Promise<void> {
  // It was repeated up to now.
  await removal.catch((error: unknown) => throwLate(error, effectOf(conversationSid), retry.nowMs(), retry));
}

/** Throws while a removal of this process may still take effect. */
export function requireNoRemoval({ retry }: TwilioCalls, conversationSid: string): void {
  requireNoLateEffect(effectOf(conversationSid), retry);
}

function effectOf(conversationSid: string): string {
  return `${conversationSid}/removal`;
}
