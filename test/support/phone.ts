/** A phone: what it stores outlives the app, and the app goes to the background and back. */
import type { AppStateSource, ChatOptions, StorageAdapter } from '../../widget/chat/create-chat';

export class Phone {
  readonly disk = new Map<string, string>();
  /** What each access to the storage waits for. */
  slowness: Promise<void> = Promise.resolve();
  isBroken = false;
  private readonly listeners = new Set<(state: string) => void>();
  private state = 'active';

  readonly storage: StorageAdapter = {
    getItem: (key) => this.access(() => this.disk.get(key) ?? null),
    setItem: (key, value) => this.access(() => void this.disk.set(key, value)),
    removeItem: (key) => this.access(() => void this.disk.delete(key)),
  };

  readonly appState: AppStateSource = {
    addEventListener: (_type, listener) => {
      this.listeners.add(listener);
      return { remove: () => void this.listeners.delete(listener) };
    },
  };

  /** The options of an app on this phone. */
  get options(): Pick<ChatOptions, 'storage' | 'appState'> {
    const { storage, appState, state: currentState } = this;
    return { storage, appState: { ...appState, currentState } };
  }

  get isFollowed(): boolean {
    return this.listeners.size > 0;
  }

  /** As the system tells the app: on iOS it is `inactive` first. */
  goTo(state: 'active' | 'background'): void {
    for (const next of ['inactive', state]) {
      this.state = next;
      for (const listener of this.listeners) listener(next);
    }
  }

  private async access<Value>(work: () => Value): Promise<Value> {
    await this.slowness;
    if (this.isBroken) throw new Error('The disk is full');
    return work();
  }
}
