/** What the desk shows. Plain data and pure changes: no SDK, no network, no DOM. */
import { unreadOf, type DeskChat } from './chats';
import { conversationSidOf, NOTHING_YET, type DeskTask, type Overview } from './tasks';
import { NO_FILTER, type TimelineEntry, type TimelineFilter, type TimelineStep } from './timeline';

/** Where the window is too narrow for all three, one of them is shown. */
export type View = 'tasks' | 'chat' | 'timeline';

export interface DeskState {
  worldId: string | null;
  agentName: string | null;
  login: string | null;
  online: boolean;
  overview: Overview;
  /** How far the emulator's clock is ahead of this browser's. */
  aheadMs: number;
  selectedTaskSid: string | null;
  chats: Readonly<Record<string, DeskChat>>;
  drafts: Readonly<Record<string, string>>;
  steps: readonly TimelineStep[];
  entries: readonly TimelineEntry[];
  /** The Conversation whose timeline is shown; null follows the newest. */
  pinnedConversationSid: string | null;
  taskFilter: string;
  timelineFilter: TimelineFilter;
  view: View;
  controlsShown: boolean;
  /** Shown once in place of the chat, after its end. */
  farewell: string | null;
  /** The effect of a control, or that a text was copied. */
  notice: string | null;
  problem: string | null;
}

export const INITIAL_DESK: DeskState = {
  worldId: null,
  agentName: null,
  login: null,
  online: false,
  overview: NOTHING_YET,
  aheadMs: 0,
  selectedTaskSid: null,
  chats: {},
  drafts: {},
  steps: [],
  entries: [],
  pinnedConversationSid: null,
  taskFilter: '',
  timelineFilter: NO_FILTER,
  view: 'tasks',
  controlsShown: false,
  farewell: null,
  notice: null,
  problem: null,
};

/** Keeps the selected Task while it exists; otherwise selects the first one in progress. */
export function withOverview(state: DeskState, overview: Overview, browserNow: number): DeskState {
  const { tasks } = overview;
  const isThere = tasks.some(({ taskSid }) => taskSid === state.selectedTaskSid);
  const next = tasks.find(({ reservationStatus }) => reservationStatus !== 'pending');
  return {
    ...state,
    overview,
    aheadMs: Date.parse(overview.now) - browserNow,
    selectedTaskSid: isThere ? state.selectedTaskSid : (next?.taskSid ?? null),
  };
}

export function selectedTask({ overview, selectedTaskSid }: DeskState): DeskTask | undefined {
  return overview.tasks.find(({ taskSid }) => taskSid === selectedTaskSid);
}

export function chatOf({ chats }: DeskState, task: DeskTask): DeskChat | undefined {
  return chats[conversationSidOf(task) ?? ''];
}

/** An author's name, as in Flex. */
export function nameOf({ overview }: DeskState, author: string): string {
  return overview.names[author] ?? author;
}

/** Over all chats that the agent is in. */
export function unreadIn(state: DeskState): number {
  return state.overview.tasks
    .map((task) => chatOf(state, task))
    .reduce((sum, chat) => sum + (chat ? unreadOf(chat) : 0), 0);
}
