/** Pairs of key and value, as several widgets have them. */
import { render } from '../liquid';
import type { Context } from '../model';

interface Parameter {
  key: string;
  value: string;
  /** `object`: the value is JSON. Guess: the name; the console says "Parse as JSON object". */
  type?: string;
}

/** The property that holds them. Guess: `type` is `string` or `object`. */
export const PARAMETERS = {
  type: 'array',
  items: {
    type: 'object',
    required: ['key', 'value'],
    additionalProperties: false,
    properties: {
      key: { type: 'string', minLength: 1 },
      value: { type: 'string' },
      type: { enum: ['string', 'object'] },
    },
  },
};

/** Values see the variables as they were before the widget. */
export function renderParameters(parameters: unknown, context: Context): Record<string, unknown> {
  const given = (parameters ?? []) as Parameter[];
  return Object.fromEntries(given.map(({ key, value, type }) => [key, parse(render(value, context), type)]));
}

/** Guess: invalid JSON is kept as text. */
function parse(value: string, type: string | undefined): unknown {
  if (type !== 'object') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
