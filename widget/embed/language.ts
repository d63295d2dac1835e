/** The language of the chat. */
import { BUILT_IN, LAUNCHER_WORDS } from '../text/launcher-words';

/** The first of these tags (BCP 47) that is a language of the chat, or a variant of one: `de-AT` gets `de`. */
export function pickLanguage(wanted: readonly (string | undefined)[]): string {
  const spoken = Object.keys(LAUNCHER_WORDS);
  for (const tag of wanted) {
    const found =
      spoken.find((language) => language.toLowerCase() === tag?.toLowerCase()) ??
      spoken.find((language) => primary(language) === primary(tag));
    if (found !== undefined) return found;
  }
  return BUILT_IN;
}

function primary(tag: string | undefined): string | undefined {
  return tag?.toLowerCase().split(/[-_]/)[0];
}
