/** The timeline, as the desk shows it. Plain data and pure questions. */

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

export interface TimelineFilter {
  kind: TimelineEntry['kind'] | 'all';
  /** Any text in an entry. */
  text: string;
}

export const NO_FILTER: TimelineFilter = { kind: 'all', text: '' };

export function isFilter({ kind, text }: TimelineFilter): boolean {
  return kind !== 'all' || text.trim() !== '';
}

export function filtered(
  entries: readonly TimelineEntry[],
  { kind, text }: TimelineFilter,
): readonly TimelineEntry[] {
  const wanted = text.trim().toLowerCase();
  return entries
    .filter((entry) => kind === 'all' || entry.kind === kind)
    .filter((entry) => wanted === '' || JSON.stringify(entry).toLowerCase().includes(wanted));
}

export interface TimelineGroup {
  conversationSid: string;
  /** When the Conversation was created. */
  startedAt: number;
  name: string;
  /** No chat, such as a left message: a Conversation in which data is kept, and which never has a Participant. */
  isRecord: boolean;
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
        isRecord: isRecord(group, created),
        entries: group,
      };
    })
    .reverse();
}

/** By time; a request before what it caused, which happened within its millisecond. */
export function inOrder(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  return entries.toSorted(
    (a, b) => a.at - b.at || Number(b.kind === 'request') - Number(a.kind === 'request') || a.id - b.id,
  );
}

const CHAT_STEPS: readonly string[] = ['2.2', '2.3', '3', '5', '6', '7', '8'];

/** A chat that has only begun has no Participant either, but is active and has no message. */
function isRecord(entries: readonly TimelineEntry[], created: TimelineEntry | undefined): boolean {
  if (entries.some(({ step }) => CHAT_STEPS.includes(step))) return false;
  const { state } = (created?.detail ?? {}) as { state?: string };
  return (state !== undefined && state !== 'active') || entries.some(({ step }) => step === '4');
}

function friendlyNameOf(created: TimelineEntry | undefined): string | null {
  const { friendlyName } = (created?.detail ?? {}) as { friendlyName?: string | null };
  return friendlyName ?? null;
}
