/** The client without a view, with the real SDK, for tests with their own Functions and emulator. */
import { Chat } from '../../widget/chat/chat';
import type { ChatState } from '../../widget/state/model';
import { createChatStorage, type ChatStorage } from '../../widget/transport/chat-storage';
import { connectSdk } from '../../widget/transport/conversations-client';
import { createFunctionsClient } from '../../widget/transport/functions-client';
import { Passes, type PassSource } from '../../widget/transport/passes';
import { BrowserStorage } from './browser-storage';
import type { FunctionsWorld } from './functions-world';

/** Call it once inside a `describe`, after `useFunctions`. The returned function creates a chat that ends with its test. */
export function useChats(world: FunctionsWorld): (storage?: ChatStorage, source?: PassSource) => Chat {
  const chats: Chat[] = [];
  afterEach(async () => {
    for (const chat of chats.splice(0)) chat.destroy();
    await nobodyConnected(world);
  });
  return (storage = aMemory(), source = {}) => {
    const functions = createFunctionsClient(`${world.functions.url}/`);
    const chat = new Chat({
      functions,
      storage,
      passes: new Passes(functions, storage, source),
      wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
      limits: null,
      // As for every client in tests: the SDK keeps reads for a tenth of this, with a timer that Jest would wait for.
      connectSdk: (pass) =>
        connectSdk({ ...pass, clientOptions: { ...pass.clientOptions, httpCacheIntervalOverride: 'PT1S' } }),
    });
    chats.push(chat);
    return chat;
  };
}

/** A browser's storage, for the lifetime of the test. A second chat with it is the page after a reload. */
export function aMemory(): ChatStorage {
  const [site, tab] = [new BrowserStorage(), new BrowserStorage()];
  return createChatStorage(
    'chat',
    () => site,
    () => tab,
  );
}

export function until(
  { subscribe }: Pick<Chat, 'subscribe'>,
  isSo: (state: ChatState) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const stop = subscribe((state) => {
      if (!isSo(state)) return;
      // The first call comes before `subscribe` has returned the way to stop.
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

export function nobodyConnected(world: FunctionsWorld): Promise<void> {
  return new Promise((resolve) => {
    const { realtime } = world.emulator.world;
    const check = () => realtime.sessions().length === 0 && resolve();
    realtime.events.on('sessionClosed', () => queueMicrotask(check));
    check();
  });
}

export function isSent({ items }: ChatState): boolean {
  return items.some((item) => item.kind === 'message' && item.status === 'sent');
}
