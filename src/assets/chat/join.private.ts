/** A start that found the Conversation of another start: it waits for that start, or finishes its work. */
import { ChatError } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { lateFailure } from '../twilio/failure.private';
import { LATE_EFFECT_MS } from '../twilio/late-effects.private';
import { together } from '../twilio/together.private';
import { deleteConversation, reactivate } from './conversation.private';
import { forgetEnded, hasEnded, MAX_START_MS, startMayRunMs } from './ended-starts.private';
import { deliverMessage, requireSameMessage, toSent, type SentMessage } from './message.private';
import { firstOf, latestMessages, type Latest } from './message-search.private';
import type { OpenConversation } from './open-conversation.private';
import { addMarked, wasTakenOut, type OwnConversation } from './ownership.private';
import { fetchParticipant, listIdentities } from './participant.private';
import { requireNoRemoval } from './removal.private';
import type { StartedChat, StartRequest } from './start-request.private';
import { ensureWebhook, findWebhooks, keepOldest } from './webhook.private';

/** The state of the Conversation at one look. */
interface Seen {
  isParticipant: boolean;
  webhooks: Awaited<ReturnType<typeof findWebhooks>>;
  /** The newest Messages, if they were needed. */
  latest: Latest | undefined;
  /** The call that created the Conversation has nothing left to do. */
  isComplete: boolean;
}

/** Thrown when a start has deleted an unfinished Conversation and a new one can be created. */
export class RestartNeeded extends Error {}

export async function joinChat(
  twilio: TwilioCalls,
  request: StartRequest,
  conversation: OpenConversation,
): Promise<StartedChat> {
  const { conversationSid, marks } = conversation;
  requireNoRemoval(twilio, conversationSid);
  const untilMs = twilio.retry.nowMs() + startMayRunMs(conversation);
  const ownWords = await awaitOwnWords(twilio, request, conversation, untilMs);
  if (ownWords) return { conversationSid, created: false, sent: ownWords };

  const seen = await awaitCompletion(twilio, request, conversation, untilMs);
  const mayRunMs = startMayRunMs(conversation);
  if (!seen.isComplete && mayRunMs > 0) throw lateFailure(mayRunMs);
  const isWhole = seen.webhooks && seen.isParticipant;
  if (!isWhole && marks.isWholeStart && !hasEnded(conversationSid)) {
    await replaceUnfinished(twilio, request.identity, conversationSid, seen);
  }
  await together([
    seen.isParticipant ? Promise.resolve() : takePart(twilio, request, conversation),
    seen.webhooks
      ? keepOldest(twilio, conversationSid, seen.webhooks)
      : ensureWebhook(twilio, conversationSid),
    reactivate(twilio, conversation),
  ]);
  const sent =
    request.firstMessage &&
    (await sendFirstMessage(twilio, request, request.firstMessage, conversation, seen.latest));
  forgetEnded(conversationSid);
  return { conversationSid, created: false, sent };
}

/**
 * A start that waits too long for its first message removes the webhook, looks for the message and, if it is missing,
 * deletes the Conversation. A message can arrive between that look and the deletion, so it counts only while the
 * webhook exists. A message as old as the Conversation arrived before any start gave up. Twilio's dates are in whole
 * seconds.
 */
function cameAtOnce(message: { dateCreated: Date }, conversationCreated: Date): boolean {
  return message.dateCreated.getTime() <= conversationCreated.getTime();
}

/**
 * If the other start has the same first message, it sends that message last: once it is in the Conversation,
 * Participant and webhook exist. Undefined if the message does not arrive or is not expected.
 */
async function awaitOwnWords(
  twilio: TwilioCalls,
  { identity, firstMessage }: StartRequest,
  { conversationSid, state, dateCreated, marks }: OpenConversation,
  untilMs: number,
): Promise<SentMessage | undefined> {
  const isExpected = firstMessage !== undefined && firstMessage.messageId === marks.firstMessageId;
  if (!isExpected || state !== 'active' || untilMs <= twilio.retry.nowMs()) return undefined;
  const findEffect = async () => {
    const message = firstOf(await latestMessages(twilio, conversationSid), identity, firstMessage.messageId);
    const isPrompt = message && cameAtOnce(message, dateCreated);
    return isPrompt || (message && (await findWebhooks(twilio, conversationSid))) ? message : undefined;
  };
  const found = await twilio.retry.poll(findEffect, untilMs);
  return found && toSent(requireSameMessage(found, firstMessage), false);
}

/** Waits until the Conversation is complete, the call that created it must be over, or the deadline is reached. */
async function awaitCompletion(
  twilio: TwilioCalls,
  { identity, firstMessage }: StartRequest,
  conversation: OpenConversation,
  untilMs: number,
): Promise<Seen> {
  const { conversationSid, dateCreated, marks } = conversation;
  const needsMessages = firstMessage !== undefined || marks.firstMessageId !== undefined;
  let seen: Seen | undefined;
  await twilio.retry.poll(async () => {
    // Only a running start deletes its Conversation.
    const mayGiveUp = startMayRunMs(conversation) > 0;
    const [participant, webhooks, latest] = await together([
      fetchParticipant(twilio, conversationSid, identity),
      findWebhooks(twilio, conversationSid),
      needsMessages ? latestMessages(twilio, conversationSid) : Promise.resolve(undefined),
    ]);
    // Any message will do: it comes after Participant and webhook, and after the other start's first message.
    const first = latest?.at(-1);
    const needsWebhooks = webhooks && first && mayGiveUp && !cameAtOnce(first, dateCreated);
    const standing = needsWebhooks ? await findWebhooks(twilio, conversationSid) : webhooks;
    const hasWords = marks.firstMessageId === undefined || first !== undefined;
    const isParticipant = participant !== undefined;
    // With a message but without a Participant, the visitor was removed.
    const isComplete = standing !== undefined && hasWords && (isParticipant || first !== undefined);
    seen = { isParticipant, webhooks: standing, latest, isComplete };
    return isComplete || undefined;
  }, untilMs);
  return seen!;
}

/**
 * Either the call that was to add the webhook or the Participant has failed, and its request may still take effect; or
 * the visitor was removed before the first message. A Conversation without messages and without Participants holds
 * nothing, so this deletes it and makes room for a new one.
 */
async function replaceUnfinished(
  twilio: TwilioCalls,
  identity: string,
  conversationSid: string,
  { latest, webhooks, isParticipant }: Seen,
): Promise<void> {
  const messages = latest ?? (await latestMessages(twilio, conversationSid));
  if (messages.length > 0) {
    if (!webhooks) requireNoDeletion(messages);
    return;
  }
  const present = isParticipant ? [] : await listIdentities(twilio, conversationSid);
  // The late request of the other start has taken effect since the last look: the next look finds the start complete.
  const isComplete = present.includes(identity);
  if (!isComplete && present.length > 0) throw new ChatError('conversation_not_yours');
  if (!isComplete) await deleteConversation(twilio, conversationSid);
  throw new RestartNeeded();
}

/**
 * Throws while a start of another process may still delete a Conversation that has messages and no webhook: it removed the
 * webhook, found no message, and sent the deletion before its own end.
 */
function requireNoDeletion(messages: Latest): void {
  const withinMs = messages.at(-1)!.dateCreated.getTime() + MAX_START_MS + LATE_EFFECT_MS - Date.now();
  if (withinMs > 0) throw lateFailure(withinMs);
}

/** Finishes a start, or a sequence of single steps, that is incomplete when the first message of the chat is sent. */
export async function finishStart(
  twilio: TwilioCalls,
  identity: string,
  conversation: OwnConversation,
): Promise<void> {
  await together([
    conversation.participantSid ? Promise.resolve() : addMarked(twilio, identity, conversation),
    ensureWebhook(twilio, conversation.conversationSid),
    reactivate(twilio, conversation),
  ]);
}

async function takePart(
  twilio: TwilioCalls,
  { identity }: StartRequest,
  conversation: OpenConversation,
): Promise<void> {
  if (await wasTakenOut(twilio, conversation, identity)) throw new ChatError('conversation_not_yours');
  await addMarked(twilio, identity, { ...conversation, participantSid: undefined });
}

/** If the other start has the same first message and it is missing, it may still arrive. */
async function sendFirstMessage(
  twilio: TwilioCalls,
  { identity }: StartRequest,
  { body, messageId }: { body: string; messageId: string },
  { conversationSid, dateCreated, marks }: OpenConversation,
  latest: Latest | undefined,
) {
  const isMissing = marks.firstMessageId === messageId && !firstOf(latest ?? [], identity, messageId);
  const isExpected = isMissing && !hasEnded(conversationSid);
  const withinMs = dateCreated.getTime() + MAX_START_MS + LATE_EFFECT_MS - Date.now();
  if (isExpected && withinMs > 0) throw lateFailure(withinMs);
  return deliverMessage(twilio, conversationSid, { author: identity, body, messageId }, latest);
}
