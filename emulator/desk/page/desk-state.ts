/** What the desk shows. Plain data and pure changes: no SDK, no network, no DOM. */

export interface TimelineStep {
  id: string;
  title: string;
  about: string;
}

export interface TimelineEntry {
  id: number;
  at: number;
  step: string;
  conversationSid: string;
  kind: 'request' | 'webhook' | 'event';
  product: string;
  title: string;
  summary: string;
  detail: unknown;
}

/** A Task that is this Worker's to decide on or to work on. */
export interface DeskTask {
  taskSid: string;
  reservationSid: string;
  reservationStatus: 'pending' | 'accepted' | 'wrapping';
  /** ISO 8601. */
  dateCreated: string;
  attributes: Record<string, unknown>;
}

export interface DeskMedia {
  sid: string;
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
}

export interface DeskMessage {
  sid: string;
  index: number;
  author: string;
  isOwn: boolean;
  body: string;
  media: readonly DeskMedia[];
  at: number;
}

export interface DeskChat {
  conversationSid: string;
  messages: readonly DeskMessage[];
  customerTyping: boolean;
  /** Index of the last message that the customer has read. */
  lastReadIndex: number;
}

export interface DeskState {
  worldId: string | null;
  agentName: string | null;
  online: boolean;
  tasks: readonly DeskTask[];
  selectedTaskSid: string | null;
  chats: Readonly<Record<string, DeskChat>>;
  drafts: Readonly<Record<string, string>>;
  steps: readonly TimelineStep[];
  entries: readonly TimelineEntry[];
  /** The Conversation whose timeline is shown; null follows the newest. */
  pinnedConversationSid: string | null;
  /** Said once where the chat was, after it is done. */
  farewell: string | null;
  problem: string | null;
}

export const INITIAL_DESK: DeskState = {
  worldId: null,
  agentName: null,
  online: false,
  tasks: [],
  selectedTaskSid: null,
  chats: {},
  drafts: {},
  steps: [],
  entries: [],
  pinnedConversationSid: null,
  farewell: null,
  problem: null,
};

export function conversationSidOf(task: DeskTask): string | null {
  const { conversationSid } = task.attributes;
  return typeof conversationSid === 'string' ? conversationSid : null;
}

export function customerNameOf(task: DeskTask): string {
  const { customerName, name, from } = task.attributes;
  return (
    [customerName, name, from].find((one): one is string => typeof one === 'string' && one !== '') ??
    'Customer'
  );
}

/** The list from TaskRouter. What is selected stays so while it is there; else the first that is being worked on. */
export function withTasks(state: DeskState, tasks: readonly DeskTask[]): DeskState {
  const isThere = tasks.some(({ taskSid }) => taskSid === state.selectedTaskSid);
  const next = tasks.find(({ reservationStatus }) => reservationStatus !== 'pending');
  return { ...state, tasks, selectedTaskSid: isThere ? state.selectedTaskSid : (next?.taskSid ?? null) };
}

/** Messages may be told twice, by the first page and by the event. */
export function withMessages(chat: DeskChat, messages: readonly DeskMessage[]): DeskChat {
  const byIndex = new Map(chat.messages.map((message) => [message.index, message]));
  for (const message of messages) byIndex.set(message.index, message);
  return { ...chat, messages: [...byIndex.values()].sort((a, b) => a.index - b.index) };
}

export interface TimelineGroup {
  conversationSid: string;
  /** When the Conversation was created. */
  startedAt: number;
  name: string;
  entries: readonly TimelineEntry[];
}

/** One timeline per Conversation, newest first. */
export function timelineGroups(entries: readonly TimelineEntry[]): TimelineGroup[] {
  const groups = new Map<string, TimelineEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.conversationSid) ?? [];
    groups.set(entry.conversationSid, group);
    group.push(entry);
  }
  return [...groups]
    .map(([conversationSid, group]) => {
      const created = group.find(({ step, kind }) => step === '2.1' && kind === 'event');
      return {
        conversationSid,
        startedAt: Math.min(...group.map(({ at }) => at)),
        name: friendlyNameOf(created) ?? 'Customer',
        entries: group,
      };
    })
    .reverse();
}

function friendlyNameOf(created: TimelineEntry | undefined): string | null {
  const { friendlyName } = (created?.detail ?? {}) as { friendlyName?: string | null };
  return friendlyName ?? null;
}
