/**
 * The lines of a `.env`. One reading counts: that of dotenv 6, with which Twilio's toolkit deploys and serves, and which
 * is this project's own `dotenv` too (docs/decisions/0008). People and other tools read some lines in another way.
 */
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'dotenv';
import { parse as parseAsOthers } from 'dotenv-17';

/** Lines that the toolkit ignores, or reads in another way than dotenv 17. Numbers begin at 1; `to` is included. */
export interface OddLines {
  from: number;
  to: number;
  /** The name that they are about, where it looks like one: it could be a piece of a secret. */
  name: string | undefined;
  /** What the toolkit makes of them; completes "Line 3 …". */
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

/** Written as names of variables are. Anything else may be a line of a key, which reads as a name when it ends with `=`. */
export function isPlainName(name: string): boolean {
  return /^([A-Z_][A-Z0-9_]{0,63}|[a-z_][a-z0-9_]{0,63})$/.test(name);
}

/** Where a value opens a quote and does not close it, others read on to the closing one. */
function lastLineOf(lines: string[], first: number): number {
  const quote = /^\s*(?:export\s+)?[\w.-]+\s*[=:]\s*(['"`])(?!.*\1)/.exec(lines[first]!)?.[1];
  const last = quote ? lines.findIndex((line, index) => index > first && line.includes(quote)) : -1;
  return last < 0 ? first : last;
}

function explain(block: string, isIgnored: boolean): Pick<OddLines, 'what' | 'remedy'> {
  if (block.includes('\n')) {
    return {
      what: 'hold one value, and the toolkit reads the first line only',
      remedy: 'Write the value on one line in double quotes, with \\n for each line break.',
    };
  }
  if (/^\s*export\s/.test(block)) {
    return { what: 'begins with "export", and the toolkit ignores it', remedy: 'Remove "export".' };
  }
  if (isIgnored) {
    return { what: 'sets nothing', remedy: 'Write NAME=value, or begin the line with #.' };
  }
  if (block.includes('#')) {
    return {
      what: 'has a #, and the toolkit takes it and what follows for a part of the value',
      remedy: 'Put the value in single quotes; put a comment on a line of its own.',
    };
  }
  return {
    what: 'has quotes or blanks that the toolkit does not take as other tools do',
    remedy: 'Put the value in one pair of single quotes, with no blank inside or behind them.',
  };
}
