/** The limit on the chats that one identity may start: it bounds what one human check or one signed-in user can do. */

const HOUR_MS = 3_600_000;

/** The seconds until the next chat may be started; undefined if one may be started now. */
export function secondsUntilStart(counted: Date | undefined, nowMs = Date.now()): number | undefined {
  const waitMs = counted ? counted.getTime() + HOUR_MS - nowMs : 0;
  return waitMs > 0 ? Math.ceil(waitMs / 1000) : undefined;
}
