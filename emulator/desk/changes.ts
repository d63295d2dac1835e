/** Signals a change of the overview, so that pages fetch it again. */
import type { ConversationsDomain } from '../conversations/domain';
import type { Flex } from '../flex/domain';

export class Changes {
  private readonly watchers = new Set<() => void>();

  constructor(conversations: ConversationsDomain, flex: Flex) {
    const notify = (): void => {
      for (const watcher of this.watchers) watcher();
    };
    flex.taskrouter.events.onAny(notify);
    flex.events.onAny(notify);
    for (const name of ['userAdded', 'userUpdated', 'participantAdded'] as const) {
      conversations.events.on(name, notify);
    }
  }

  /** Returns a function that unsubscribes. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}
