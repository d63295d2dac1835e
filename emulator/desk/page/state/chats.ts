/** Chats, as the desk shows them. Plain data and pure changes. */

export interface DeskMedia {
  sid: string;
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
}

export interface DeskMessage {
  sid: string;
  index: number;
  author: string;
  isOwn: boolean;
  body: string;
  media: readonly DeskMedia[];
  at: number;
}

export interface DeskChat {
  conversationSid: string;
  messages: readonly DeskMessage[];
  /** Identities, without the agent's own. */
  typing: readonly string[];
  /** Index of the last message that the customer has read. */
  lastReadIndex: number;
  /** Index of the last message that the agent has read. */
  ownReadIndex: number;
}

export function newChat(conversationSid: string): DeskChat {
  return { conversationSid, messages: [], typing: [], lastReadIndex: -1, ownReadIndex: -1 };
}

/** A message may come several times: on the first page, by its event, and edited. */
export function withMessages(chat: DeskChat, messages: readonly DeskMessage[]): DeskChat {
  const byIndex = new Map(chat.messages.map((message) => [message.index, message]));
  for (const message of messages) byIndex.set(message.index, message);
  return { ...chat, messages: [...byIndex.values()].sort((a, b) => a.index - b.index) };
}

/** A removed message is gone, as in Flex UI. */
export function withoutMessage(chat: DeskChat, sid: string): DeskChat {
  return { ...chat, messages: chat.messages.filter((message) => message.sid !== sid) };
}

export function withTyping(chat: DeskChat, identity: string, isTyping: boolean): DeskChat {
  const others = chat.typing.filter((one) => one !== identity);
  return { ...chat, typing: isTyping ? [...others, identity] : others };
}

/** Messages of others that the agent has not read. */
export function unreadOf({ messages, ownReadIndex }: DeskChat): number {
  return messages.filter(({ isOwn, index }) => !isOwn && index > ownReadIndex).length;
}
