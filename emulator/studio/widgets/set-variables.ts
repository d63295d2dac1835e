/** Set Variables: seen by later widgets as `flow.variables.KEY`. Source: docs https://www.twilio.com/docs/studio/widget-library/set-variables */
import { PARAMETERS, renderParameters } from './parameters';
import type { Widget } from './widget';

/** Guess: the same pairs are seen as `widgets.NAME.KEY`, too. */
export const setVariables: Widget = {
  schema: {
    required: [],
    properties: { variables: PARAMETERS },
    events: ['next'],
  },
  run({ state, context }) {
    const values = renderParameters(state.properties['variables'], context);
    Object.assign(context.flow['variables'] as object, values);
    return { event: 'next', variables: values };
  },
};
