/** Set Variables: seen by later widgets as `flow.variables.KEY`. Source: docs https://www.twilio.com/docs/studio/widget-library/set-variables */
import { render } from '../liquid';
import type { Context } from '../model';
import type { Widget } from './widget';

/** A key with its value, as several widgets have them. */
export interface Parameter {
  key: string;
  value: string;
  /** `object`: the value is JSON. Guess: the name; the console says "Parse as JSON object". */
  type?: string;
}

/** Guess: the same pairs are seen as `widgets.NAME.KEY`, too. */
export const setVariables: Widget = ({ state, context }) => {
  const values = renderParameters(state.properties['variables'], context);
  Object.assign(context.flow['variables'] as object, values);
  return { event: 'next', variables: values };
};

/** Later values see earlier ones only as they were before the widget. */
export function renderParameters(parameters: unknown, context: Context): Record<string, unknown> {
  const given = (parameters ?? []) as Parameter[];
  return Object.fromEntries(given.map(({ key, value, type }) => [key, parse(render(value, context), type)]));
}

/** Guess: what should be JSON and is not stays text. */
function parse(value: string, type: string | undefined): unknown {
  if (type !== 'object') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
