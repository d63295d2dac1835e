/** Steps: the record of an execution's moves, as the API lists them. */
import type { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { createSid } from '../core/sids';
import type { StudioEvents } from './events';
import { nameOf, type Frame } from './frame';
import type { State, Step } from './model';

interface Move {
  from: State;
  /** Undefined where nothing comes next. */
  to: State | undefined;
  /** The event that made it. */
  event: string;
  error: string | null;
}

export class Steps {
  constructor(
    private readonly clock: Clock,
    private readonly events: Bus<StudioEvents>,
  ) {}

  record({ execution, context }: Frame, { from, to, event, error }: Move): void {
    const now = this.clock.date();
    const step: Step = {
      sid: createSid('FT'),
      executionSid: execution.sid,
      name: event,
      type: from.type,
      transitionedFrom: nameOf(from),
      transitionedTo: to ? nameOf(to) : 'Ended',
      context: structuredClone({ ...context, ...(error !== null && { error }) }),
      dateCreated: now,
    };
    execution.steps.push(step);
    if (error !== null) execution.error = error;
    execution.dateUpdated = now;
    this.events.emit('stepRan', { execution, step });
  }
}
