/** Each widget's properties and events. Source: public Flows; docs https://www.twilio.com/docs/studio/widget-library */

export interface WidgetSchema {
  required: string[];
  properties: Record<string, object>;
  events: string[];
}

/** Pairs of key and value. Guess: `type` is `string` or `object`. */
const parameters = {
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

/** Those that the emulator runs. */
export const WIDGETS: Record<string, WidgetSchema> = {
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
    // `timeout` counts seconds, as text.
    required: ['from'],
    properties: {
      ...strings(
        'body from to media_url service channel attributes timeout content_sid message_type save_response_as',
      ),
      content_variables: {},
    },
    events: ['incomingMessage', 'timeout', 'deliveryFailure'],
  },
  'split-based-on': {
    required: ['input'],
    properties: strings('input'),
    events: ['match', 'noMatch'],
  },
  'set-variables': {
    required: [],
    properties: { variables: parameters },
    events: ['next'],
  },
  'make-http-request': {
    required: ['url'],
    properties: {
      ...strings('url body content_type'),
      method: { enum: ['GET', 'POST'] },
      parameters,
      add_twilio_auth: { type: 'boolean' },
    },
    events: ['success', 'failed'],
  },
  'run-function': {
    required: ['url'],
    properties: {
      url: { type: 'string', minLength: 1 },
      // Null where the Function belongs to no Service of the account.
      ...Object.fromEntries(
        ['service_sid', 'environment_sid', 'function_sid'].map((name) => [
          name,
          { type: ['string', 'null'] },
        ]),
      ),
      parameters,
    },
    events: ['success', 'fail'],
  },
  'run-subflow': {
    required: ['flow_sid', 'flow_revision'],
    properties: {
      // No Liquid here. Source: docs https://www.twilio.com/docs/studio/subflows
      flow_sid: { type: 'string', pattern: '^FW[0-9a-f]{32}$' },
      flow_revision: { type: 'string', pattern: '^(LatestPublished|LatestDraft|[1-9][0-9]*)$' },
      parameters,
    },
    events: ['completed', 'failed'],
  },
};

/** Twilio's other widgets: a Flow may have them, an execution that comes to one ends there. */
export const OTHER_WIDGETS: readonly string[] = [
  'add-twiml-redirect',
  'capture-payments',
  'connect-call-to',
  'connect-virtual-agent',
  'connect-virtual-agent-v2',
  'enqueue-call',
  'fork-stream',
  'gather-input-on-call',
  'make-outgoing-call-v1',
  'make-outgoing-call-v2',
  'record-call',
  'record-voicemail',
  'resume-conversation',
  'say-play',
  'send-to-autopilot',
  'start-conversation',
];

function strings(names: string): Record<string, object> {
  return Object.fromEntries(names.split(' ').map((name) => [name, { type: 'string' }]));
}
