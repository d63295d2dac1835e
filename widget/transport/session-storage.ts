/** What outlives a reload of the page, in this tab only: the session, and the words not yet sent. */
import type { Session } from './functions-client';

const KEY = 'flex-custom-chat';

export interface Saved {
  session: Session | null;
  visitorName: string;
  draft: string;
  /** Sent by the visitor, not known to be with Twilio. */
  unsent: { key: string; body: string; at: number }[];
}

export interface SessionStorage {
  read(): Saved | null;
  write(saved: Saved): void;
}

/** The part of the browser's `Storage` that is used. */
interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** Asks for the storage each time: where the browser refuses it (private mode, blocked cookies) the chat works, without resume. */
export function createSessionStorage(storage: () => KeyValueStorage): SessionStorage {
  return {
    read() {
      try {
        return JSON.parse(storage().getItem(KEY) ?? 'null') as Saved | null;
      } catch {
        return null;
      }
    },
    write(saved) {
      try {
        storage().setItem(KEY, JSON.stringify(saved));
      } catch {
        // Nothing to do: resume is lost, the chat is not.
      }
    },
  };
}
