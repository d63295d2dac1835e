/** The visitor's answers to the site's questions, and their errors. */

/** Errors by field name. The browser's own messages are not used: they are in the browser's language, and disappear. */
export type FieldErrors = Record<string, 'missing' | 'malformed'>;

/** The errors of the answers, in the order of the fields. */
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
