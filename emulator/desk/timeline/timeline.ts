/** What happened in this world so far, in the guide's terms, and the subscribers to it. */
import { randomUUID } from 'node:crypto';
import { Afterwards } from '../../core/afterwards';
import type { TimelineEntry, TimelineFact } from './entry';
import type { StepId } from './steps';

/** The oldest are dropped, so that an emulator can run for days. An entry holds a few KB: a request, or a payload. */
const MAX_ENTRIES = 5_000;

export class Timeline {
  /** A page that receives a different id detects a reset of the emulator. */
  readonly worldId = randomUUID();
  private entries: TimelineEntry[] = [];
  private lastId = 0;
  /** By Conversation: read with every message, while there are thousands of entries. */
  private readonly byConversation = new Map<string, { steps: Set<StepId>; startedAt: number }>();
  /** Gone, but not yet from `byConversation`: the request that deleted one is still to come. */
  private readonly removed = new Set<string>();
  private readonly watchers = new Set<(entry: TimelineEntry) => void>();
  private readonly afterwards = new Afterwards();

  /**
   * Runs `record` after the current task, so that a response does not wait for its entries; or before, if anything else is
   * added or read. The order of the entries stays that of the calls.
   */
  later(record: () => void): void {
    this.afterwards.add(record);
  }

  add(fact: TimelineFact): void {
    this.afterwards.finish();
    const entry = { ...fact, id: ++this.lastId };
    this.entries.push(entry);
    // Trim in batches: removing the first item of a long array each time is slow.
    if (this.entries.length > MAX_ENTRIES * 1.1) this.trim();
    this.note(entry);
    for (const watcher of this.watchers) watcher(entry);
  }

  /** Whether this step of this Conversation has happened. */
  has(conversationSid: string, step: StepId): boolean {
    this.afterwards.finish();
    return this.byConversation.get(conversationSid)?.steps.has(step) ?? false;
  }

  /** The time of this Conversation's first entry; undefined if it has none. */
  startOf(conversationSid: string): number | undefined {
    this.afterwards.finish();
    return this.byConversation.get(conversationSid)?.startedAt;
  }

  /** Delivers the stored entries, then each new one. Returns a function that unsubscribes. */
  watch(watcher: (entry: TimelineEntry) => void): () => void {
    this.afterwards.finish();
    for (const entry of this.entries) watcher(entry);
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** The Conversation is gone. */
  forget(conversationSid: string): void {
    this.removed.add(conversationSid);
  }

  private trim(): void {
    this.entries = this.entries.slice(-MAX_ENTRIES);
    for (const conversationSid of this.removed) this.byConversation.delete(conversationSid);
    this.removed.clear();
  }

  private note({ conversationSid, step, at }: TimelineEntry): void {
    const known = this.byConversation.get(conversationSid) ?? { steps: new Set(), startedAt: at };
    known.steps.add(step);
    known.startedAt = Math.min(known.startedAt, at);
    this.byConversation.set(conversationSid, known);
  }
}
