/**
 * Starts of this process that failed and have no pending requests: other starts can take over their unfinished work at
 * once. For starts of other processes, they wait until those must be over.
 */

/** Longer than any wait for a start. */
const REMEMBERED_MS = 60_000;

/** By the SID of the Conversation that the start created; the time is on the clock of `Date`. */
const endedAtMs = new Map<string, number>();

export function noteEnded(conversationSid: string, nowMs = Date.now()): void {
  for (const [sid, atMs] of endedAtMs) if (nowMs - atMs > REMEMBERED_MS) endedAtMs.delete(sid);
  endedAtMs.set(conversationSid, nowMs);
}

export function hasEnded(conversationSid: string): boolean {
  return endedAtMs.has(conversationSid);
}
