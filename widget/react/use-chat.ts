/** The chat in React: one client for all components that ask for it, on the server nothing but its first state. */
import { useEffect, useSyncExternalStore } from 'react';
import {
  createChat,
  INITIAL_STATE,
  type ChatClient,
  type ChatOptions,
  type ChatState,
} from '../chat/create-chat';

export interface UseChatOptions extends ChatOptions {
  /** Who is signed in, by any name: another one gets a chat of their own. */
  user?: string;
}

interface Shared {
  chat: ChatClient;
  /** Of the newest render: what it is asked for later may have changed. */
  options: UseChatOptions;
  /** Components that show it. */
  users: number;
  isResumed: boolean;
}

/** In a browser only: a server has many visitors. */
const shared = new Map<string, Shared>();

/** `state` changes, and the component with it; `chat` is what it can be asked to do. */
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

/** StrictMode takes a component off the page and puts it back at once: that is no end. */
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
