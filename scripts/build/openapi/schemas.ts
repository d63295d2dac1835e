/** The Functions' Valibot schemas as JSON Schema. */
import { toJsonSchema, type JsonSchema } from '@valibot/to-json-schema';
import { object, type GenericSchema, type ObjectEntries } from 'valibot';
import * as fields from '../../../src/assets/http/input.private';

export type { JsonSchema };

/** How a body is written; in a form all values are text. */
export type Encoding = 'application/json' | 'application/x-www-form-urlencoded';

const PRE_CHAT: JsonSchema = {
  type: 'object',
  propertyNames: { pattern: fields.PRE_CHAT_KEY.source },
  additionalProperties: { type: 'string' },
  maxProperties: fields.MAX_PRE_CHAT_KEYS,
};

/** What Valibot's code checks rather than its terms. */
const BY_CODE = new Map<GenericSchema, Record<Encoding, JsonSchema>>([
  [
    fields.preChat,
    {
      'application/json': PRE_CHAT,
      'application/x-www-form-urlencoded': {
        type: 'string',
        contentMediaType: 'application/json',
        description: 'A flat object of strings, as JSON',
      },
    },
  ],
  [
    fields.rating,
    {
      'application/json': { type: 'integer', minimum: 1, maximum: 5 },
      'application/x-www-form-urlencoded': { type: 'string', pattern: '^[1-5]$' },
    },
  ],
]);

export function inputSchema(shape: fields.Shape, encoding: Encoding): JsonSchema {
  const parameters = Object.entries(shape).map(([name, schema]) => {
    const isOptional = schema.type === 'optional' && 'wrapped' in schema;
    const required = isOptional ? (schema.wrapped as GenericSchema) : (schema as GenericSchema);
    return { name, isOptional, json: BY_CODE.get(required)?.[encoding] ?? convert(required) };
  });
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, json }) => [name, json])),
    required: parameters.flatMap(({ name, isOptional }) => (isOptional ? [] : [name])),
    additionalProperties: false,
  };
}

export function answerSchema(entries: ObjectEntries): JsonSchema {
  return convert(object(entries));
}

function convert(schema: GenericSchema): JsonSchema {
  const { $schema: _version, ...json } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    // Characters that text may not hold, and text of blanks only: Functions refuse them in code.
    ignoreActions: ['check'],
  });
  return json;
}
