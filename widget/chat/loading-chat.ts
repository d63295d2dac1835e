/** A chat whose stored data is still being read: its calls wait for the data, in order. */
import type { ChatClient, Reception } from './chat-client';

type Client = ChatClient & Reception;

type Call = (...args: never[]) => unknown;

const WAITING = [
  'resume',
  'prepare',
  'start',
  'send',
  'choose',
  'attach',
  'detach',
  'cancel',
  'findLink',
  'retry',
  'draft',
  'typing',
  'name',
  'markRead',
  'loadEarlier',
  'end',
  'rate',
  'past',
  'startOver',
  'forget',
  'availability',
  'queuePosition',
  'leaveMessage',
] as const satisfies readonly (keyof Client)[];

/** What an app does besides. */
interface AppCalls {
  /** Before the visitor's client is closed. */
  forget(): void;
  destroy(): void;
}

/** @param loaded null: there is nothing to wait for */
export function afterLoading(chat: Client, loaded: Promise<void> | null, app: AppCalls): Client {
  let isLoaded = loaded === null;
  let isDestroyed = false;
  void loaded?.then(() => (isLoaded = true));
  const own: Client = {
    ...chat,
    forget() {
      app.forget();
      chat.forget();
    },
  };
  const waiting =
    (call: Call): Call =>
    (...args) =>
      isLoaded ? call(...args) : loaded!.then(() => (isDestroyed ? undefined : call(...args)));
  const calls = Object.fromEntries(WAITING.map((name) => [name, waiting(own[name])]));
  // Not by a spread: React Native's compiler would read the getters once.
  return Object.assign(
    {
      get state() {
        return chat.state;
      },
      get limits() {
        return chat.limits;
      },
    },
    own,
    calls as Pick<Client, (typeof WAITING)[number]>,
    {
      destroy() {
        isDestroyed = true;
        app.destroy();
        chat.destroy();
      },
    },
  );
}
