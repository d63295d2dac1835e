/** Removes characters from Twilio's text that make it look like other text. */

/** Characters that embed, override or isolate a direction. The view sets the direction of each text. */
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/g;
/** Invisible characters, including line breaks: for texts on one line. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u200b\u2060\ufeff]+/gu;

/** Longer names would displace the elements beside them. */
const MAX_NAME_LENGTH = 80;

export function plainText(text: string): string {
  return text.replace(REORDERING, '');
}

/** On one line. */
export function plainLine(text: string): string {
  return plainText(text).replace(INVISIBLE, ' ').trim();
}

/** On one line, shortened to `MAX_NAME_LENGTH`. */
export function plainName(text: string): string {
  return [...plainLine(text).slice(0, MAX_NAME_LENGTH * 2)].slice(0, MAX_NAME_LENGTH).join('');
}
