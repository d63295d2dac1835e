/** The chat in React: one client for all components with the same options; on a server, only the initial state. */
import { useEffect, useSyncExternalStore } from 'react';
import {
  createChat,
  INITIAL_STATE,
  type ChatClient,
  type ChatOptions,
  type ChatState,
} from '../chat/create-chat';

export interface UseChatOptions extends ChatOptions {
  /** Any name for the signed-in user: each user has a separate chat. */
  user?: string;
}

interface Shared {
  chat: ChatClient;
  /** Of the latest render, so that callbacks are current. */
  options: UseChatOptions;
  /** The number of components that use it. */
  users: number;
  isResumed: boolean;
}

/** Only in a browser, because a server has many visitors. */
const shared = new Map<string, Shared>();

/** `state` is the current state, and a change re-renders the component; `chat` has the methods. */
export function useChat(options: UseChatOptions): { state: ChatState; chat: ChatClient } {
  const key = JSON.stringify([options.functionsUrl, options.remember, options.user, !!options.userToken]);
  const { chat } = find(key, options);
  const state = useSyncExternalStore(
    chat.subscribe,
    () => chat.state,
    () => INITIAL_STATE,
  );
  useEffect(() => {
    const own = find(key, options);
    own.options = options;
  });
  useEffect(() => retain(key, options), [key, chat]);
  return { state, chat };
}

function find(key: string, options: UseChatOptions): Shared {
  const present = shared.get(key);
  if (present) return present;
  const { userToken, humanCheck, ...rest } = options;
  const made: Shared = { options, users: 0, isResumed: false, chat: null as never };
  const latest = (name: 'userToken' | 'humanCheck') => (): string | Promise<string> => {
    const given = made.options[name];
    return typeof given === 'function' ? given() : given!;
  };
  made.chat = createChat({
    ...rest,
    ...(userToken && { userToken: latest('userToken') }),
    ...(humanCheck && { humanCheck: latest('humanCheck') }),
  });
  if (typeof window !== 'undefined') shared.set(key, made);
  return made;
}

/** StrictMode unmounts and remounts a component at once: the client survives that. */
function retain(key: string, options: UseChatOptions): () => void {
  const own = find(key, options);
  own.users += 1;
  if (!own.isResumed) void own.chat.resume();
  own.isResumed = true;
  return () => {
    own.users -= 1;
    setTimeout(() => {
      if (own.users > 0 || shared.get(key) !== own) return;
      shared.delete(key);
      own.chat.destroy();
    });
  };
}
