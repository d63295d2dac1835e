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
}

export function Welcome({ text, options, name, onName, form }: WelcomeProps) {
  return (
    <div class="welcome">
      <Greeting text={text} options={options} />
      <form ref={form} onSubmit={(event) => event.preventDefault()}>
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
          <Field key={field.name} field={field} text={text} />
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

/** The answers, without the empty ones. Null where the browser shows the visitor what is missing. */
export function readAnswers(form: HTMLFormElement | null): Record<string, string> | null {
  if (!form) return {};
  if (!form.reportValidity()) return null;
  const answers = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()] as const);
  return Object.fromEntries(answers.filter(([, value]) => value !== ''));
}
