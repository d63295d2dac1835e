/**
 * Messages: an append-only list per Conversation. Indexes rise and are never used again; a removed one leaves a hole.
 * Differs: Twilio keeps all of them. Here the oldest are dropped, so that an emulator can run for days.
 */
import type { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { invalidParameter, TwilioError } from '../core/errors';
import { createSid } from '../core/sids';
import { firstNotBefore } from '../core/sorted';
import type { Conversations } from './conversations';
import type { ConversationsEvents } from './events';
import { MAX_MESSAGE_ATTRIBUTES_BYTES, MAX_MESSAGE_BODY_BYTES, MAX_NAME_CHARS } from './limits';
import type { Actor, Conversation, Message, MessageMedia } from './model';
import type { Participants } from './participants';
import { checkAttributes } from './validation';

export interface NewMessage {
  author?: string | undefined;
  body?: string | undefined;
  subject?: string | undefined;
  attributes?: string | undefined;
  media?: MessageMedia[] | undefined;
  contentSid?: string | undefined;
  dateCreated?: Date | undefined;
  dateUpdated?: Date | undefined;
}

export interface MessageChange {
  author?: string | undefined;
  body?: string | undefined;
  subject?: string | undefined;
  attributes?: string | undefined;
  dateCreated?: Date | undefined;
  /** Now, unless it says otherwise. */
  dateUpdated?: Date | undefined;
}

/** Messages of one Conversation. It may have thousands; lookup, counting and paging must stay fast. */
interface MessageList {
  /** In the order of their indexes. */
  inOrder: Message[];
  bySid: Map<string, Message>;
}

const NONE: readonly Message[] = [];

/** Of all Conversations together, some 100 MB. */
const MAX_MESSAGES = 100_000;

export class Messages {
  private readonly byConversation = new Map<string, MessageList>();
  /** In the order of their creation; those that were removed since stay until the next drop. */
  private created: Message[] = [];
  /** Of this emulator, so that no snapshot replaces it. */
  readonly #maxMessages: number;

  constructor(
    private readonly clock: Clock,
    private readonly events: Bus<ConversationsEvents>,
    private readonly conversations: Conversations,
    private readonly participants: Participants,
    /** Of all Conversations together; a tenth more before the oldest are dropped. */
    maxMessages = MAX_MESSAGES,
  ) {
    this.#maxMessages = maxMessages;
  }

  add(conversation: Conversation, wanted: NewMessage, actor: Actor): Message {
    this.conversations.refuseClosed(conversation);
    const media = wanted.media ?? [];
    // Source: docs https://www.twilio.com/docs/api/errors/50503
    if (!wanted.body && media.length === 0 && !wanted.contentSid) {
      throw new TwilioError(400, 50503, 'Message body is required');
    }
    checkBody(wanted.body);
    checkSubject(wanted.subject);
    const author = checkAuthor(wanted.author ?? 'system');
    const now = wanted.dateCreated ?? this.clock.date();
    const message: Message = {
      sid: createSid('IM'),
      conversationSid: conversation.sid,
      index: conversation.nextMessageIndex,
      author,
      participantSid: this.participants.find(conversation.sid, author)?.sid ?? null,
      body: wanted.body ?? null,
      subject: wanted.subject ?? null,
      attributes: checkAttributes(wanted.attributes ?? '{}', MAX_MESSAGE_ATTRIBUTES_BYTES),
      media,
      delivery: null,
      contentSid: wanted.contentSid ?? null,
      lastUpdatedBy: null,
      dateCreated: now,
      dateUpdated: wanted.dateUpdated ?? now,
    };
    conversation.nextMessageIndex += 1;
    const { inOrder, bySid } = this.listOf(conversation.sid);
    inOrder.push(message);
    bySid.set(message.sid, message);
    this.created.push(message);
    this.conversations.touch(conversation);
    this.events.emit('messageAdded', { conversation, message, actor });
    if (this.created.length > this.#maxMessages * 1.1) this.dropOldest();
    return message;
  }

  find(conversationSid: string, sid: string): Message | undefined {
    return this.byConversation.get(conversationSid)?.bySid.get(sid);
  }

  /** Oldest first. Messages that come later appear in it. */
  ofConversation(conversationSid: string): readonly Message[] {
    return this.byConversation.get(conversationSid)?.inOrder ?? NONE;
  }

  /** How many are behind the read horizon; null while there is none. */
  unreadCount(conversationSid: string, lastReadMessageIndex: number | null): number | null {
    if (lastReadMessageIndex === null) return null;
    const all = this.ofConversation(conversationSid);
    return all.length - firstNotBefore(all, ({ index }) => index <= lastReadMessageIndex);
  }

  update(conversation: Conversation, message: Message, change: MessageChange, actor: Actor): Message {
    checkBody(change.body);
    checkSubject(change.subject);
    if (change.author !== undefined) checkAuthor(change.author);
    if (change.attributes !== undefined) {
      message.attributes = checkAttributes(change.attributes, MAX_MESSAGE_ATTRIBUTES_BYTES);
    }
    if (change.author !== undefined) message.author = change.author;
    if (change.body !== undefined) message.body = change.body;
    if (change.subject !== undefined) message.subject = change.subject;
    if (change.dateCreated !== undefined) message.dateCreated = change.dateCreated;
    message.dateUpdated = change.dateUpdated ?? this.clock.date();
    message.lastUpdatedBy = actor.source === 'SDK' ? actor.identity : 'system';
    this.events.emit('messageUpdated', { conversation, message, actor });
    return message;
  }

  remove(conversation: Conversation, message: Message, actor: Actor): void {
    const { inOrder, bySid } = this.listOf(conversation.sid);
    inOrder.splice(
      firstNotBefore(inOrder, ({ index }) => index < message.index),
      1,
    );
    bySid.delete(message.sid);
    this.events.emit('messageRemoved', { conversation, message, actor });
  }

  /** The Conversation is gone. */
  forget(conversationSid: string): void {
    this.byConversation.delete(conversationSid);
  }

  /** In batches: removing the first item of a long array each time is slow. */
  private dropOldest(): void {
    const present = this.created.filter(({ conversationSid, sid }) => this.find(conversationSid, sid));
    const dropped = present.slice(0, Math.max(0, present.length - this.#maxMessages));
    this.created = present.slice(dropped.length);
    const byConversation = new Map<string, Message[]>();
    for (const message of dropped) {
      const messages = byConversation.get(message.conversationSid);
      if (messages) messages.push(message);
      else byConversation.set(message.conversationSid, [message]);
    }
    for (const [conversationSid, messages] of byConversation) {
      const { inOrder, bySid } = this.listOf(conversationSid);
      inOrder.splice(0, messages.length);
      for (const { sid } of messages) bySid.delete(sid);
      const conversation = this.conversations.get(conversationSid)!;
      this.events.emit('messagesDropped', { conversation, messages });
    }
  }

  private listOf(conversationSid: string): MessageList {
    let list = this.byConversation.get(conversationSid);
    if (!list) this.byConversation.set(conversationSid, (list = { inOrder: [], bySid: new Map() }));
    return list;
  }
}

/** Source: docs https://www.twilio.com/docs/api/errors/50310 */
function checkAuthor(author: string): string {
  if (author.length > MAX_NAME_CHARS) throw new TwilioError(400, 50310, 'Author is too long');
  return author;
}

/** Source: docs https://www.twilio.com/docs/api/errors/50504 */
function checkBody(body: string | undefined): void {
  if (body !== undefined && Buffer.byteLength(body) > MAX_MESSAGE_BODY_BYTES) {
    throw new TwilioError(400, 50504, 'Message body is too long');
  }
}

/** Source: openapi (description of Subject). Guess: the code. */
function checkSubject(subject: string | undefined): void {
  if (subject !== undefined && subject.length > MAX_NAME_CHARS) throw invalidParameter('Subject is too long');
}
