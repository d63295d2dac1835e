/** "Did you mean …?": the known name that a misspelled one is closest to. */
import { distance } from 'fastest-levenshtein';

/** One typo in five letters, and always one. */
const LETTERS_PER_TYPO = 5;

export function nearestName(written: string, known: readonly string[]): string | undefined {
  const close = known.filter(
    (name) => distance(written, name) <= Math.max(1, name.length / LETTERS_PER_TYPO),
  );
  return sortedByDistance(written, close)[0];
}

export function sortedByDistance(written: string, names: readonly string[]): string[] {
  return [...names].sort((a, b) => distance(written, a) - distance(written, b));
}

/** A question to add to a message; empty if no name is close. */
export function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : ` Did you mean ${name}?`;
}
