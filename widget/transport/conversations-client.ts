/** The adapter of the official SDK, `@twilio/conversations`. Reports events of the state. */
import type { Client, Conversation } from '@twilio/conversations';
import type { ChatEvent } from '../state/events';
import { findLink, sendWithFiles } from './attachments';
import { attributesOf, type LoadContentReader } from './contents';
import { ConversationEvents } from './conversation-events';
import {
  OpenError,
  type KnownMessages,
  type OpenConversation,
  type SdkConnection,
  type SessionEvent,
} from './contract';
import type { Pass } from './functions-client';
import { SdkClient } from './sdk-client';
import { withTimeout } from './with-timeout';

/**
 * The SDK's own requests never settle when the connection drops during its first fetch (observed with 3.0.1), so opening
 * a Conversation has a timeout. It is long because a phone on a slow network needs several seconds.
 */
const OPEN_TIMEOUT_MS = 20_000;

/** Fills a tall panel several times; earlier Messages load when the visitor scrolls up. */
const PAGE_SIZE = 50;

/** Set by /claim-chat. */
interface EarlierOwner {
  earlier_identity?: unknown;
}

/** Without `loadReader`, rich messages have only Twilio's text. */
export function connectSdk(pass: Pass, loadReader?: LoadContentReader): SdkConnection & { client: Client } {
  const { identity } = pass;
  const sdk = new SdkClient(pass);
  const { client } = sdk;
  let isClosed = false;
  const close = async (): Promise<void> => {
    isClosed = true;
    await sdk.close();
  };
  return {
    client,
    identity,
    close,
    async open(conversationSid, known, listener) {
      const notify = (event: ChatEvent | SessionEvent): void => {
        if (!isClosed) listener(event);
      };
      const inTime = <Value>(work: Promise<Value>): Promise<Value> =>
        withTimeout(Promise.race([work, sdk.failure]), OPEN_TIMEOUT_MS);
      try {
        sdk.listen(notify);
        const conversation = await inTime(findConversation(sdk, conversationSid));
        const { earlier_identity: earlierIdentity } = (conversation.attributes ?? {}) as EarlierOwner;
        const session = { identity, earlierIdentity, conversationSid };
        const events = new ConversationEvents(client, session, notify, loadReader);
        await inTime(readNews(conversation, events, known, notify));
        return toOpenConversation(client, conversation, events, notify, close);
      } catch (error) {
        void close();
        throw error instanceof OpenError ? error : new OpenError('unreachable', { cause: error });
      }
    },
  };
}

async function findConversation({ client, initialized }: SdkClient, sid: string): Promise<Conversation> {
  await initialized;
  return client.getConversationBySid(sid).catch((cause: Error & { status?: number }) => {
    const isGone = cause.status === 403 || cause.status === 404;
    throw new OpenError(isGone ? 'gone' : 'unreachable', { cause });
  });
}

async function readNews(
  conversation: Conversation,
  events: ConversationEvents,
  known: KnownMessages | null,
  notify: (event: ChatEvent) => void,
): Promise<void> {
  const seen = conversation.lastReadMessageIndex;
  if (seen !== null) notify({ type: 'seen', index: seen });
  // Before the first send: it waits for the message list, without which the SDK can miss its own messageAdded.
  let page = await conversation.getMessages(PAGE_SIZE);
  let newest = known?.[1] ?? -1;
  for (;;) {
    const { items, hasPrevPage } = page;
    await events.tellPage(items, hasPrevPage, newest);
    // For known Messages, the state already knows whether there are earlier ones.
    if (known === null) notify({ type: 'historyChanged', history: hasPrevPage ? 'more' : 'none' });
    if (!hasPrevPage || known === null || items[0]!.index <= known[0]) break;
    newest = items[0]!.index - 1;
    page = await page.prevPage();
  }
  for (const participant of await conversation.getParticipants()) await events.tellAgent(participant);
  events.tellIfClosed(conversation);
}

function toOpenConversation(
  client: Client,
  conversation: Conversation,
  events: ConversationEvents,
  notify: (event: ChatEvent) => void,
  close: () => Promise<void>,
): OpenConversation {
  return {
    async send(body, attributes, upload) {
      if (upload) await sendWithFiles(conversation, body, attributes, upload);
      else await conversation.prepareMessage().setBody(body).setAttributes(attributes).build().send();
    },
    async wasSent(messageId) {
      const { items } = await conversation.getMessages(PAGE_SIZE);
      // Everything that was read: the SDK has no messageAdded for what it has read before the event comes, as it does
      // when this look is faster than its own return after a reconnect (observed with 3.0.1).
      await events.tellNamed(items);
      return items.some((message) => attributesOf(message).messageId === messageId);
    },
    async loadEarlier(beforeIndex) {
      const page = await conversation.getMessages(PAGE_SIZE, Math.max(0, beforeIndex - 1));
      await events.tellNamed(page.items);
      notify({ type: 'historyChanged', history: page.hasPrevPage ? 'more' : 'none' });
    },
    findLink: (mediaSid) => findLink(client, mediaSid),
    typing() {
      conversation.typing().catch(() => undefined); // A lost typing indicator does no harm.
    },
    markRead(index) {
      conversation.advanceLastReadMessageIndex(index).catch(() => undefined); // The next call covers it.
    },
    updateToken: async (token) => {
      await client.updateToken(token);
    },
    close,
  };
}
