/**
 * The JSON schema of a Flow definition for the widgets that the emulator runs; other widgets are taken as they are.
 * Source: docs https://www.twilio.com/docs/studio/rest-api/v2/schemas; public Flows
 */

const text = { type: 'string' };

interface Widget {
  required: string[];
  properties: Record<string, object>;
  events: string[];
}

export const WIDGETS: Record<string, Widget> = {
  trigger: {
    required: [],
    properties: {},
    events: [
      'incomingMessage',
      'incomingCall',
      'incomingConversationMessage',
      'incomingRequest',
      'incomingParent',
    ],
  },
  'send-to-flex': {
    required: ['workflow', 'channel'],
    properties: strings('workflow channel attributes timeout priority waitUrl waitUrlMethod'),
    events: ['callComplete', 'failedToEnqueue', 'callFailure'],
  },
  'send-message': {
    required: ['from'],
    properties: {
      ...strings('body from to media_url service channel attributes content_sid message_type'),
      content_variables: {},
    },
    events: ['sent', 'failed'],
  },
  'send-and-wait-for-reply': {
    // Guess: what public Flows carry; `timeout` counts seconds, as text.
    required: ['from', 'body'],
    properties: {
      ...strings('body from to media_url service channel attributes timeout content_sid message_type'),
      content_variables: {},
    },
    events: ['incomingMessage', 'timeout', 'deliveryFailure'],
  },
};

/** Source: docs https://www.twilio.com/docs/studio/rest-api/v2/schemas */
export const MAX_STATES = 1000;

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
        properties: { type: text, transitions: { type: 'array' } },
        allOf: Object.entries(WIDGETS).map(([type, widget]) => ({
          if: { required: ['type'], properties: { type: { const: type } } },
          then: stateSchema(type, widget),
        })),
      },
    },
  },
};

function stateSchema(type: string, widget: Widget): object {
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
          properties: { event: { enum: widget.events }, next: { type: 'string', minLength: 1 } },
        },
      },
      properties: {
        type: 'object',
        required: widget.required,
        additionalProperties: false,
        properties: {
          ...widget.properties,
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

function strings(names: string): Record<string, object> {
  return Object.fromEntries(names.split(' ').map((name) => [name, text]));
}
