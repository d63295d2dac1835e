/**
 * Regular expressions from callers, matched against every request. They run in linear time, unlike JavaScript's own:
 * `(a|a)*$` would block the whole emulator.
 */
import { RE2JS } from 're2js';
import isLinearInJavaScript from 'safe-regex2';

/** Steps for each character of a path, at most. A path with SIDs written out takes about a hundred. */
const MAX_PROGRAM_SIZE = 500;

export interface PathPattern {
  /** Anywhere in the path, unless the pattern is anchored. */
  test(path: string): boolean;
}

export function toPathPattern(text: string): PathPattern {
  const pattern = RE2JS.compile(text);
  return { test: (path) => pattern.matcher(path).find() };
}

export function isPathPattern(text: string): boolean {
  try {
    // RE2 needs only the first check. The second protects users who copy the pattern into a program with a backtracking engine.
    return RE2JS.compile(text).programSize() <= MAX_PROGRAM_SIZE && isLinearInJavaScript(text);
  } catch {
    return false;
  }
}
