/** When each major version of Node ends. Source: https://github.com/nodejs/release (schedule.json) */
const ENDS: Record<number, string> = {
  20: '2026-04-30',
  22: '2027-04-30',
  24: '2028-04-30',
  26: '2029-04-30',
};

/** Time to move to another one and to try it. */
const NOTICE_DAYS = 90;
const DAY_MS = 86_400_000;

export interface Lifetime {
  /** ISO 8601 date. */
  endsOn: string;
  isOver: boolean;
  isEndingSoon: boolean;
}

/** Of `node22`, `22` or `22.1.0`. Undefined for a version whose end is not in the table. */
export function lifetimeOf(version: string, nowMs = Date.now()): Lifetime | undefined {
  const endsOn = ENDS[Number(/^(?:node)?(\d+)/.exec(version)?.[1])];
  if (endsOn === undefined) return undefined;
  // The whole day counts.
  const daysLeft = Math.ceil((Date.parse(endsOn) + DAY_MS - nowMs) / DAY_MS);
  return { endsOn, isOver: daysLeft <= 0, isEndingSoon: daysLeft <= NOTICE_DAYS };
}
