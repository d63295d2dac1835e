/** The initial of a name: its first grapheme, which may be an emoji. */
export function firstLetter(name: string, language: string): string {
  const { Segmenter } = Intl as { Segmenter?: typeof Intl.Segmenter };
  // Firefox has it since 125.
  const [first] = Segmenter
    ? Array.from(new Segmenter(language).segment(name), ({ segment }) => segment)
    : name;
  return (first ?? '').toLocaleUpperCase(language);
}
