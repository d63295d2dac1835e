/** What a widget gets and gives back. */
import type { ConversationsDomain } from '../../conversations/domain';
import type { Conversation } from '../../conversations/model';
import type { Flex } from '../../flex/domain';
import type { Flows } from '../flows';
import type { Context, Flow, State, Transition } from '../model';
import type { Outside } from './http-call';

export interface WidgetRun {
  state: State;
  /** Null where the REST API started the Flow. */
  conversation: Conversation | null;
  context: Context;
  conversations: ConversationsDomain;
  flex: Flex;
  flows: Flows;
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
  /** Goes on when this Flow has come to its end. */
  subflow?: { flow: Flow; parameters: Record<string, unknown> };
  /** Why the work could not be done, for the log of the execution. */
  error?: string;
}

export type Widget = (run: WidgetRun) => WidgetResult | Promise<WidgetResult>;
