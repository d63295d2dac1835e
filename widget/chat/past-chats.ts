/** A signed-in user's earlier chats: a list, and each of them to read. Nothing of them is stored in the browser. */
import type { ChatState, PastChat } from '../state/model';
import { createStore } from '../state/store';
import type { PastChats, PastConversation } from './chat-client';
import { ChosenFiles } from './chosen-files';
import { Connection, type ConnectionParts } from './connection';
import { findLink, loadEarlier } from './reading';

type Parts = Omit<ConnectionParts, 'store' | 'files'>;

export function toPastChats(chats: readonly PastChat[], parts: Parts, signal: AbortSignal): PastChats {
  return {
    chats,
    signal,
    open: (conversationSid) => openPast(conversationSid, parts, signal),
  };
}

/** Twilio shows a Conversation only to its Participants, so a SID that is not in the list opens nothing. */
function openPast(conversationSid: string, parts: Parts, signal: AbortSignal): PastConversation {
  const store = createStore();
  const connection = new Connection(conversationSid, {
    ...parts,
    store,
    files: new ChosenFiles(store, null),
  });
  const close = (): void => {
    connection.close();
    signal.removeEventListener('abort', forget);
  };
  const forget = (): void => {
    close();
    store.dispatch({ type: 'reset' });
  };
  signal.addEventListener('abort', forget);
  store.dispatch({ type: 'starting' });
  if (signal.aborted) forget();
  else void connection.open();
  return {
    get state(): ChatState {
      return store.state;
    },
    subscribe(listener) {
      listener(store.state);
      return store.subscribe(listener);
    },
    loadEarlier: () => loadEarlier(store, connection),
    findLink: (key) => findLink(store, connection, key),
    close,
  };
}
