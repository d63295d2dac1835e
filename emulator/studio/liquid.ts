/** Liquid as Studio renders it. Source: docs https://www.twilio.com/docs/studio/user-guide/liquid-template-language */
import { Liquid } from 'liquidjs';
import type { Context } from './model';

const engine = new Liquid();
/**
 * Source: docs https://www.twilio.com/docs/studio/widget-library/send-flex (for objects).
 * Guess: a string becomes a quoted and escaped JSON string, a missing value null.
 */
engine.registerFilter('to_json', (value: unknown) => JSON.stringify(value ?? null));

/** Nothing is escaped unless the template asks for it, as at Twilio: a quote can break JSON. */
export function render(template: unknown, context: Context): string {
  return typeof template === 'string' ? engine.parseAndRenderSync(template, context) : '';
}

const PLACEHOLDER = /\{\{[\s\S]*?\}\}/y;
const TAG = /\{%[\s\S]*?%\}/y;

/**
 * A template of JSON with its variables replaced by plain values: by a word inside a JSON string, by null outside of one,
 * so that it can be checked before there is anything to render.
 */
export function withoutLiquid(template: string): string {
  let result = '';
  let inString = false;
  for (let position = 0; position < template.length;) {
    const placeholder = matchAt(PLACEHOLDER, template, position);
    const markup = placeholder ?? matchAt(TAG, template, position);
    if (markup !== undefined) {
      if (placeholder !== undefined) result += inString ? 'value' : 'null';
      position += markup.length;
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

function matchAt(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
}
