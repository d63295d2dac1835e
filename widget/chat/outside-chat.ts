import type { ChatStorage } from '../transport/chat-storage';

/** What is not about a Conversation. Calls fail with a `FunctionsError`. */
export interface OutsideChat {
  storage(): ChatStorage;
  post<Answer>(path: string, body: object): Promise<Answer>;
  /** With the visitor's token, which is created if there is none. */
  postAsVisitor<Answer>(path: string, body: object): Promise<Answer>;
}
