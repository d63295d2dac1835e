/** The words of each language that the teaser needs. The build replaces this file with its value (scripts/build/languages.ts). */
import { LANGUAGES } from './languages';
import type { Text } from './text';

export const DISMISS_WORDS: Record<string, string> = Object.fromEntries(
  Object.values(LANGUAGES).map(({ language, dismiss }: Text) => [language, dismiss]),
);
