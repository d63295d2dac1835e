/** Operating hours: whether chats can be started now, and the next opening time. */
import type { DateTime as Moment } from 'luxon';
import { ChatError } from '../http/errors.private';
import type { Config } from '../settings/config.private';

/** Longer than any series of holidays; beyond it, there is no next opening. */
const MAX_DAYS_AHEAD = 366;

/** Throws `closed_now` with the time of the next opening. */
export function requireOperatingHours(config: Config, nowMs: number = Date.now()): void {
  if (config.OPERATING_HOURS === undefined) return;
  const opensAt = nextOpening(config, nowMs);
  if (opensAt === 'now') return;
  throw new ChatError('closed_now', { answer: { opensAt: opensAt ?? null } });
}

/** ISO 8601 in the time zone of the settings; undefined if there is no further opening. */
export function nextOpening(config: Config, nowMs: number): string | 'now' | undefined {
  const week = config.OPERATING_HOURS;
  if (week === undefined) return 'now';
  // Loaded on demand: most deployments have no operating hours.
  const { DateTime } = require('luxon') as typeof import('luxon');
  const now = DateTime.fromMillis(nowMs, { zone: config.OPERATING_TIME_ZONE });
  // From yesterday on: its last opening may extend into today.
  for (let day = -1; day <= MAX_DAYS_AHEAD; day++) {
    const date = now.startOf('day').plus({ days: day });
    if (config.OPERATING_HOLIDAYS?.includes(date.toISODate()!)) continue;
    for (const { fromMinutes, toMinutes } of week[date.weekday - 1]!) {
      if (at(date, toMinutes) <= now) continue;
      const opensAt = at(date, fromMinutes);
      return opensAt <= now ? 'now' : opensAt.toISO({ suppressMilliseconds: true })!;
    }
  }
  return undefined;
}

/** Wall-clock time: on days when clocks change, 09:00 is not nine hours after midnight. */
function at(date: Moment, minutes: number): Moment {
  return date
    .plus({ days: Math.floor(minutes / (24 * 60)) })
    .set({ hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 });
}
