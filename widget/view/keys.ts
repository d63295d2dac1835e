/** What a key is for. */

/**
 * For the input method: Enter picks a word then (Japanese, Chinese, Korean), Escape gives one up. Safari ends the composition
 * before the key that has ended it, and marks that with a code of its own.
 * Source: https://bugs.webkit.org/show_bug.cgi?id=165004
 */
export function isComposing({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === 229;
}
