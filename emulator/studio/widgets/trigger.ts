/** Trigger: where an execution begins. Source: docs https://www.twilio.com/docs/studio/widget-library/trigger-start */
import type { Widget } from './widget';

export const trigger: Widget = {
  schema: {
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
};
