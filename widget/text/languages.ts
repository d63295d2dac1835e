/** All languages of the chat, one file each. This is the only list of them: the build and the launcher use it. */
import { ar } from './ar';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import { pt } from './pt';
import type { Text } from './text';

export const LANGUAGES = table({ ar, de, en, es, fr, pt });

/** Each key must be the `language` of its text; anything else is a type error. */
function table<Texts extends { [Language in keyof Texts]: Text<Language & string> }>(texts: Texts): Texts {
  return texts;
}
