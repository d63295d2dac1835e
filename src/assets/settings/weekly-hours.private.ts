/**
 * Weekly hours as people write them, `Mo-Fr 09:00-17:30, Sa 10:00-14:00`, and holidays. Text only: no clock, no time
 * zone.
 */

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const MINUTES_PER_DAY = 24 * 60;

/** In minutes since that day's midnight; an end beyond 24 hours is on the next day. */
interface Opening {
  fromMinutes: number;
  toMinutes: number;
}

/** By day of the week, 0 being Monday. */
export type WeeklyHours = readonly (readonly Opening[])[];

/** A rule is days and one time span; several rules for a day add up. `22:00-02:00` ends on the next day. */
export function parseWeeklyHours(text: string): WeeklyHours {
  const week: Opening[][] = DAYS.map(() => []);
  for (const rule of text.split(',')) {
    const match = /^\s*([A-Z][a-z])(?:-([A-Z][a-z]))?\s+(\d{2}:\d{2})-(\d{2}:\d{2})\s*$/.exec(rule);
    if (!match) throw new Error('must be rules such as Mo-Fr 09:00-17:30, separated by commas');
    const [, first = '', last = first, from = '', to = ''] = match;
    const fromMinutes = parseTime(from);
    const end = parseTime(to);
    const toMinutes = end > fromMinutes ? end : end + MINUTES_PER_DAY;
    for (const day of daysBetween(first, last)) week[day]!.push({ fromMinutes, toMinutes });
  }
  for (const openings of week) openings.sort((a, b) => a.fromMinutes - b.fromMinutes);
  return week;
}

/** Dates as `2026-12-25`. */
export function parseHolidays(text: string): readonly string[] {
  return text.split(',').map((one) => {
    const date = one.trim();
    if (!isDate(date)) throw new Error('must be dates such as 2026-12-25, separated by commas');
    return date;
  });
}

/** JavaScript parses 2026-02-30 as 2 March. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** `Fr-Mo` includes the weekend. */
function daysBetween(first: string, last: string): number[] {
  const [from, to] = [DAYS.indexOf(first), DAYS.indexOf(last)];
  if (from < 0 || to < 0) throw new Error(`must name days as ${DAYS.join(', ')}`);
  const count = ((to - from + DAYS.length) % DAYS.length) + 1;
  return Array.from({ length: count }, (_, index) => (from + index) % DAYS.length);
}

function parseTime(text: string): number {
  const [hours, minutes] = text.split(':').map(Number) as [number, number];
  const total = hours * 60 + minutes;
  if (minutes > 59 || total > MINUTES_PER_DAY) throw new Error('must have times from 00:00 to 24:00');
  return total;
}
