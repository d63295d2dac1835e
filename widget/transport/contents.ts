/** Content of rich messages. What reads it is loaded when the first one comes. */
import type { Message } from '@twilio/conversations';
import type { Answer, RichContent } from '../state/rich';
import { inPatience } from './patience';

export interface ReadContent {
  content: RichContent;
  /** What it says, for whoever shows no more than text. */
  body: string;
}

/** Null: it is not what it claims to be. */
export type ContentReader = (message: Message) => Promise<ReadContent | null>;

/** Resolves with what reads content; rejects where that cannot be had just now. */
export type LoadContentReader = () => Promise<ContentReader>;

/** Which of a Message's attributes have a meaning here (docs/http-api.md). */
export interface MessageAttributes {
  messageId?: unknown;
  quickReplies?: unknown;
  answer?: unknown;
}

/** What a Message of the visitor's carries beside its words. */
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

/** What a visitor's Message answers; null where it answers nothing. */
export function answerOf(message: Message): Answer | null {
  return (attributesOf(message).answer as Answer | undefined) ?? null;
}

export class Contents {
  private readonly found = new Map<string, ReadContent | null>();

  constructor(
    private readonly load: LoadContentReader | undefined,
    /** A Message may have been shown without it. */
    private readonly onRead: (message: Message) => void,
  ) {}

  of(message: Message): ReadContent | null | undefined {
    return isRich(message) ? this.found.get(message.sid) : null;
  }

  /** Resolves when the Messages' content is there, or takes too long. */
  async ready(messages: readonly Message[]): Promise<void> {
    await inPatience(
      Promise.all(messages.map((message) => this.found.has(message.sid) || this.read(message))),
    );
  }

  /** Also once more, where somebody has edited it. */
  async read(message: Message): Promise<void> {
    if (!isRich(message)) return;
    try {
      const reader = await this.load?.();
      this.found.set(message.sid, (await reader?.(message)) ?? null);
      this.onRead(message);
    } catch {
      // Tried again when the Message is told again.
    }
  }
}
