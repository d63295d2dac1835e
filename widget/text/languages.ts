/** Every language that the chat speaks, each a file. The list of them is nowhere else: the build and the launcher follow it. */
import { ar } from './ar';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import { pt } from './pt';
import type { Text } from './text';

export const LANGUAGES = table({ ar, de, en, es, fr, pt });

/** Each under the name that it gives itself; anything else is a type error. */
function table<Texts extends { [Language in keyof Texts]: Text<Language & string> }>(texts: Texts): Texts {
  return texts;
}
