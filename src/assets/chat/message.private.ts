/** Step 4 of the guide: the back end sends a message for the visitor, once per `messageId`. */
import { randomUUID } from 'node:crypto';
import type { MessageInstance } from 'twilio/lib/rest/conversations/v1/service/conversation/message';
import { ChatError } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isTwilioFailure } from '../twilio/failure.private';
import { lateEffectWithinMs, requireNoLateEffect, throwLate } from '../twilio/late-effects.private';
import { conversationOf, unless } from './conversation.private';
import { allOf, firstOf, latestMessages, recentMessages, type Latest } from './message-search.private';

/** Source: docs https://www.twilio.com/docs/conversations-classic/conversations-limits (chat participants) */
const MAX_BODY_BYTES = 32 * 1024;

/** Source: docs https://www.twilio.com/docs/api/errors/50500, .../20404 */
const MESSAGE_GONE = [50500, 20404];

export interface NewMessage {
  author: string;
  body: string;
  /** From the caller. Without one, only this call can recognise the message. */
  messageId?: string | undefined;
  /**
   * Whether the message triggers webhooks; by default REST messages do not. The system's own messages must not start
   * the Flow.
   */
  isHeard?: boolean;
}

export type IdentifiedMessage = NewMessage & { messageId: string };

export interface SentMessage {
  messageSid: string;
  index: number;
  /** False if a message with this `messageId` already existed. */
  created: boolean;
}

/**
 * Sends a message, and searches for it before sending again: Twilio has no idempotency key, but the attributes can hold
 * one.
 * @param waitLimitMs how long to wait for the answer before failing without a search; until the deadline if left out
 */
export async function sendMessage(
  twilio: TwilioCalls,
  conversationSid: string,
  { author, body, messageId = randomUUID(), isHeard = true }: NewMessage,
  waitLimitMs = Infinity,
): Promise<SentMessage> {
  const { messages } = conversationOf(twilio, conversationSid);
  const create = async () =>
    toSent(
      await messages.create({
        author,
        body,
        attributes: JSON.stringify({ messageId }),
        ...(isHeard ? { xTwilioWebhookEnabled: 'true' as const } : {}),
      }),
      true,
    );
  const findEffect = async () => {
    const sent = firstOf(await latestMessages(twilio, conversationSid), author, messageId);
    return sent && toSent(sent, true);
  };
  return twilio.retry.once(create, findEffect, { ms: waitLimitMs, searches: false });
}

/**
 * For a `messageId` that other calls may send at the same time or have already sent. Searches first, and once more
 * afterwards. While an earlier unanswered call may still deliver the message, this waits and does not send again.
 * @param latest the newest Messages, if the caller has just read them
 */
export async function deliverMessage(
  twilio: TwilioCalls,
  conversationSid: string,
  message: IdentifiedMessage,
  latest?: Latest,
): Promise<SentMessage> {
  const { retry } = twilio;
  const { author, messageId } = message;
  const effect = `${conversationSid}/${author}/${messageId}`;
  const present = await recentMessages(twilio, conversationSid, latest);
  const earlier =
    firstOf(present, author, messageId) ?? (await awaitLate(twilio, conversationSid, effect, message));
  if (earlier) {
    await removeSurplus(twilio, conversationSid, allOf(present, author, messageId));
    return toSent(requireSameMessage(earlier, message), false);
  }
  const sentAtMs = retry.nowMs();
  const sent = await sendMessage(twilio, conversationSid, message).catch((error: unknown) =>
    throwLate(error, effect, sentAtMs, retry),
  );
  return keepFirst(twilio, conversationSid, message, sent);
}

async function awaitLate(
  twilio: TwilioCalls,
  conversationSid: string,
  effect: string,
  { author, messageId }: IdentifiedMessage,
): Promise<MessageInstance | undefined> {
  const { retry } = twilio;
  const leftMs = lateEffectWithinMs(effect, retry);
  if (leftMs === 0) return undefined;
  const findEffect = async () => firstOf(await latestMessages(twilio, conversationSid), author, messageId);
  const arrived = await retry.poll(findEffect, retry.nowMs() + leftMs);
  if (!arrived) requireNoLateEffect(effect, retry);
  return arrived;
}

/**
 * Of several Messages with the same id, the one with the lowest index is kept; each call that finds duplicates deletes
 * the others.
 */
async function keepFirst(
  twilio: TwilioCalls,
  conversationSid: string,
  { author, messageId }: IdentifiedMessage,
  sent: SentMessage,
): Promise<SentMessage> {
  try {
    const copies = allOf(await latestMessages(twilio, conversationSid), author, messageId);
    await removeSurplus(twilio, conversationSid, copies);
    const [first] = copies;
    return first && first.sid !== sent.messageSid ? toSent(first, false) : sent;
  } catch (error) {
    // The message exists, even if the search for duplicates failed.
    if (isTwilioFailure(error)) return sent;
    throw error;
  }
}

async function removeSurplus(
  twilio: TwilioCalls,
  conversationSid: string,
  [, ...surplus]: readonly MessageInstance[],
): Promise<void> {
  const { messages } = conversationOf(twilio, conversationSid);
  for (const { sid } of surplus) {
    await twilio.retry.repeat(() => messages(sid).remove()).catch(unless(...MESSAGE_GONE));
  }
}

export function checkBodyLength(config: TwilioCalls['config'], body: string): void {
  if (body.length <= config.MAX_MESSAGE_CHARS && Buffer.byteLength(body) <= MAX_BODY_BYTES) return;
  throw new ChatError('invalid_request', {
    message: `A message can have at most ${config.MAX_MESSAGE_CHARS} characters (MAX_MESSAGE_CHARS)`,
  });
}

/** Throws `message_id_reused`. The wording of the system's own messages may change, so it is not compared. */
export function requireSameMessage(
  earlier: MessageInstance,
  { body, isHeard = true }: Pick<NewMessage, 'body' | 'isHeard'>,
): MessageInstance {
  if (isHeard && earlier.body !== body) throw new ChatError('message_id_reused');
  return earlier;
}

export function toSent({ sid, index }: MessageInstance, created: boolean): SentMessage {
  return { messageSid: sid, index, created };
}
