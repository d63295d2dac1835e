/** What the teaser needs of each language. In the bundle its value takes the place of this file (scripts/build/languages.ts). */
import { LANGUAGES } from './languages';
import type { Text } from './text';

export const DISMISS_WORDS: Record<string, string> = Object.fromEntries(
  Object.values(LANGUAGES).map(({ language, dismiss }: Text) => [language, dismiss]),
);
