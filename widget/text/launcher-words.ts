/**
 * What the launcher needs of each language before the rest is there. In the bundle its value takes the place of this file
 * (scripts/build/languages.ts): the launcher has no room for whole languages.
 */
import { en } from './en';
import { LANGUAGES } from './languages';
import type { Text } from './text';

export type LauncherWords = Pick<Text, 'direction' | 'open' | 'close' | 'chatNotLoaded'>;

export const LAUNCHER_WORDS: Record<string, LauncherWords> = Object.fromEntries(
  Object.values(LANGUAGES).map(({ language, direction, open, close, chatNotLoaded }: Text) => [
    language,
    { direction, open, close, chatNotLoaded },
  ]),
);

/** Comes with the panel, and is spoken where no other fits; each of the others is a file that is loaded beside the panel. */
export const BUILT_IN: string = en.language;
