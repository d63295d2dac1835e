/**
 * Finds the links in a text: http, https, mailto, tel, `www.` and bare e-mail addresses, and nothing else. The text itself
 * stays text. Each character is examined a fixed number of times, for any text.
 */

export interface Link {
  href: string;
  /** The text as written. */
  text: string;
  /** The host that the link leads to, if the text does not show it. */
  host?: string;
}

export type TextPart = string | Link;

/** The possible starts of a link. An e-mail address is found by its `@`. */
const START = /https?:\/\/|mailto:|tel:|\bwww\.|@/giu;
/** The end of a link: spaces, quotes, the marks of bold and code, and punctuation of other scripts. */
const STOP = /[\s<>"`\p{Cc}\p{Cf}]|\*\*|(?![\x20-\x7f])[\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}]/gu;
/** At the end, these belong to the sentence and not to the link. */
const TRAILING = ".,;:!?'*~…";
const BRACKETS: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
/** Longer ones stay text. */
const MAX_LENGTH = 2_048;
/** Maximum lengths before and after the `@`. Source: RFC 5321, 4.5.3.1 */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;

export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  START.lastIndex = 0;
  for (let found = START.exec(text); found; found = START.exec(text)) {
    const [at, end] = found[0] === '@' ? mailRange(text, found.index, from) : linkRange(text, found.index);
    const link = at < end && toLink(text.slice(at, end));
    // Rejected text is not searched again.
    START.lastIndex = Math.max(end, START.lastIndex);
    if (!link) continue;
    if (at > from) parts.push(text.slice(from, at));
    parts.push(link);
    from = end;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** A URL in the text or behind words. Null if it must not become a link. */
export function toLink(written: string): Link | null {
  const address = /^[a-z]+:/i.test(written)
    ? written
    : `${/^www\./i.test(written) ? 'https://' : 'mailto:'}${written}`;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol === 'mailto:' || url.protocol === 'tel:') {
    return isPlainAddress(url) ? { href: url.href, text: written } : null;
  }
  const shown = /^https?:\/\/([^/?#]*)/i.exec(address)?.[1]!.toLowerCase();
  // A user name before an `@` can imitate a host.
  if (shown === undefined || shown.includes('@')) return null;
  const isHonest = shown === url.host || shown === `${url.hostname}:${defaultPort(url)}`;
  return { href: url.href, text: written, ...(isHonest ? {} : { host: url.host }) };
}

/** Empty if it is too long. */
function linkRange(text: string, start: number): [number, number] {
  STOP.lastIndex = start;
  const end = STOP.exec(text)?.index ?? text.length;
  return end - start > MAX_LENGTH ? [end, end] : [start, trimmed(text, start, end)];
}

/** The address around an `@`, within its maximum length. Empty if there is none. */
function mailRange(text: string, position: number, from: number): [number, number] {
  const after = text.slice(position + 1, position + 1 + MAX_DOMAIN);
  const domain = /^[\w-]+(?:\.[\w-]+)+/.exec(after)?.[0].length ?? 0;
  const first = Math.max(from, position - MAX_LOCAL);
  let start = position;
  while (domain > 0 && start > first && /[\w.+-]/.test(text[start - 1]!)) start -= 1;
  return start < position ? [start, position + 1 + domain] : [position, position];
}

/** Without the punctuation of the sentence. A closing bracket is part of the link only if the link has the opening one. */
function trimmed(text: string, start: number, end: number): number {
  const open: Record<string, number> = { '(': 0, '[': 0, '{': 0 };
  for (const char of text.slice(start, end)) {
    const closed = BRACKETS[char];
    if (closed) open[closed]! -= 1;
    else if (char in open) open[char]! += 1;
  }
  for (; end > start; end--) {
    const last = text[end - 1]!;
    const opening = BRACKETS[last];
    if (opening && open[opening]! < 0) open[opening]! += 1;
    else if (!TRAILING.includes(last)) break;
  }
  return end;
}

/** Exactly one address or number, without a subject or body that a sender could prefill. */
function isPlainAddress({ protocol, pathname, search, hash }: URL): boolean {
  if (search || hash) return false;
  return protocol === 'tel:'
    ? /^\+?[\d().-]{3,20}$/.test(pathname)
    : pathname.length <= MAX_LOCAL + MAX_DOMAIN && /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(pathname);
}

function defaultPort({ protocol }: URL): string {
  return protocol === 'https:' ? '443' : '80';
}
