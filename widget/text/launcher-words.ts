/**
 * The words of each language that the launcher needs before the panel is loaded. The build replaces this file with its
 * value (scripts/build/languages.ts), because whole languages do not fit into the launcher.
 */
import { en } from './en';
import { LANGUAGES } from './languages';
import type { Text } from './text';

export interface LauncherWords extends Pick<Text, 'direction' | 'open' | 'chatNotLoaded'> {
  /** A language that the site brings itself: no file is loaded for it. */
  isOwn?: boolean;
}

export const LAUNCHER_WORDS: Record<string, LauncherWords> = Object.fromEntries(
  Object.values(LANGUAGES).map(({ language, direction, open, chatNotLoaded }: Text) => [
    language,
    { direction, open, chatNotLoaded },
  ]),
);

/** Part of the panel, and the fallback; each other language is a file that is loaded beside the panel. */
export const BUILT_IN: string = en.language;
