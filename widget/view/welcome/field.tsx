/** One of the site's questions. */
import type { Text } from '../../text/text';
import type { PreChatField } from '../options';
import type { FieldErrors } from './answers';

interface FieldProps {
  field: PreChatField;
  text: Text;
  error: FieldErrors[string] | undefined;
}

export function Field({ field, text, error }: FieldProps) {
  const { name, label, type = 'text', value = '', required = false, hint } = field;
  if (label === undefined) return <input type="hidden" name={name} value={value} />;
  const shown = required ? label : `${label} (${text.optional})`;
  const errorId = `error-${name}`;
  const wrong: Wrong = { 'aria-invalid': error !== undefined, 'aria-describedby': errorId };
  const problem = (
    <span class="field-error" id={errorId}>
      {error && ((error === 'malformed' && hint) || text[error])}
    </span>
  );
  if (type === 'checkbox') {
    return (
      <label class="field field-check">
        <input type="checkbox" name={name} required={required} value={value || 'yes'} {...wrong} />
        <span>{shown}</span>
        {problem}
      </label>
    );
  }
  return (
    <label class="field">
      <span class="field-label">{shown}</span>
      <Control field={field} type={type} wrong={wrong} />
      {problem}
    </label>
  );
}

interface Wrong {
  'aria-invalid': boolean;
  'aria-describedby': string;
}

interface ControlProps {
  field: PreChatField;
  type: NonNullable<PreChatField['type']>;
  wrong: Wrong;
}

function Control({ field, type, wrong }: ControlProps) {
  const { name, value, required, options, pattern, hint } = field;
  const shared = { class: 'field-input', name, required, defaultValue: value, ...wrong };
  if (type === 'select') {
    return (
      <select {...shared}>
        <option value="" />
        {options?.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    );
  }
  if (type === 'textarea') return <textarea {...shared} rows={3} maxLength={1000} dir="auto" />;
  return (
    <input
      {...shared}
      type={type}
      maxLength={200}
      dir="auto"
      autocomplete={type === 'email' || type === 'tel' ? type : 'on'}
      pattern={pattern}
      title={hint}
    />
  );
}
