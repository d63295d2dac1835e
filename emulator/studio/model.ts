/** Studio's records, and the shape of a Flow definition. Source: docs https://www.twilio.com/docs/studio/rest-api/v2/schemas */

/** One comparison of Split Based On: `arguments[0]` is what is compared with `value`. */
export interface Condition {
  friendly_name?: string;
  arguments: string[];
  type: string;
  value?: string;
}

export interface Transition {
  event: string;
  next?: string;
  /** Of a `match`: all of them must hold. */
  conditions?: Condition[];
}

export interface State {
  name: string;
  type: string;
  transitions: Transition[];
  properties: Record<string, unknown>;
}

export interface Definition {
  description?: string;
  states: State[];
  initial_state: string;
  flags?: { allow_concurrent_calls: boolean };
}

export type FlowStatus = 'draft' | 'published';

export interface Flow {
  sid: string;
  friendlyName: string;
  definition: Definition;
  status: FlowStatus;
  /** Counts from 1. */
  revision: number;
  commitMessage: string | null;
  dateCreated: Date;
  dateUpdated: Date;
}

/** Variables as Liquid sees them: `contact`, `flow`, `trigger` and `widgets`. */
export interface Context {
  contact: Record<string, unknown>;
  flow: Record<string, unknown>;
  trigger: Record<string, unknown>;
  widgets: Record<string, unknown>;
}

export interface Execution {
  sid: string;
  flowSid: string;
  flowRevision: number;
  /** Null where no message started it, but the REST API. */
  conversationSid: string | null;
  /** The author of the message that started it, or To. */
  contactAddress: string;
  status: 'active' | 'ended';
  context: Context;
  steps: Step[];
  /** Set when a widget failed. */
  error: string | null;
  dateCreated: Date;
  dateUpdated: Date;
}

/** One move from state to state. */
export interface Step {
  sid: string;
  executionSid: string;
  /** The event that made the move. */
  name: string;
  /** The type of the state it moved from. */
  type: string;
  transitionedFrom: string;
  /** A state, or `Ended`. */
  transitionedTo: string;
  /** The context at the end of the step, and `error` if it failed. */
  context: object;
  dateCreated: Date;
}
