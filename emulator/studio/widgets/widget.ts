/** A widget: the shape of its definition, and what it does when an execution reaches it. */
import type { ConversationsDomain } from '../../conversations/domain';
import type { Conversation } from '../../conversations/model';
import type { Clock } from '../../core/clock';
import type { Flex } from '../../flex/domain';
import type { Context, Flow, State, Transition } from '../model';

/** Used to send a request out of the Flow. */
export interface Outside {
  clock: Clock;
  emulatorUrl: string;
  accountSid: string;
  authToken: string;
  /** Aborted when the world ends. */
  stopped: AbortSignal;
}

/** The Flows of the account, as far as a Flow runs another one. */
export interface FlowLibrary {
  published(sid: string): Flow | undefined;
  revisionsOf(sid: string): Flow[];
}

export interface WidgetRun {
  state: State;
  /** Null where the REST API started the Flow. */
  conversation: Conversation | null;
  context: Context;
  conversations: ConversationsDomain;
  flex: Flex;
  flows: FlowLibrary;
  outside: Outside;
  workspaceSid: string;
}

export interface WidgetResult {
  /** Which transition is taken; undefined while the widget waits or its Subflow runs. */
  event?: string;
  /** Which one of several transitions with the same event. */
  transition?: Transition;
  /** Seen by later widgets as `widgets.NAME`. */
  variables?: Record<string, unknown>;
  /** Waits this long for the contact's next message. */
  waitMs?: number;
  /** Continues when this Flow has ended. */
  subflow?: { flow: Flow; parameters: Record<string, unknown> };
  /** Why the widget failed, for the log of the execution. */
  error?: string;
}

/** Source of each: public Flows; docs https://www.twilio.com/docs/studio/widget-library */
export interface WidgetSchema {
  /** Names of required properties. */
  required: string[];
  /** JSON schemas of the properties; `offset` is every widget's. */
  properties: Record<string, object>;
  /** Which transitions it can have. */
  events: string[];
}

export interface Widget {
  schema: WidgetSchema;
  /** Without it, an execution can begin there and not come to it. */
  run?: (run: WidgetRun) => WidgetResult | Promise<WidgetResult>;
  /** Problems with its properties, by property, that a schema cannot express. */
  problems?: (properties: Record<string, unknown>) => Record<string, string[]>;
}

/** Properties of plain text, by their names with spaces between. */
export function texts(names: string): Record<string, object> {
  return Object.fromEntries(names.split(' ').map((name) => [name, { type: 'string' }]));
}
