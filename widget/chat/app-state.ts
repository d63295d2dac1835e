/**
 * A chat on a phone: connected while the app is in front. In the background the system would end the connection at any
 * moment, and Twilio would send no push notification as long as it lasts.
 */
import type { Store } from '../state/store';
import type { Connection } from './connection';
import type { OngoingChat } from './ongoing-chat';

/** React Native's `AppState`, or an object like it. */
export interface AppStateSource {
  /** `active`, `background`, or another state, which changes nothing (`inactive`: iOS shows something above the app). */
  readonly currentState?: unknown;
  addEventListener(type: 'change', listener: (state: string) => void): { remove(): void };
}

/** Returns a function that stops it. */
export function followAppState(source: AppStateSource, store: Store, ongoing: OngoingChat): () => void {
  let isAway = source.currentState === 'background';
  let left: Connection | null = null;
  const leave = (): void => {
    if (isAway && ongoing.connection?.leave()) left = ongoing.connection;
  };
  const comeBack = (): void => {
    // Null or another one: the visitor has left that chat meanwhile.
    if (left && left === ongoing.connection) void left.open();
    left = null;
  };
  // A chat that opens in the background is left, too: after the change, because the connection is still at work in it.
  const stopListening = store.subscribe(() => void Promise.resolve().then(leave));
  const subscription = source.addEventListener('change', (state) => {
    if (state === 'background') isAway = true;
    if (state === 'active') isAway = false;
    if (isAway) leave();
    else comeBack();
  });
  return () => {
    subscription.remove();
    stopListening();
    isAway = false;
  };
}
