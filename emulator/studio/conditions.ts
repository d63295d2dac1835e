/**
 * The comparisons of Split Based On.
 * Source: docs https://www.twilio.com/docs/studio/widget-library/split-based-on (case does not matter, spaces around a value
 * are dropped); public code (the names, lists separated by commas)
 */
import { RE2JS } from 're2js';
import { render } from './liquid';
import type { Condition, Context } from './model';

type Comparison = (given: string, wanted: string) => boolean;

const not =
  (comparison: Comparison): Comparison =>
  (given, wanted) =>
    !comparison(given, wanted);
const isOneOf: Comparison = (given, wanted) =>
  wanted
    .split(',')
    .map((one) => one.trim())
    .includes(given);
const isBlank: Comparison = (given) => given === '';
const contains: Comparison = (given, wanted) => given.includes(wanted);
const startsWith: Comparison = (given, wanted) => given.startsWith(wanted);

/** Guess: a value that is not numeric is neither less nor greater. */
const number =
  (compare: (given: number, wanted: number) => boolean): Comparison =>
  (given, wanted) =>
    given !== '' && wanted !== '' && compare(Number(given), Number(wanted));

/** Guess: dates are `YYYY-MM-DD` and times `HH:MM`; anything else does not match. */
const ordered =
  (shape: RegExp, compare: (given: string, wanted: string) => boolean): Comparison =>
  (given, wanted) =>
    shape.test(given) && shape.test(wanted) && compare(given, wanted);
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}$/;
const isBefore = (given: string, wanted: string): boolean => given < wanted;
const isAfter = (given: string, wanted: string): boolean => given > wanted;

const COMPARISONS: Record<string, Comparison> = {
  equal_to: (given, wanted) => given === wanted,
  not_equal_to: (given, wanted) => given !== wanted,
  matches_any_of: isOneOf,
  does_not_match_any_of: not(isOneOf),
  is_blank: isBlank,
  is_not_blank: not(isBlank),
  contains,
  does_not_contain: not(contains),
  starts_with: startsWith,
  does_not_start_with: not(startsWith),
  less_than: number((given, wanted) => given < wanted),
  greater_than: number((given, wanted) => given > wanted),
  is_before_date: ordered(DATE, isBefore),
  is_after_date: ordered(DATE, isAfter),
  is_before_time: ordered(TIME, isBefore),
  is_after_time: ordered(TIME, isAfter),
};

export const CONDITION_TYPES: readonly string[] = [...Object.keys(COMPARISONS), 'regex'];

/** Guess: several conditions of one transition must all hold. */
export function holds(conditions: readonly Condition[], context: Context): boolean {
  return conditions.every(({ type, arguments: [subject], value }) => {
    const given = render(subject, context).trim();
    const wanted = render(value, context).trim();
    if (type === 'regex') return matches(given, wanted);
    return COMPARISONS[type]!(given.toLowerCase(), wanted.toLowerCase());
  });
}

/** Steps for each character of the text, at most. */
const MAX_PROGRAM_SIZE = 5_000;

/**
 * Guess: the whole text must match; a pattern that is none matches nothing. Differs: neither does one with a look-ahead, a
 * look-behind or a back reference. A visitor's words meet the pattern, and can be part of it: it must end for all of them.
 */
function matches(given: string, pattern: string): boolean {
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    return compiled.programSize() <= MAX_PROGRAM_SIZE && compiled.matches(given);
  } catch {
    return false;
  }
}
