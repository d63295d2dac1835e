/** Operating hours: whether a chat can be started now, and when the next time begins. */
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

/** ISO 8601 in the time zone of the settings. */
interface OpenHours {
  opensAt: string;
  closesAt: string;
}

/** ISO 8601 in the time zone of the settings; undefined if there is no further opening. */
export function nextOpening(config: Config, nowMs: number): string | 'now' | undefined {
  if (config.OPERATING_HOURS === undefined) return 'now';
  for (const { from } of openings(config, nowMs)) {
    return from.toMillis() <= nowMs ? 'now' : toIso(from);
  }
  return undefined;
}

/** The next opening times, including the current one: what a client needs until its token is renewed. */
export function nextOpenHours(config: Config, nowMs: number, count: number): OpenHours[] {
  const next: OpenHours[] = [];
  for (const { from, to } of openings(config, nowMs)) {
    next.push({ opensAt: toIso(from), closesAt: toIso(to) });
    if (next.length === count) break;
  }
  return next;
}

/** The times that are not over yet, by their beginnings. */
function* openings(config: Config, nowMs: number): Generator<{ from: Moment; to: Moment }> {
  const week = config.OPERATING_HOURS!;
  // Loaded on demand: most deployments have no operating hours.
  const { DateTime } = require('luxon') as typeof import('luxon');
  const now = DateTime.fromMillis(nowMs, { zone: config.OPERATING_TIME_ZONE });
  // From yesterday on: its last opening may extend into today.
  for (let day = -1; day <= MAX_DAYS_AHEAD; day++) {
    const date = now.startOf('day').plus({ days: day });
    if (config.OPERATING_HOLIDAYS?.includes(date.toISODate()!)) continue;
    for (const { fromMinutes, toMinutes } of week[date.weekday - 1]!) {
      const to = at(date, toMinutes);
      if (to > now) yield { from: at(date, fromMinutes), to };
    }
  }
}

function toIso(moment: Moment): string {
  return moment.toISO({ suppressMilliseconds: true })!;
}

/** Wall-clock time: on days when clocks change, 09:00 is not nine hours after midnight. */
function at(date: Moment, minutes: number): Moment {
  return date
    .plus({ days: Math.floor(minutes / (24 * 60)) })
    .set({ hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 });
}
