/** The limit on the chats that one identity may start: one human check, or one signed-in user, opens only so many. */
import type { Config } from '../settings/config.private';

const HOUR_MS = 3_600_000;

/**
 * The seconds until the next chat may be started, or undefined where one may be started now. Twilio's own list of chats
 * is the count.
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
