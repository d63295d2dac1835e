/** What happened in this world so far, as the guide tells it, and whoever watches. */
import { randomUUID } from 'node:crypto';
import type { TimelineEntry, TimelineFact } from './entry';
import type { StepId } from './steps';

export class Timeline {
  /** A page that sees another one knows that the emulator has been reset. */
  readonly worldId = randomUUID();
  private readonly entries: TimelineEntry[] = [];
  private readonly watchers = new Set<(entry: TimelineEntry) => void>();

  add(fact: TimelineFact): void {
    const entry = { ...fact, id: this.entries.length + 1 };
    this.entries.push(entry);
    for (const watcher of this.watchers) watcher(entry);
  }

  /** Whether this step of this Conversation has happened. */
  has(conversationSid: string, step: StepId): boolean {
    return this.entries.some((entry) => entry.conversationSid === conversationSid && entry.step === step);
  }

  /** When the first thing of this Conversation happened; undefined where nothing has. */
  startOf(conversationSid: string): number | undefined {
    const times = this.entries
      .filter((entry) => entry.conversationSid === conversationSid)
      .map(({ at }) => at);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** First what happened so far, then everything new. Returns how to stop. */
  watch(watcher: (entry: TimelineEntry) => void): () => void {
    for (const entry of this.entries) watcher(entry);
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}
