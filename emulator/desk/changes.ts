/** Signals a change of the overview, so that pages fetch it again. */
import type { ConversationsDomain } from '../conversations/domain';
import type { Flex } from '../flex/domain';

export class Changes {
  private readonly watchers = new Set<() => void>();

  constructor(conversations: ConversationsDomain, flex: Flex) {
    const tell = (): void => {
      for (const watcher of this.watchers) watcher();
    };
    flex.taskrouter.events.onAny(tell);
    flex.events.onAny(tell);
    for (const name of ['userAdded', 'userUpdated', 'participantAdded'] as const) {
      conversations.events.on(name, tell);
    }
  }

  /** Returns a function that unsubscribes. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}
