/**
 * Starts of this process that failed and left no request behind that may still arrive: what they left half made can be taken
 * over at once. Starts of other processes are waited for until they must be over.
 */

/** Longer than anything waits for a start. */
const REMEMBERED_MS = 60_000;

/** When, on the clock of `Date`, by the SID of the Conversation that the start made. */
const endedAtMs = new Map<string, number>();

export function noteEnded(conversationSid: string, nowMs = Date.now()): void {
  for (const [sid, atMs] of endedAtMs) if (nowMs - atMs > REMEMBERED_MS) endedAtMs.delete(sid);
  endedAtMs.set(conversationSid, nowMs);
}

export function hasEnded(conversationSid: string): boolean {
  return endedAtMs.has(conversationSid);
}
