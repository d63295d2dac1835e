/**
 * The JSON schema of a Flow definition. Differs: of the widgets that the emulator does not run, only the type is checked.
 * Source: docs https://www.twilio.com/docs/studio/rest-api/v2/schemas; public Flows
 */
import { CONDITION_TYPES } from './conditions';
import { MAX_STATES } from './limits';
import { WIDGET_TYPES, WIDGETS } from './widgets/registry';
import type { WidgetSchema } from './widgets/widget';

const text = { type: 'string' };

const CONDITIONS = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: ['friendly_name', 'arguments', 'type'],
    additionalProperties: false,
    properties: {
      friendly_name: text,
      arguments: { type: 'array', minItems: 1, items: text },
      type: { enum: CONDITION_TYPES },
      value: text,
    },
  },
};

export const DEFINITION_SCHEMA = {
  type: 'object',
  required: ['states', 'initial_state'],
  additionalProperties: false,
  properties: {
    $schema: { const: 'https://schemas.twilio.com/studio/draft/2019-09/flow-definition' },
    description: text,
    initial_state: { type: 'string', minLength: 1 },
    flags: {
      type: 'object',
      required: ['allow_concurrent_calls'],
      additionalProperties: false,
      properties: { allow_concurrent_calls: { type: 'boolean' } },
    },
    states: {
      type: 'array',
      minItems: 1,
      maxItems: MAX_STATES,
      items: {
        type: 'object',
        required: ['type', 'transitions'],
        properties: {
          type: { enum: WIDGET_TYPES },
          transitions: { type: 'array' },
        },
        allOf: Object.entries(WIDGETS).map(([type, { schema }]) => ({
          if: { required: ['type'], properties: { type: { const: type } } },
          then: stateSchema(type, schema),
        })),
      },
    },
  },
};

function stateSchema(type: string, { required, properties, events }: WidgetSchema): object {
  return {
    required: type === 'trigger' ? [] : ['name', 'properties'],
    additionalProperties: false,
    properties: {
      type: text,
      name: { type: 'string', minLength: 1 },
      transitions: {
        type: 'array',
        items: {
          type: 'object',
          required: ['event'],
          additionalProperties: false,
          properties: {
            event: { enum: events },
            next: { type: 'string', minLength: 1 },
            ...(events.includes('match') && { conditions: CONDITIONS }),
          },
          if: { required: ['event'], properties: { event: { const: 'match' } } },
          then: { required: ['conditions'] },
        },
      },
      properties: {
        type: 'object',
        required,
        additionalProperties: false,
        properties: {
          ...properties,
          offset: {
            type: 'object',
            additionalProperties: false,
            properties: { x: { type: 'number' }, y: { type: 'number' } },
          },
        },
      },
    },
  };
}
