/** One of the site's questions. */
import type { Text } from '../../text/text';
import type { PreChatField } from '../options';

export function Field({ field, text }: { field: PreChatField; text: Text }) {
  const { name, label, type = 'text', value = '', required = false } = field;
  if (label === undefined) return <input type="hidden" name={name} value={value} />;
  const shown = required ? label : `${label} (${text.optional})`;
  if (type === 'checkbox') {
    return (
      <label class="field field-check">
        <input type="checkbox" name={name} required={required} value={value || 'yes'} />
        <span>{shown}</span>
      </label>
    );
  }
  return (
    <label class="field">
      <span class="field-label">{shown}</span>
      <Control field={field} type={type} />
    </label>
  );
}

function Control({ field, type }: { field: PreChatField; type: NonNullable<PreChatField['type']> }) {
  const { name, value, required, options, pattern, hint } = field;
  const shared = { class: 'field-input', name, required, defaultValue: value };
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
      // The browser shows it with its own words where the pattern is not met.
      title={hint}
    />
  );
}
