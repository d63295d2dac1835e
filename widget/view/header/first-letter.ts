/** What stands for a name where there is room for one letter: the first that a reader sees as one, a whole emoji too. */
export function firstLetter(name: string, language: string): string {
  const { Segmenter } = Intl as { Segmenter?: typeof Intl.Segmenter };
  // Firefox has it since 125.
  const [first] = Segmenter
    ? Array.from(new Segmenter(language).segment(name), ({ segment }) => segment)
    : name;
  return (first ?? '').toLocaleUpperCase(language);
}
