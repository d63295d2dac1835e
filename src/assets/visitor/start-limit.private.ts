/** The limit on the chats that one identity may start: it bounds what one human check or one signed-in user can do. */
import type { Config } from '../settings/config.private';

const HOUR_MS = 3_600_000;

/**
 * The seconds until the next chat may be started; undefined if one may be started now. Twilio's list of the identity's
 * chats is the count.
 */
export function secondsUntilStart(
  { STARTS_PER_IDENTITY_PER_HOUR: limit }: Config,
  earlier: readonly { createdAt: Date }[],
  nowMs = Date.now(),
): number | undefined {
  if (limit === 0) return undefined;
  const recent = earlier
    .map(({ createdAt }) => createdAt.getTime())
    .filter((createdMs) => nowMs - createdMs < HOUR_MS)
    .sort((a, b) => b - a);
  const oldestCounted = recent[limit - 1];
  return oldestCounted && Math.ceil((oldestCounted + HOUR_MS - nowMs) / 1000);
}
