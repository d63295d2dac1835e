/** What stands where the transcript will be, before the first message: a greeting, and the site's questions. */
import type { Ref } from 'preact';
import type { Text } from '../../text/text';
import type { ViewOptions } from '../options';
import { Field } from './field';

interface WelcomeProps {
  text: Text;
  options: ViewOptions;
  name: string;
  onName: (name: string) => void;
  /** Holds the answers until the first message is sent. */
  form: Ref<HTMLFormElement>;
  errors: FieldErrors;
  /** Told while the visitor mends what was wrong. */
  onErrors: (errors: FieldErrors) => void;
}

/** By the names of the fields. Our own words, because a browser's are in the browser's language, and vanish. */
export type FieldErrors = Record<string, 'missing' | 'malformed'>;

export function Welcome({ text, options, name, onName, form, errors, onErrors }: WelcomeProps) {
  return (
    <div class="welcome">
      <Greeting text={text} options={options} />
      <form
        ref={form}
        noValidate
        onSubmit={(event) => event.preventDefault()}
        onInput={({ currentTarget }) => {
          const now = readErrors(currentTarget);
          const left = Object.entries(errors).filter(([field]) => field in now);
          if (left.length < Object.keys(errors).length) onErrors(Object.fromEntries(left));
        }}
      >
        {options.name === undefined && (
          <label class="field">
            <span class="field-label">{`${text.nameLabel} (${text.optional})`}</span>
            <input
              class="field-input"
              type="text"
              autocomplete="name"
              maxLength={80}
              value={name}
              onInput={(event) => onName(event.currentTarget.value)}
            />
          </label>
        )}
        {options.fields?.map((field) => (
          <Field key={field.name} field={field} text={text} error={errors[field.name]} />
        ))}
      </form>
    </div>
  );
}

export function Greeting({ text, options }: Pick<WelcomeProps, 'text' | 'options'>) {
  return (
    <>
      <h3 class="greeting">{options.greeting ?? text.greeting}</h3>
      <p class="introduction">{options.introduction ?? text.introduction}</p>
    </>
  );
}

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
