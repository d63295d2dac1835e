/** Send Message. Source: docs https://www.twilio.com/docs/studio/widget-library/send-message */
import { MESSAGE_PROPERTIES, outbound, send } from './outgoing-message';
import type { Widget } from './widget';

export const sendMessage: Widget = {
  schema: {
    required: ['from'],
    properties: MESSAGE_PROPERTIES,
    events: ['sent', 'failed'],
  },
  run(run) {
    try {
      return { event: 'sent', variables: outbound(send(run)) };
    } catch (error) {
      return { event: 'failed', error: (error as Error).message };
    }
  },
};
