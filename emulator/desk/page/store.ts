/** The state that the view draws, and its subscribers. */
import { INITIAL_DESK, type DeskState } from './state/desk-state';

export class Store {
  private current = INITIAL_DESK;
  private readonly listeners = new Set<(state: DeskState) => void>();

  get state(): DeskState {
    return this.current;
  }

  subscribe(listener: (state: DeskState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  change(change: Partial<DeskState>): void {
    this.set({ ...this.current, ...change });
  }

  set(state: DeskState): void {
    this.current = state;
    for (const listener of this.listeners) listener(state);
  }

  /** A failure is shown as the problem. */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      this.change({ problem: null });
      return true;
    } catch (error) {
      this.change({ problem: (error as Error).message });
      return false;
    }
  }
}
