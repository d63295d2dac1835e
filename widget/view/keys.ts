/** The purpose of a key press. */

/**
 * True if the key is for the input method: Enter picks a word (Japanese, Chinese, Korean), Escape cancels it. Safari ends the
 * composition before the event of the key that ends it, and marks that event with a special key code.
 * Source: https://bugs.webkit.org/show_bug.cgi?id=165004
 */
export function isComposing({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === 229;
}
