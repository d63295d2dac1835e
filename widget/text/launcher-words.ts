/**
 * What the launcher needs of each language before the rest is there. In the bundle its value takes the place of this file
 * (scripts/build/languages.ts): the launcher has no room for whole languages.
 */
import { en } from './en';
import { LANGUAGES } from './languages';
import type { Text } from './text';

export interface LauncherWords extends Pick<Text, 'direction' | 'open' | 'chatNotLoaded'> {
  /** A language of the site's own: there is no file to load. */
  isOwn?: boolean;
}

export const LAUNCHER_WORDS: Record<string, LauncherWords> = Object.fromEntries(
  Object.values(LANGUAGES).map(({ language, direction, open, chatNotLoaded }: Text) => [
    language,
    { direction, open, chatNotLoaded },
  ]),
);

/** Comes with the panel, and is spoken where no other fits; each of the others is a file that is loaded beside the panel. */
export const BUILT_IN: string = en.language;
