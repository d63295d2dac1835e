/**
 * The characters that visitors may send. Characters that people do not type but that hide or forge text are rejected,
 * not silently changed: control characters, lone surrogates (not valid Unicode, and Twilio's storage is UTF-8), and
 * characters that reorder text.
 */

/** Everything in C0 and C1 but tab and line breaks. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
/** Overrides reorder letters of any script, so that text reads as something else (U+202D, U+202E). */
const BIDI_OVERRIDE = /[\u202d\u202e]/;
/** Embeddings and isolates are also excluded: harmless in a message, but in a name they affect the text beside it. */
const BIDI_CONTROL = /[\u202a-\u202e\u2066-\u2069]/;
const LINE_BREAK = /[\t\n\r\u2028\u2029]/;

/** Multi-line text: a message or a pre-chat answer. Right-to-left text with marks and isolates is allowed. */
export function isText(value: string): boolean {
  return isWellFormed(value) && !CONTROL.test(value) && !BIDI_OVERRIDE.test(value);
}

/** Text displayed beside other text: a name. */
export function isLine(value: string): boolean {
  return isWellFormed(value) && !CONTROL.test(value) && !BIDI_CONTROL.test(value) && !LINE_BREAK.test(value);
}

/** With the `u` flag a surrogate matches only when it is unpaired. */
function isWellFormed(value: string): boolean {
  return !/\p{Surrogate}/u.test(value);
}
