/** Steps 2.1 to 2.3 of the guide in one call: a chat that is ready for its first message, and that message. */
import { toChatError } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isTwilioFailure } from '../twilio/failure.private';
import { together } from '../twilio/together.private';
import { deleteConversation, isGone } from './conversation.private';
import { detachOldest } from './earlier-chats.private';
import { noteEnded } from './ended-starts.private';
import { BeginAgain, joinChat } from './join.private';
import { firstOf, latestMessages } from './message-search.private';
import { sendMessage, toSent, type SentMessage } from './message.private';
import { openConversation, type OpenConversation } from './open-conversation.private';
import { addParticipant } from './participant.private';
import type { StartedChat, StartRequest } from './start-request.private';
import { nameUser } from './user-name.private';
import { addFirstWebhook, removeWebhook } from './webhook.private';

/** A Conversation can be closed, or have to be given up, between finding it and using it; more often means trouble. */
const MAX_STARTS = 5;
/** To begin again after a call that went unanswered: withdraw and look, delete, create, complete, send. */
const STEPS_TO_BEGIN_AGAIN = 6;
/** What the Conversation that was found refuses this visitor, and a new one does not. */
const REFUSALS = ['conversation_closed', 'conversation_not_yours', 'conversation_full'];

/** Makes the visitor's chat ready, or finishes what an earlier start left half made, and sends the first words. */
export async function startChat(twilio: TwilioCalls, request: StartRequest): Promise<StartedChat> {
  const { identity, details, startId, words } = request;
  const marks = { startId, isWholeStart: true, firstMessageId: words?.messageId };
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
      if (starts === MAX_STARTS || !(isRefused || isGone(error) || error instanceof BeginAgain)) throw error;
      if (isRefused) passed.add(conversation.conversationSid);
      isExpected = isGone(error);
    }
  }
}

/**
 * For the call that made the Conversation: it adds Participant and webhook at once, then sends the words. Webhook and words
 * must not come twice, and a call that went unanswered may take effect later. So this does not repeat it: it deletes
 * the Conversation, which no visitor has been sent to yet, so that the late call finds nothing, and begins again.
 */
async function prepareOwn(
  twilio: TwilioCalls,
  { identity, words }: StartRequest,
  { conversationSid, number }: OpenConversation,
): Promise<StartedChat> {
  const patienceMs = () => twilio.retry.patienceMs(STEPS_TO_BEGIN_AGAIN);
  let webhookSid: string | undefined;
  try {
    const [, webhook] = await together([
      addParticipant(twilio, conversationSid, identity),
      addFirstWebhook(twilio, conversationSid, patienceMs()),
      detachOldest(twilio, identity, number),
    ]);
    ({ webhookSid } = webhook);
    const message = words && { ...words, author: identity };
    const sent = message && (await sendMessage(twilio, conversationSid, message, patienceMs()));
    return { conversationSid, created: true, sent };
  } catch (error) {
    const isLate = isTwilioFailure(error) && error.outcome === 'late';
    if (!isLate) noteEnded(conversationSid);
    if (!isLate || !twilio.retry.leavesTimeFor(STEPS_TO_BEGIN_AGAIN)) throw error;
    const sent =
      webhookSid && words && (await withdrawWords(twilio, conversationSid, webhookSid, identity, words));
    if (sent) return { conversationSid, created: true, sent };
    await deleteConversation(twilio, conversationSid);
    throw new BeginAgain();
  }
}

/**
 * Takes the webhook away first: from then on the late words start no Flow, whenever they come, before or after the look. If
 * they came before, the Flow has them, and the webhook comes back.
 */
async function withdrawWords(
  twilio: TwilioCalls,
  conversationSid: string,
  webhookSid: string,
  identity: string,
  { messageId }: { messageId: string },
): Promise<SentMessage | undefined> {
  await removeWebhook(twilio, conversationSid, webhookSid);
  const sent = firstOf(await latestMessages(twilio, conversationSid), identity, messageId);
  if (!sent) return undefined;
  await addFirstWebhook(twilio, conversationSid, Infinity);
  return toSent(sent, true);
}
