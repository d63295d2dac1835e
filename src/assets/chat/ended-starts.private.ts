/**
 * Starts of this process that failed and have no pending requests: other starts can take over their unfinished work at
 * once. For starts of other processes, they wait until those must be over.
 */

import type { OpenConversation } from './open-conversation.private';

/** The longest run time of a Function: after it, the call that created the Conversation is over. */
export const MAX_START_MS = 10_000;

/** Longer than any wait for a start. */
const REMEMBERED_MS = 60_000;

/** By the SID of the Conversation that the start created; the time is on the clock of `Date`. */
const endedAtMs = new Map<string, number>();

export function noteEnded(conversationSid: string, nowMs = Date.now()): void {
  for (const [sid, atMs] of endedAtMs) if (nowMs - atMs > REMEMBERED_MS) endedAtMs.delete(sid);
  endedAtMs.set(conversationSid, nowMs);
}

/** Another start has finished the work. */
export function forgetEnded(conversationSid: string): void {
  endedAtMs.delete(conversationSid);
}

export function hasEnded(conversationSid: string): boolean {
  return endedAtMs.has(conversationSid);
}

/** How long the start that created the Conversation may still run; 0 if it is over, and for the single steps. */
export function startMayRunMs({
  conversationSid,
  dateCreated,
  marks,
}: Pick<OpenConversation, 'conversationSid' | 'dateCreated' | 'marks'>): number {
  if (!marks.isWholeStart || hasEnded(conversationSid)) return 0;
  return Math.max(0, dateCreated.getTime() + MAX_START_MS - Date.now());
}
