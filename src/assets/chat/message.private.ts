/** Step 4 of the guide: a message sent by the back end for the visitor, once per `messageId`. */
import { randomUUID } from 'node:crypto';
import type { MessageInstance } from 'twilio/lib/rest/conversations/v1/service/conversation/message';
import { ChatError } from '../http/errors.private';
import type { Config } from '../settings/config.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isTwilioFailure } from '../twilio/failure.private';
import { conversationOf, unless } from './conversation.private';

/** One page. Source: openapi conversations_v1 (maximum of PageSize). A retry comes long before 100 more messages. */
const LOOK_BACK_MESSAGES = 100;

/** Source: docs https://www.twilio.com/docs/conversations-classic/conversations-limits (chat participants) */
const MAX_BODY_BYTES = 32 * 1024;

/** Source: docs https://www.twilio.com/docs/api/errors/50500, .../20404 */
const MESSAGE_GONE = [50500, 20404];

export interface NewMessage {
  body: string;
  /** The caller's. Without one nobody but this call can recognise the message. */
  messageId?: string | undefined;
  /** Whether webhooks hear of it; REST messages fire none unless asked to. What we say ourselves must not start the Flow. */
  isHeard?: boolean;
}

export type IdentifiedMessage = NewMessage & { messageId: string };

/** Newest first. */
export type Latest = readonly MessageInstance[];

export interface SentMessage {
  messageSid: string;
  index: number;
  /** False if a message with this `messageId` was there already. */
  created: boolean;
}

/**
 * Sends, and looks before it sends again: Twilio has no idempotency key, but the attributes can carry one. A message
 * can't be taken back once an agent has seen it, so where Twilio may still be at work this waits rather than repeats.
 */
export async function sendMessage(
  twilio: TwilioCalls,
  conversationSid: string,
  author: string,
  { body, messageId = randomUUID(), isHeard = true }: NewMessage,
): Promise<SentMessage> {
  const { messages } = conversationOf(twilio, conversationSid);
  return twilio.retry.once(
    async () =>
      toSent(
        await messages.create({
          author,
          body,
          attributes: JSON.stringify({ messageId }),
          ...(isHeard ? { xTwilioWebhookEnabled: 'true' as const } : {}),
        }),
        true,
      ),
    async () => {
      const sent = firstOf(await latestMessages(twilio, conversationSid), author, messageId);
      return sent && toSent(sent, true);
    },
  );
}

/** For a `messageId` that others may be sending at the same time, too: looks at what is `present`, and once more after. */
export async function deliverMessage(
  twilio: TwilioCalls,
  conversationSid: string,
  author: string,
  message: IdentifiedMessage,
  present: Latest,
): Promise<SentMessage> {
  const earlier = firstOf(present, author, message.messageId);
  if (earlier) return toSent(earlier, false);
  const sent = await sendMessage(twilio, conversationSid, author, message);
  return keepFirst(twilio, conversationSid, author, message.messageId, sent);
}

/** Of several with the same id the one with the lowest index stays; whoever looks takes the others back. */
export async function keepFirst(
  twilio: TwilioCalls,
  conversationSid: string,
  author: string,
  messageId: string,
  sent: SentMessage,
): Promise<SentMessage> {
  try {
    const latest = await latestMessages(twilio, conversationSid);
    const [first, ...surplus] = allOf(latest, author, messageId);
    const { messages } = conversationOf(twilio, conversationSid);
    for (const { sid } of surplus) {
      await twilio.retry.repeat(() => messages(sid).remove()).catch(unless(...MESSAGE_GONE));
    }
    return first && first.sid !== sent.messageSid ? toSent(first, false) : sent;
  } catch (error) {
    // The message stands; that nobody could look twice is no reason to tell the caller otherwise.
    if (isTwilioFailure(error)) return sent;
    throw error;
  }
}

export function latestMessages(twilio: TwilioCalls, conversationSid: string): Promise<Latest> {
  const { messages } = conversationOf(twilio, conversationSid);
  return twilio.retry.repeat(() =>
    messages.list({ order: 'desc', pageSize: LOOK_BACK_MESSAGES, limit: LOOK_BACK_MESSAGES }),
  );
}

export function isAmong(messages: Latest, author: string, messageId: string | undefined): boolean {
  return messageId !== undefined && firstOf(messages, author, messageId) !== undefined;
}

export function checkBodyLength(config: Config, body: string): void {
  if (body.length <= config.MAX_MESSAGE_CHARS && Buffer.byteLength(body) <= MAX_BODY_BYTES) return;
  throw new ChatError('invalid_request', {
    message: `A message must have at most ${config.MAX_MESSAGE_CHARS} characters`,
  });
}

function firstOf(
  messages: readonly MessageInstance[],
  author: string,
  messageId: string,
): MessageInstance | undefined {
  return allOf(messages, author, messageId)[0];
}

/** Lowest index first. */
function allOf(messages: readonly MessageInstance[], author: string, messageId: string): MessageInstance[] {
  return messages
    .filter((message) => message.author === author && messageIdIn(message.attributes) === messageId)
    .sort((a, b) => a.index - b.index);
}

function toSent({ sid, index }: MessageInstance, created: boolean): SentMessage {
  return { messageSid: sid, index, created };
}

function messageIdIn(attributes: string): unknown {
  try {
    return (JSON.parse(attributes) as { messageId?: unknown } | null)?.messageId;
  } catch {
    return undefined;
  }
}
