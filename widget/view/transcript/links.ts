/** Finds what can be followed in a text: http, https and mailto, and nothing else. The text itself stays text. */

export type TextPart = string | { href: string; text: string };

/** Ends before what closes a sentence; a bare e-mail address is one to write to. */
const CANDIDATE = /(?:https?:\/\/|mailto:)[^\s<>"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
const TRAILING = /[.,;:!?'»”…]+$/u;
const PROTOCOLS = ['http:', 'https:', 'mailto:'];

export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(CANDIDATE)) {
    const shown = withoutTrailing(found);
    const href = toHref(shown);
    if (href === null) continue;
    if (index > from) parts.push(text.slice(from, index));
    parts.push({ href, text: shown });
    from = index + shown.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** A closing bracket belongs to the address only if it was opened in it. */
function withoutTrailing(found: string): string {
  let shown = found.replace(TRAILING, '');
  while (shown.endsWith(')') && shown.split('(').length < shown.split(')').length) {
    shown = shown.slice(0, -1).replace(TRAILING, '');
  }
  return shown;
}

function toHref(shown: string): string | null {
  const isAddress = !/^(https?|mailto):/i.test(shown);
  try {
    const { protocol, href } = new URL(isAddress ? `mailto:${shown}` : shown);
    return PROTOCOLS.includes(protocol) ? href : null;
  } catch {
    return null;
  }
}
