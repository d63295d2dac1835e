/** Waits for what may take long, and not longer than a message may be kept back. */

/** A message does not wait longer for what it is shown with, which follows then. */
const PATIENCE_MS = 3_000;

export async function inPatience(work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([work, new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)))]);
  clearTimeout(timer);
}
