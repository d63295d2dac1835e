/** Bold, italics, code and links in one line. Each mark is matched only with the next one of its kind, so the text is read once. */
import { splitLinks, toLink, type Link } from './links';

export type Inline = string | Link | Styled;

interface Styled {
  style: 'strong' | 'em' | 'code';
  parts: readonly Inline[];
}

const STYLES = { '`': 'code', '**': 'strong', '*': 'em', _: 'em' } as const;
const MARK = /`|\*\*|\*|_|\[/g;
/** Next to these characters, `*` and `_` are inside a word and not marks. */
const WORD = /[\p{L}\p{N}*_]/u;
/** The maximum lengths of a link's text and of its URL. */
const MAX_WORDS = 300;
const MAX_ADDRESS = 2_048;

interface Found {
  part: Inline;
  end: number;
}

export function toInline(line: string): Inline[] {
  const parts: Inline[] = [];
  const addresses = addressesIn(line);
  let from = 0;
  let next = 0;
  for (const { 0: mark, index } of line.matchAll(MARK)) {
    while (next < addresses.length && addresses[next]![1] <= index) next += 1;
    if (index < from || (next < addresses.length && addresses[next]![0] <= index)) continue;
    const found = mark === '[' ? linkAt(line, index) : styledAt(line, index, mark as keyof typeof STYLES);
    if (!found) continue;
    for (const part of splitLinks(line.slice(from, index))) parts.push(part);
    parts.push(found.part);
    from = found.end;
  }
  for (const part of splitLinks(line.slice(from))) parts.push(part);
  return parts;
}

/** Marks inside a URL are part of it. */
function addressesIn(line: string): [number, number][] {
  let at = 0;
  return splitLinks(line).flatMap((part) => {
    const start = at;
    at += typeof part === 'string' ? part.length : part.text.length;
    return typeof part === 'string' ? [] : [[start, at] as [number, number]];
  });
}

function styledAt(line: string, start: number, mark: keyof typeof STYLES): Found | null {
  const from = start + mark.length;
  const to = line.indexOf(mark, from);
  if (to <= from) return null;
  const end = to + mark.length;
  const words = line.slice(from, to);
  if (mark === '`') return { part: { style: 'code', parts: [words] }, end };
  if (words !== words.trim()) return null;
  // Chinese and Japanese have no spaces around bold text.
  const isInWord = mark !== '**' && [line[start - 1], line[end]].some((one) => one && WORD.test(one));
  return isInWord ? null : { part: { style: STYLES[mark], parts: toInline(words) }, end };
}

/** `[words](address)`. If the words are not the URL, the host follows them. */
function linkAt(line: string, start: number): Found | null {
  const window = line.slice(start + 1, start + 1 + MAX_WORDS);
  const words = window.slice(0, Math.max(0, window.search(/[[\]]/)));
  const from = start + 1 + words.length;
  if (words.trim() === '' || !line.startsWith('](', from)) return null;
  const address = line.slice(from + 2, from + 2 + MAX_ADDRESS);
  const length = address.search(/[\s)]/);
  if (length < 1 || address[length] !== ')') return null;
  const link = toLink(address.slice(0, length));
  if (!link) return null;
  const { href } = link;
  const { host, pathname } = new URL(href);
  const isItself = words === link.text;
  return {
    part: isItself ? link : { href, text: words, host: host || pathname },
    end: from + 2 + length + 1,
  };
}
