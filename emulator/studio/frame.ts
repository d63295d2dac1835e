/** A Flow while it runs, with its own variables: the Flow of an execution itself, or a Subflow. */
import type { Conversation } from '../conversations/model';
import type { Context, Execution, Flow, State } from './model';

export interface Frame {
  execution: Execution;
  flow: Flow;
  context: Context;
  /** Null where the REST API started it. */
  conversation: Conversation | null;
  /** The frame that continues when this Flow is done. */
  caller?: { frame: Frame; state: State };
}

export function stateNamed({ flow }: Frame, name: string | undefined): State | undefined {
  return flow.definition.states.find((state) => nameOf(state) === name);
}

/** Only a trigger may go without a name. */
export function nameOf(state: State): string {
  return state.name ?? 'Trigger';
}

/** What later widgets see as `widgets.NAME`. */
export function keep({ context }: Frame, state: State, variables: Record<string, unknown>): void {
  context.widgets[state.name] = variables;
}
