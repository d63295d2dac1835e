/** A language as a site wants it: our words, with its own in their place; and as the visitor's region writes its numbers. */
import { en } from '../text/en';
import type { Text } from '../text/text';
import type { Words } from './settings';

/** What stands for what a text is about, in the order in which it is told. */
const PLACEHOLDERS: Record<string, readonly string[]> = {
  said: ['name', 'body'],
  unread: ['count'],
  opens: ['when'],
};
const OF_ANY_OTHER = ['name', 'most'];

/** @param own what the site has set for this language. Whatever is missing is ours: of this language, or English */
export function wordsOf(language: string, text: Text = en, own: Words = {}): Text {
  return { ...withOwn(text, own), language: inRegion(language) };
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

/** `en` where the visitor's browser says `en-GB`: dates and times follow the region. */
function inRegion(language: string): string {
  const tags = [...navigator.languages, document.documentElement.lang];
  return tags.find((tag) => tag.startsWith(`${language}-`)) ?? language;
}
