/** The words of a language with the site's own in place of the defaults, and with the number format of the visitor's region. */
import { en } from './en';
import type { Text } from './text';

/** Words of a language: some, or all for a language that the chat does not have. Each may be a text with `{name}` in it. */
export type Words = {
  [Key in keyof Text]?: Text[Key] extends (...args: never[]) => string
    ? Text[Key] | string
    : Text[Key] extends object
      ? { [Inner in keyof Text[Key]]?: Text[Key][Inner] | string }
      : Text[Key];
};

/** The placeholders of each text, in the order of its function's parameters. */
const PLACEHOLDERS: Record<string, readonly string[]> = {
  said: ['name', 'body'],
  unread: ['count'],
  opens: ['when'],
};
const OF_ANY_OTHER = ['name', 'most'];

export interface Wishes {
  /** The site's own words for this language. Missing ones come from this project: in this language, or in English. */
  own?: Words | undefined;
  /** BCP 47, in order of preference. */
  regions?: readonly string[];
}

export function wordsOf(language: string, text: Text = en, { own = {}, regions = [] }: Wishes = {}): Text {
  // For `en`, `en-GB` if the browser prefers it: dates and times are formatted for the region.
  const inRegion = regions.find((tag) => tag.startsWith(`${language}-`)) ?? language;
  return { ...withOwn(text, own), language: inRegion };
}

function withOwn<Table extends object>(ours: Table, own: object): Table {
  const words = { ...ours } as Record<string, unknown>;
  for (const [name, word] of Object.entries(own)) {
    const before = words[name];
    if (typeof before === 'function' && typeof word === 'string') words[name] = template(name, word);
    else if (typeof before === 'object' && typeof word === 'object' && word) {
      words[name] = withOwn(before as object, word as object);
    } else if (typeof word === typeof before || typeof word === 'function') words[name] = word;
  }
  return words as Table;
}

function template(name: string, words: string): (...values: unknown[]) => string {
  const names = PLACEHOLDERS[name] ?? OF_ANY_OTHER;
  return (...values) =>
    words.replace(/\{(\w+)\}/g, (all, one: string) => String(values[names.indexOf(one)] ?? all));
}
