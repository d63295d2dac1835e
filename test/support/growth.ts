/** Whether the time to read a text is linear in its length. */

const PIECES = 16;
/** One is linear, two or three with the garbage collector's work on a larger result, sixteen is quadratic. */
const MAX_GROWTH = 6;
/** Below this, durations are noise, and no program is slowed down. */
const NOISE_MICROSECONDS = 4_000;
const TRIES = 15;

/**
 * How many times as much one long text costs as sixteen short ones of that length together; 0 if it costs about the same. What
 * is compared is the processor time of the same function for the same shape and the same amount of text, so that a slow or
 * busy machine changes nothing.
 * @param shape what the texts repeat
 */
export function growthOf(read: (text: string) => unknown, shape: string, length: number): number {
  const textOf = (part: number): string => shape.repeat(Math.ceil(part / shape.length));
  let [pieces, whole] = [Infinity, Infinity];
  // The least of some tries: what else this process does, such as collecting other tests' garbage, only ever adds.
  for (let attempt = 0; attempt < TRIES; attempt++) {
    pieces = Math.min(pieces, costOf(read, textOf(length / PIECES), PIECES));
    whole = Math.min(whole, costOf(read, textOf(length)));
    const growth = whole / Math.max(pieces, NOISE_MICROSECONDS);
    if (whole < NOISE_MICROSECONDS || growth < MAX_GROWTH) return 0;
  }
  return whole / pieces;
}

function costOf(read: (text: string) => unknown, text: string, times = 1): number {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) read(text);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
