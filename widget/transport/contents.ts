/** Content of rich messages. The reader is loaded with the first of them. */
import type { Message } from '@twilio/conversations';
import type { Answer, RichContent } from '../state/rich';
import { withinHoldTime } from './hold-time';

export interface ReadContent {
  content: RichContent;
  /** The same as text, for clients that show only text. */
  body: string;
}

/** Null if the content is malformed. */
export type ContentReader = (message: Message) => Promise<ReadContent | null>;

/** Resolves with the reader; rejects if it cannot be loaded at the moment. */
export type LoadContentReader = () => Promise<ContentReader>;

/** The attributes of a Message that this client reads (docs/http-api.md). */
export interface MessageAttributes {
  messageId?: unknown;
  quickReplies?: unknown;
  answer?: unknown;
}

/** The attributes of a Message that the visitor sends. */
export type SentAttributes = {
  messageId: string;
  answer?: { to: string; id: string };
};

export function attributesOf({ attributes }: Message): MessageAttributes {
  return (attributes ?? {}) as MessageAttributes;
}

export function isRich(message: Message): boolean {
  return Boolean(message.contentSid ?? attributesOf(message).quickReplies);
}

/** The choice that a visitor's Message is; null if it is none. */
export function answerOf(message: Message): Answer | null {
  return (attributesOf(message).answer as Answer | undefined) ?? null;
}

export class Contents {
  private readonly found = new Map<string, ReadContent | null>();

  constructor(
    private readonly load: LoadContentReader | undefined,
    /** Called when content was read: the Message may have been shown without it. */
    private readonly onRead: (message: Message) => void,
  ) {}

  of(message: Message): ReadContent | null | undefined {
    return isRich(message) ? this.found.get(message.sid) : null;
  }

  /** Resolves when the Messages' content is read, or after a timeout. */
  async ready(messages: readonly Message[]): Promise<void> {
    await withinHoldTime(
      Promise.all(messages.map((message) => this.found.has(message.sid) || this.read(message))),
    );
  }

  /** Reads it again after an edit. */
  async read(message: Message): Promise<void> {
    if (!isRich(message)) return;
    try {
      const reader = await this.load?.();
      this.found.set(message.sid, (await reader?.(message)) ?? null);
      this.onRead(message);
    } catch {
      // Retried when the Message is reported again.
    }
  }
}
