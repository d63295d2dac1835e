/** Waits for slow work, up to the longest time that a message may be held back. */

/** A message is shown after this time at the latest; its name or content follows. */
const MAX_HOLD_MS = 3_000;

export async function withinHoldTime(work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([work, new Promise<void>((resolve) => (timer = setTimeout(resolve, MAX_HOLD_MS)))]);
  clearTimeout(timer);
}
