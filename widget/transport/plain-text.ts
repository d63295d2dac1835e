/** Text from Twilio's side, without the characters that make it look like other text. */

/** They embed, override and isolate a direction, up to the end of what they stand in. The view gives each text its own. */
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/g;
/** Everything that is not drawn, line breaks included: for what stands on one line. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u200b\u2060\ufeff]+/gu;

/** Longer ones would push away what stands beside them. */
const MAX_NAME_LENGTH = 80;

export function plainText(text: string): string {
  return text.replace(REORDERING, '');
}

/** On one line. */
export function plainLine(text: string): string {
  return plainText(text).replace(INVISIBLE, ' ').trim();
}

/** On one line, and no longer than what stands beside it allows. */
export function plainName(text: string): string {
  return [...plainLine(text).slice(0, MAX_NAME_LENGTH * 2)].slice(0, MAX_NAME_LENGTH).join('');
}
