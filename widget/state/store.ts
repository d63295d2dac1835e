/** Holds the one state, and calls its listeners. */
import type { ChatEvent } from './events';
import { INITIAL_STATE, type ChatState } from './model';
import { transition } from './transition';

export interface Store {
  readonly state: ChatState;
  dispatch(event: ChatEvent): void;
  /** Calls `listener` after every change. Returns a function that stops it. */
  subscribe(listener: (state: ChatState) => void): () => void;
}

export function createStore(initial: ChatState = INITIAL_STATE): Store {
  let state = initial;
  const listeners = new Set<(state: ChatState) => void>();
  return {
    get state() {
      return state;
    },
    dispatch(event) {
      const next = transition(state, event);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener(state);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
