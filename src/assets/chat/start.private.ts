/** Steps 2.1 to 2.3 of the guide in one call: prepares a chat for its first message, and sends that message. */
import { toChatError } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isTwilioFailure } from '../twilio/failure.private';
import { together } from '../twilio/together.private';
import { deleteConversation, isGone } from './conversation.private';
import { detachOldest } from './earlier-chats.private';
import { noteEnded } from './ended-starts.private';
import { RestartNeeded, joinChat } from './join.private';
import { firstOf, latestMessages } from './message-search.private';
import { sendMessage, toSent, type SentMessage } from './message.private';
import { openConversation, type OpenConversation } from './open-conversation.private';
import { addParticipant } from './participant.private';
import { settleRemoval } from './removal.private';
import type { StartedChat, StartRequest } from './start-request.private';
import { nameUser } from './user-name.private';
import { addFirstWebhook, removeWebhook } from './webhook.private';

/** A Conversation can be closed or abandoned between finding and using it; more attempts indicate a bug. */
const MAX_STARTS = 5;
/** To begin again after an unanswered call: withdraw and look, delete, create, complete, send. */
const STEPS_TO_RESTART = 6;
/** Errors that a found Conversation causes for this visitor, and a new one does not. */
const REFUSALS = ['conversation_closed', 'conversation_not_yours', 'conversation_full'];

/** Prepares the visitor's chat, or finishes an incomplete earlier start, and sends the first message. */
export async function startChat(twilio: TwilioCalls, request: StartRequest): Promise<StartedChat> {
  const { identity, details, startId, firstMessage } = request;
  const marks = { startId, isWholeStart: true, firstMessageId: firstMessage?.messageId };
  const passed = new Set<string>();
  let isExpected = false;
  for (let starts = 1; ; starts++) {
    const [conversation] = await together([
      openConversation(twilio, identity, details, marks, { passed, isExpected }),
      starts === 1 ? nameUser(twilio, identity, details.friendlyName) : Promise.resolve(),
    ]);
    try {
      return conversation.created
        ? await prepareOwn(twilio, request, conversation)
        : await joinChat(twilio, request, conversation);
    } catch (error) {
      const isRefused = REFUSALS.includes(toChatError(error).code);
      if (starts === MAX_STARTS || !(isRefused || isGone(error) || error instanceof RestartNeeded))
        throw error;
      if (isRefused) passed.add(conversation.conversationSid);
      isExpected = isGone(error);
    }
  }
}

/**
 * For the call that created the Conversation: adds Participant and webhook in parallel, then sends the first message.
 * Webhook and message must not be created twice, and an unanswered call may take effect later, so this does not repeat
 * them. It deletes the Conversation, which no visitor has received yet, so that the late call fails, and begins again.
 */
async function prepareOwn(
  twilio: TwilioCalls,
  { identity, firstMessage }: StartRequest,
  { conversationSid, number }: OpenConversation,
): Promise<StartedChat> {
  const waitLimitMs = () => twilio.retry.waitLimitMs(STEPS_TO_RESTART);
  let webhookSid: string | undefined;
  try {
    const [, webhook] = await together([
      addParticipant(twilio, conversationSid, identity),
      addFirstWebhook(twilio, conversationSid, waitLimitMs()),
      detachOldest(twilio, identity, number),
    ]);
    ({ webhookSid } = webhook);
    const message = firstMessage && { ...firstMessage, author: identity };
    const sent = message && (await sendMessage(twilio, conversationSid, message, waitLimitMs()));
    return { conversationSid, created: true, sent };
  } catch (error) {
    const isLate = isTwilioFailure(error) && error.outcome === 'late';
    if (!isLate) noteEnded(conversationSid);
    if (!isLate || !twilio.retry.leavesTimeFor(STEPS_TO_RESTART)) throw error;
    const sent =
      webhookSid &&
      firstMessage &&
      (await withdrawFirstMessage(twilio, conversationSid, webhookSid, identity, firstMessage));
    if (sent) return { conversationSid, created: true, sent };
    await deleteConversation(twilio, conversationSid);
    throw new RestartNeeded();
  }
}

/**
 * Removes the webhook first: from then on the late message starts no Flow, whether it arrives before or after the look.
 * If it arrived earlier, the Flow has received it, and this adds the webhook again.
 */
async function withdrawFirstMessage(
  twilio: TwilioCalls,
  conversationSid: string,
  webhookSid: string,
  identity: string,
  { messageId }: { messageId: string },
): Promise<SentMessage | undefined> {
  await settleRemoval(twilio, conversationSid, removeWebhook(twilio, conversationSid, webhookSid));
  const sent = firstOf(await latestMessages(twilio, conversationSid), identity, messageId);
  if (!sent) return undefined;
  await addFirstWebhook(twilio, conversationSid, Infinity);
  return toSent(sent, true);
}
