/** Shown in place of the transcript before the first message: a greeting and the site's questions. */
import type { Ref } from 'preact';
import type { Text } from '../../text/text';
import type { ViewOptions } from '../options';
import { readErrors, type FieldErrors } from './answers';
import { Field } from './field';

interface WelcomeProps {
  text: Text;
  options: ViewOptions;
  name: string;
  onName: (name: string) => void;
  /** Holds the answers until the first message is sent. */
  form: Ref<HTMLFormElement>;
  errors: FieldErrors;
  /** Called while the visitor corrects errors. */
  onErrors: (errors: FieldErrors) => void;
  /** Undefined for anonymous visitors. */
  onPast: (() => void) | undefined;
}

export function Welcome(props: WelcomeProps) {
  const { text, options, name, onName, form, errors, onErrors, onPast } = props;
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
      {onPast && (
        <button type="button" class="link past-link" onClick={onPast}>
          {text.past}
        </button>
      )}
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
