/** The official SDK, `@twilio/conversations`: the only place that knows it. Speaks the state's words to the rest. */
import { Client, type ClientOptions, type Conversation } from '@twilio/conversations';
import type { ChatEvent } from '../state/events';
import type { ContentLink } from '../state/model';
import { findLink, sendWithFiles, type Upload } from './attachments';
import { forwardConversation, tellAgent, tellIfClosed, toArrived } from './conversation-events';
import type { Pass } from './functions-client';

/**
 * The SDK's own requests never settle when the connection drops during its first fetch (observed with 3.0.1), so opening
 * a Conversation has an end. Generous: a phone on a slow line needs several seconds.
 */
const OPEN_TIMEOUT_MS = 20_000;

/** What fills a tall panel several times; earlier Messages come when the visitor scrolls up to them. */
const PAGE_SIZE = 50;

/** A pass, and what it opens. */
export interface Session extends Pass {
  conversationSid: string;
}

/** What the application must act on, beside what the state shows. */
export type SessionEvent = { type: 'tokenAboutToExpire' } | { type: 'tokenRejected' };

export interface OpenConversation {
  /** Resolves when Twilio has the message, also if that takes a reconnect. */
  send(body: string, messageId: string, upload?: Upload): Promise<void>;
  /** Looks for a message whose answer was lost; tells the state what it finds. */
  wasSent(messageId: string): Promise<boolean>;
  /** Tells the state one more page from before this Message. */
  loadEarlier(beforeIndex: number): Promise<void>;
  /** Where the content of this Media can be had; null where Twilio does not say. */
  findLink(mediaSid: string): Promise<ContentLink | null>;
  typing(): void;
  markRead(index: number): void;
  updateToken(token: string): Promise<void>;
  close(): Promise<void>;
}

/** Opening failed. `rejected`: Twilio refuses the token. `gone`: not this identity's Conversation. `unreachable`: try again. */
export class OpenError extends Error {
  override readonly name = 'OpenError';

  constructor(
    readonly code: 'rejected' | 'gone' | 'unreachable',
    options?: ErrorOptions,
  ) {
    super(`The Conversation could not be opened: ${code}`, options);
  }
}

export type ConversationOpener = (
  session: Session,
  /** Index of the newest Message that is known; all since then are read. Null: the latest page will do. */
  knownIndex: number | null,
  listener: (event: ChatEvent | SessionEvent) => void,
) => Promise<OpenConversation>;

/** Connects, reads what is new, and tells `listener` everything, from the past and from now on. */
export const openConversation: ConversationOpener = async (session, knownIndex, listener) => {
  const client = new Client(session.token, session.clientOptions as ClientOptions | undefined);
  let closed = false;
  const tell = (event: ChatEvent | SessionEvent): void => {
    if (!closed) listener(event);
  };
  const close = async (): Promise<void> => {
    closed = true;
    client.removeAllListeners();
    await client.shutdown().catch(() => undefined);
  };
  try {
    forwardConnection(client, tell);
    const conversation = await withTimeout(
      findConversation(client, session.conversationSid),
      OPEN_TIMEOUT_MS,
    );
    forwardConversation(client, session, tell);
    await withTimeout(readNews(conversation, session, knownIndex, tell), OPEN_TIMEOUT_MS);
    return toOpenConversation(client, conversation, session, tell, close);
  } catch (error) {
    void close();
    throw error instanceof OpenError ? error : new OpenError('unreachable', { cause: error });
  }
};

function forwardConnection(client: Client, tell: (event: ChatEvent | SessionEvent) => void): void {
  let wasConnected = false;
  client.on('connectionStateChanged', (state) => {
    wasConnected ||= state === 'connected';
    // Until the first connection everything that is not yet `connected` is on its way there.
    if (wasConnected) {
      tell({ type: 'connectionChanged', connection: state === 'connected' ? 'connected' : 'reconnecting' });
    }
    if (state === 'denied') tell({ type: 'tokenRejected' });
  });
  client.on('tokenAboutToExpire', () => tell({ type: 'tokenAboutToExpire' }));
  // Expiry comes as either or both; other refusals as `denied` alone.
  client.on('tokenExpired', () => tell({ type: 'tokenRejected' }));
}

function findConversation(client: Client, conversationSid: string): Promise<Conversation> {
  return new Promise((resolve, reject) => {
    // A refused token is reported twice, first as "disconnected"; only the connection's state tells which it is.
    client.on('connectionStateChanged', (state) => {
      if (state === 'denied') reject(new OpenError('rejected'));
    });
    client.on('initialized', () => {
      client.getConversationBySid(conversationSid).then(resolve, (cause: Error & { status?: number }) => {
        const isGone = cause.status === 403 || cause.status === 404;
        reject(new OpenError(isGone ? 'gone' : 'unreachable', { cause }));
      });
    });
  });
}

async function readNews(
  conversation: Conversation,
  session: Session,
  knownIndex: number | null,
  tell: (event: ChatEvent) => void,
): Promise<void> {
  const seen = conversation.lastReadMessageIndex;
  if (seen !== null) tell({ type: 'seen', index: seen });
  // Before the first send: it waits for the message list, without which the SDK can miss its own messageAdded.
  let page = await conversation.getMessages(PAGE_SIZE);
  for (;;) {
    for (const message of page.items) tell(toArrived(message, session.identity));
    // What lies further back than the known ones, the state has asked for already, or has not.
    if (knownIndex === null) tell({ type: 'historyChanged', history: page.hasPrevPage ? 'more' : 'none' });
    if (!page.hasPrevPage || knownIndex === null || page.items[0]!.index <= knownIndex + 1) break;
    page = await page.prevPage();
  }
  for (const participant of await conversation.getParticipants()) {
    if (participant.identity !== session.identity) await tellAgent(participant, null, tell);
  }
  tellIfClosed(conversation, tell);
}

function toOpenConversation(
  client: Client,
  conversation: Conversation,
  session: Session,
  tell: (event: ChatEvent) => void,
  close: () => Promise<void>,
): OpenConversation {
  return {
    async send(body, messageId, upload) {
      if (upload) await sendWithFiles(conversation, body, { messageId }, upload);
      else await conversation.prepareMessage().setBody(body).setAttributes({ messageId }).build().send();
    },
    async wasSent(messageId) {
      const { items } = await conversation.getMessages(PAGE_SIZE);
      // Everything that was read: the SDK has no messageAdded for what it has read before the event comes, as it does
      // when this look is faster than its own return after a reconnect (observed with 3.0.1).
      for (const message of items) tell(toArrived(message, session.identity));
      return items.some(
        (message) => (message.attributes as { messageId?: unknown } | null)?.messageId === messageId,
      );
    },
    async loadEarlier(beforeIndex) {
      const page = await conversation.getMessages(PAGE_SIZE, Math.max(0, beforeIndex - 1));
      for (const message of page.items) tell(toArrived(message, session.identity));
      tell({ type: 'historyChanged', history: page.hasPrevPage ? 'more' : 'none' });
    },
    findLink: (mediaSid) => findLink(client, mediaSid),
    typing() {
      conversation.typing().catch(() => undefined); // Nobody misses a lost typing indicator.
    },
    markRead(index) {
      conversation.advanceLastReadMessageIndex(index).catch(() => undefined); // The next one covers it.
    },
    updateToken: async (token) => {
      await client.updateToken(token);
    },
    close,
  };
}

async function withTimeout<Value>(work: Promise<Value>, timeoutMs: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OpenError('unreachable')), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined); // Answers that come after the timeout interest nobody.
  }
}
