/**
 * Which characters people may send. What nobody types but what hides or forges text is refused, not silently changed:
 * control characters, half surrogate pairs (not valid Unicode, and Twilio's storage is UTF-8), and the characters
 * that reorder text.
 */

/** Everything in C0 and C1 but tab and line breaks. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
/** Overrides reorder letters whatever their script, so that text reads as what it is not (U+202D, U+202E). */
const BIDI_OVERRIDE = /[\u202d\u202e]/;
/** Embeddings and isolates too: harmless in a message, but in a name they spill over whatever is shown beside it. */
const BIDI_CONTROL = /[\u202a-\u202e\u2066-\u2069]/;
const LINE_BREAK = /[\t\n\r\u2028\u2029]/;

/** Text of several lines: a message, a pre-chat answer. Right-to-left writing with marks and isolates is fine. */
export function isText(value: string): boolean {
  return isWellFormed(value) && !CONTROL.test(value) && !BIDI_OVERRIDE.test(value);
}

/** Text that is shown beside other text: a name. */
export function isLine(value: string): boolean {
  return isWellFormed(value) && !CONTROL.test(value) && !BIDI_CONTROL.test(value) && !LINE_BREAK.test(value);
}

/** With the `u` flag a surrogate only matches when it stands alone. */
function isWellFormed(value: string): boolean {
  return !/\p{Surrogate}/u.test(value);
}
