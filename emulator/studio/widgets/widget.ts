/** What a widget gets and gives back. */
import type { ConversationsDomain } from '../../conversations/domain';
import type { Conversation } from '../../conversations/model';
import type { Flex } from '../../flex/flex';
import type { Context, State } from '../model';

export interface WidgetRun {
  state: State;
  conversation: Conversation;
  context: Context;
  conversations: ConversationsDomain;
  flex: Flex;
  workspaceSid: string;
}

export interface WidgetResult {
  /** Which transition is taken; undefined while the widget waits. */
  event?: string;
  /** Seen by later widgets as `widgets.NAME`. */
  variables?: Record<string, unknown>;
  /** Waits this long for the contact's next message. */
  waitMs?: number;
  /** Why the work could not be done, for the log of the execution. */
  error?: string;
}

export type Widget = (run: WidgetRun) => WidgetResult;
