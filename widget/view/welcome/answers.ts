/** What the visitor has answered to the site's questions, and which answers are wrong. */

/** By the names of the fields. Our own words, because a browser's are in the browser's language, and vanish. */
export type FieldErrors = Record<string, 'missing' | 'malformed'>;

/** What keeps the answers from being sent, in the order of the fields. */
export function readErrors(form: HTMLFormElement | null): FieldErrors {
  const fields = [...(form?.elements ?? [])] as HTMLInputElement[];
  return Object.fromEntries(
    fields
      .filter(({ validity }) => validity && !validity.valid)
      .map(({ name, validity }) => [name, validity.valueMissing ? 'missing' : 'malformed'] as const),
  );
}

/** The answers, without the empty ones. */
export function readAnswers(form: HTMLFormElement | null): Record<string, string> {
  if (!form) return {};
  const answers = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()] as const);
  return Object.fromEntries(answers.filter(([, value]) => value !== ''));
}
