/** Liquid as Studio renders it. Source: docs https://www.twilio.com/docs/studio/user-guide/liquid-template-language */
import { Liquid } from 'liquidjs';
import type { Context } from './model';

const engine = new Liquid();
/**
 * Source: docs https://www.twilio.com/docs/studio/widget-library/send-flex (for objects).
 * Guess: a string becomes a quoted and escaped JSON string, a missing value null.
 */
engine.registerFilter('to_json', (value: unknown) => JSON.stringify(value ?? null));

/** Nothing is escaped unless the template does it, as at Twilio: a quote can break JSON. */
export function render(template: unknown, context: Context): string {
  return typeof template === 'string' ? engine.parseAndRenderSync(template, context) : '';
}

/**
 * A template of JSON with its variables replaced by plain values: by a word inside a JSON string, by null outside of one,
 * so that it can be checked before there is anything to render.
 */
export function withoutLiquid(template: string): string {
  let result = '';
  let inString = false;
  const placeholders = findMarkup(template, '{{', '}}');
  const tags = findMarkup(template, '{%', '%}');
  for (let position = 0; position < template.length;) {
    const placeholderEnd = placeholders(position);
    const markupEnd = placeholderEnd ?? tags(position);
    if (markupEnd !== undefined) {
      if (placeholderEnd !== undefined) result += inString ? 'value' : 'null';
      position = markupEnd;
      continue;
    }
    const character = template[position]!;
    if (character === '\\' && inString) {
      result += template.slice(position, position + 2);
      position += 2;
      continue;
    }
    if (character === '"') inString = !inString;
    result += character;
    position += 1;
  }
  return result;
}

/** Returns the end of the markup that begins at a position. Unclosed markup is detected without another search. */
function findMarkup(template: string, open: string, close: string): (position: number) => number | undefined {
  const last = template.lastIndexOf(close);
  return (position) => {
    const from = position + open.length;
    if (!template.startsWith(open, position) || last < from) return undefined;
    return template.indexOf(close, from) + close.length;
  };
}
