/** ISO 8601 durations, as the Conversations timers take them: `PT10M`, `P1D`, `P2W`. */

const PATTERN =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

const SECOND_MS = 1000;
const UNIT_MS = [
  365 * 86_400 * SECOND_MS,
  30 * 86_400 * SECOND_MS,
  7 * 86_400 * SECOND_MS,
  86_400 * SECOND_MS,
  3_600 * SECOND_MS,
  60 * SECOND_MS,
  SECOND_MS,
];

/** Longer durations lead to dates that cannot be represented. */
const MAX_DURATION_MS = 100 * UNIT_MS[0]!;

/** Milliseconds, or undefined if the text is not a duration. Guess: a year is 365 days, a month 30, and 100 years the most. */
export function parseDurationMs(text: string): number | undefined {
  const match = PATTERN.exec(text);
  if (!match || text === 'P' || text.endsWith('T')) return undefined;
  const sum = match.slice(1).reduce((ms, amount, unit) => ms + Number(amount ?? 0) * UNIT_MS[unit]!, 0);
  return sum > MAX_DURATION_MS ? undefined : sum;
}
