/** Variables: `{{name}}` in any text of a template. Source: docs https://www.twilio.com/docs/content/using-variables-with-content-api */
import * as v from 'valibot';
import { MAX_VARIABLE_NAME_CHARS, MAX_VARIABLE_VALUE_CHARS, MAX_VARIABLES } from './limits';

export const Variables = v.pipe(
  v.unknown(),
  v.check((variables) => !Array.isArray(variables), 'an object'),
  v.record(
    v.pipe(v.string(), v.regex(/^\S+$/, 'no spaces'), v.maxLength(MAX_VARIABLE_NAME_CHARS)),
    v.pipe(v.string(), v.maxLength(MAX_VARIABLE_VALUE_CHARS)),
  ),
  v.check((variables) => Object.keys(variables).length <= MAX_VARIABLES, `at most ${MAX_VARIABLES}`),
);

/** Guess: a variable without a value is sent as its placeholder. */
export function fillIn<Part>(part: Part, values: Record<string, string>): Part {
  if (typeof part === 'string') {
    return part.replace(/\{\{\s*(\S+?)\s*\}\}/g, (written, name: string) =>
      Object.hasOwn(values, name) ? values[name]! : written,
    ) as Part;
  }
  if (Array.isArray(part)) return part.map((one) => fillIn(one as unknown, values)) as Part;
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, fillIn(value, values)])) as Part;
}
