/** A language as a site wants it: our words, with its own in their place; and as the visitor's region writes its numbers. */
import { en } from './en';
import type { Text } from './text';

/** A language's words: some of them, or all of a language that the chat does not have. Each may be text with `{name}` in it. */
export type Words = {
  [Key in keyof Text]?: Text[Key] extends (...args: never[]) => string
    ? Text[Key] | string
    : Text[Key] extends object
      ? { [Inner in keyof Text[Key]]?: Text[Key][Inner] | string }
      : Text[Key];
};

/** What stands for what a text is about, in the order in which it is told. */
const PLACEHOLDERS: Record<string, readonly string[]> = {
  said: ['name', 'body'],
  unread: ['count'],
  opens: ['when'],
};
const OF_ANY_OTHER = ['name', 'most'];

export interface Wishes {
  /** What the site has set for this language. Whatever is missing is ours: of this language, or English. */
  own?: Words | undefined;
  /** BCP 47, the most wanted first. */
  regions?: readonly string[];
}

export function wordsOf(language: string, text: Text = en, { own = {}, regions = [] }: Wishes = {}): Text {
  // `en` where the visitor's browser says `en-GB`: dates and times follow it.
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
