/** Send & Wait For Reply: stays until the contact answers or its time is up. */
import { render } from '../liquid';
import { MESSAGE_PROPERTIES, outbound, send } from './outgoing-message';
import { texts, type Widget } from './widget';

/** Seconds. Source: docs https://www.twilio.com/docs/studio/widget-library/send-wait-reply. Guess: also if the value is not numeric. */
const DEFAULT_WAIT_SECONDS = 3600;

export const sendAndWaitForReply: Widget = {
  schema: {
    required: ['from'],
    // `timeout` counts seconds, as text.
    properties: { ...MESSAGE_PROPERTIES, ...texts('timeout save_response_as') },
    events: ['incomingMessage', 'timeout', 'deliveryFailure'],
  },
  run(run) {
    const given = Number(render(run.state.properties['timeout'], run.context));
    const seconds = given > 0 ? given : DEFAULT_WAIT_SECONDS;
    try {
      return { waitMs: seconds * 1000, variables: outbound(send(run)) };
    } catch (error) {
      return { event: 'deliveryFailure', error: (error as Error).message };
    }
  },
};
