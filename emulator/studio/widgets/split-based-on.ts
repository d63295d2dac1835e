/** Split Based On: the first transition whose conditions hold. */
import { holds } from '../conditions';
import { texts, type Widget } from './widget';

export const splitBasedOn: Widget = {
  schema: {
    required: ['input'],
    properties: texts('input'),
    events: ['match', 'noMatch'],
  },
  run({ state, context }) {
    const transition = state.transitions.find(
      ({ event, conditions }) => event === 'match' && holds(conditions ?? [], context),
    );
    return transition ? { event: 'match', transition } : { event: 'noMatch' };
  },
};
