/** What the emulator's controls take: JSON objects of a known shape, within bounds that keep the emulator running. */
import * as v from 'valibot';
import { invalidParameter } from './errors';

const DAY_MS = 86_400_000;
/** At most a year at a time: an unlimited number could exceed the range of dates. */
export const MAX_WAIT_MS = 366 * DAY_MS;
/** `setTimeout` takes 2^31 ms at most and treats more as 0. */
const MAX_TIMER_MS = DAY_MS;
const MAX_TEXT_CHARS = 500;

export const text = v.pipe(v.string(), v.maxLength(MAX_TEXT_CHARS));

export const integer = (least: number, most: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));

/** How often something happens. */
export const times = integer(1, Number.MAX_SAFE_INTEGER);

/** A wait on the emulator's clock. */
export const waitMs = integer(0, MAX_WAIT_MS);

/** A wait in wall time. */
export const timerMs = (leastMs = 0) => integer(leastMs, MAX_TIMER_MS);

/** Any JSON value. */
export const json = v.pipe(
  v.unknown(),
  v.check((value) => holds(() => JSON.stringify(value)), 'is nested too deep'),
);

/** `check` throws if the value is invalid. */
export function holds(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

/** No body counts as an empty object. */
export function parseInput<const Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): v.InferOutput<Schema> {
  const input = body ?? {};
  // A form, bytes or a list would pass for an object without fields.
  if (Object.getPrototypeOf(input) !== Object.prototype)
    throw invalidParameter('The body must be a JSON object');
  const result = v.safeParse(schema, input);
  if (!result.success) throw invalidParameter(v.summarize(result.issues));
  return result.output;
}
