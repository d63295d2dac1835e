/** The emulator's event stream: new entries of the timeline, and changes of the overview. */
import type { TimelineEntry, TimelineStep } from './state/timeline';
import type { Store } from './store';

export function watchStream(store: Store, changed: () => void): void {
  const stream = new EventSource('/emulator/timeline');
  stream.addEventListener('world', ({ data }: MessageEvent<string>) => {
    const { worldId, steps } = JSON.parse(data) as { worldId: string; steps: TimelineStep[] };
    // The emulator was reset or started again: everything on this page is outdated.
    if (store.state.worldId !== null && store.state.worldId !== worldId) location.reload();
    store.change({ worldId, steps, entries: [] });
  });
  stream.addEventListener('entry', ({ data }: MessageEvent<string>) => {
    const entry = JSON.parse(data) as TimelineEntry;
    const { entries } = store.state;
    const isNew = !entries.some(({ conversationSid }) => conversationSid === entry.conversationSid);
    store.change({
      entries: [...entries, entry],
      // Show a new chat.
      ...(isNew && { pinnedConversationSid: null }),
    });
  });
  stream.addEventListener('changed', changed);
}
