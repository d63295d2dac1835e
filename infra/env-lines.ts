/**
 * The lines of a `.env`. The reference is dotenv 6, with which Twilio's toolkit deploys and serves, and which is also
 * this project's `dotenv` (docs/decisions/0008). People and other tools read some lines differently.
 */
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'dotenv';
import { parse as parseAsOthers } from 'dotenv-17';

/** Replaces the name of a line, which others may set again. */
const UNUSED = '-unused-';

/** Lines that the toolkit ignores, or reads differently from dotenv 17. Numbers begin at 1; `to` is included. */
export interface OddLines {
  from: number;
  to: number;
  /** The name that the lines set, if it looks like one: otherwise it could be part of a secret. */
  name: string | undefined;
  /** The toolkit's reading; completes "Line 3 …". */
  what: string;
  remedy: string;
}

export function oddLines(text: string): OddLines[] {
  const lines = text.split('\n');
  const odd: OddLines[] = [];
  for (let first = 0, last = 0; first < lines.length; first = last + 1) {
    last = lastLineOf(lines, first);
    const block = lines.slice(first, last + 1).join('\n');
    const toolkit = parse(block);
    const isIgnored = Object.keys(toolkit).length === 0 && !/^\s*(#|$)/.test(block);
    if (!isIgnored && isDeepStrictEqual(toolkit, { ...parseAsOthers(block) })) continue;
    const name = /^\s*(?:export\s+)?([\w.-]+)/.exec(block)?.[1];
    odd.push({
      from: first + 1,
      to: last + 1,
      name: name !== undefined && isPlainName(name) ? name : undefined,
      ...explain(block, isIgnored),
    });
  }
  return odd;
}

/** The number of the line that sets a name, or else of the last one that seems to. */
export function lineOf(text: string, name: string): number | undefined {
  const lines = text.split('\n');
  const isRead = (line: string): boolean => Object.hasOwn(parse(line), name);
  const mentions = (line: string): boolean => new RegExp(`^\\s*(export\\s+)?${name}\\s*[=:]`).test(line);
  const index = [lines.findLastIndex(isRead), lines.findLastIndex(mentions)].find((found) => found >= 0);
  return index === undefined ? undefined : index + 1;
}

/**
 * Whether this looks like a variable's name. Anything else may be a line of a key, which reads as a name if it ends
 * with `=`.
 */
export function isPlainName(name: string): boolean {
  return /^([A-Z_][A-Z0-9_]{0,63}|[a-z_][a-z0-9_]{0,63})$/.test(name);
}

/** Other tools read on after a value that opens a quote without closing it, but only up to a quote that ends a line. */
function lastLineOf(lines: string[], first: number): number {
  const [, start] = /^\s*(?:export\s+)?[\w.-]+(\s*[=:]\s*(['"`])(?!.*\2).*)/.exec(lines[first]!) ?? [];
  if (start === undefined) return first;
  const valueUpTo = (last: number): string | undefined =>
    parseAsOthers([UNUSED + start, ...lines.slice(first + 1, last + 1)].join('\n'))[UNUSED];
  const alone = valueUpTo(first);
  return Math.max(
    first,
    lines.findIndex((_line, index) => index > first && valueUpTo(index) !== alone),
  );
}

function explain(block: string, isIgnored: boolean): Pick<OddLines, 'what' | 'remedy'> {
  if (block.includes('\n')) {
    return {
      what: 'hold one value, but the toolkit reads only the first line',
      remedy: 'Write the value on one line in double quotes, with \\n for each line break.',
    };
  }
  if (/^\s*export\s/.test(block)) {
    return { what: 'begins with "export", so the toolkit ignores it', remedy: 'Remove "export".' };
  }
  if (isIgnored) {
    return { what: 'sets no value', remedy: 'Write NAME=value, or begin the line with #.' };
  }
  if (block.includes('#')) {
    return {
      what: 'has a #, and for the toolkit it and the rest of the line are part of the value',
      remedy: 'Put the value in single quotes; put a comment on a separate line.',
    };
  }
  return {
    what: 'has quotes or blanks that the toolkit reads differently from other tools',
    remedy: 'Put the value in one pair of single quotes, without blanks inside or after them.',
  };
}
