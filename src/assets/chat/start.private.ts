/** A chat that is ready for its first message: the Conversation with its Participant and its webhook. */
import { toChatError } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { reactivate } from './conversation.private';
import {
  deliverMessage,
  isAmong,
  keepFirst,
  latestMessages,
  sendMessage,
  type Latest,
  type NewMessage,
  type SentMessage,
} from './message.private';
import {
  openConversation,
  type ConversationDetails,
  type OpenConversation,
} from './open-conversation.private';
import { addParticipant } from './participant.private';
import { addFirstWebhook, ensureWebhook, TAKEOVER_MS } from './webhook.private';

/** No Function runs longer, so that nobody is at work any more on a Conversation that is older. */
const MAX_START_MS = 10_000;
/** A Conversation can be closed between finding it and using it; a second time in a row means trouble. */
const MAX_STARTS = 3;

/** What became of the Conversation in this call. */
export interface ReadyChat {
  conversationSid: string;
  /** Whether this call made the Conversation. */
  created: boolean;
  /** On the clock of `retry`. */
  foundAtMs: number;
  /** The newest Messages, where this call has waited for those of another start. */
  latest?: Latest | undefined;
}

/** Makes the visitor's chat ready, or finishes what an earlier start left half made. */
export async function startChat(
  twilio: TwilioCalls,
  identity: string,
  details: ConversationDetails,
  startId: string,
  messageId?: string,
): Promise<ReadyChat> {
  for (let starts = 1; ; starts++) {
    const conversation = await openConversation(twilio, identity, details, startId);
    try {
      return conversation.created
        ? await prepareOwn(twilio, identity, conversation)
        : await joinOther(twilio, identity, conversation, messageId);
    } catch (error) {
      if (toChatError(error).code !== 'conversation_closed' || starts === MAX_STARTS) throw error;
    }
  }
}

/** For the call that made the Conversation: it adds Participant and webhook at once. */
async function prepareOwn(
  twilio: TwilioCalls,
  identity: string,
  conversation: OpenConversation,
): Promise<ReadyChat> {
  const { conversationSid } = conversation;
  const foundAtMs = twilio.retry.nowMs();
  await completeChat(twilio, identity, conversation, () =>
    addFirstWebhook(twilio, conversationSid, foundAtMs),
  );
  return { conversationSid, created: true, foundAtMs };
}

/**
 * For a call that found a Conversation of another start. While that start may still be at work, this one leaves the rest
 * to it and waits: for the first words, where it brings the same (`messageId`), otherwise for the webhook.
 */
async function joinOther(
  twilio: TwilioCalls,
  identity: string,
  conversation: OpenConversation,
  messageId: string | undefined,
): Promise<ReadyChat> {
  const { retry } = twilio;
  const { conversationSid, dateCreated, state } = conversation;
  const foundAtMs = retry.nowMs();
  const isYoung = Date.now() - dateCreated.getTime() < MAX_START_MS;
  // Spread, so that calls that wait together take over one after the other, and each sees what the one before has done.
  const patienceMs = isYoung ? retry.between(TAKEOVER_MS, 2 * TAKEOVER_MS) : 0;
  const untilMs = foundAtMs + patienceMs;
  const latest =
    messageId !== undefined && isYoung
      ? await retry.poll(() => anyMessages(twilio, conversationSid), untilMs)
      : undefined;
  // The first words are sent last: with them present, Participant and webhook stand.
  if (!latest || !isAmong(latest, identity, messageId) || state !== 'active') {
    await completeChat(twilio, identity, conversation, () =>
      ensureWebhook(twilio, conversationSid, { untilMs }),
    );
  }
  return { conversationSid, created: false, foundAtMs, latest };
}

async function anyMessages(twilio: TwilioCalls, conversationSid: string): Promise<Latest | undefined> {
  const latest = await latestMessages(twilio, conversationSid);
  return latest.length > 0 ? latest : undefined;
}

/**
 * Participant and webhook must both stand before the first message: without them nobody may write, or nobody hears.
 * Waits for both even if one fails, so that nothing goes on after the answer.
 */
export async function completeChat(
  twilio: TwilioCalls,
  identity: string,
  conversation: { conversationSid: string; state: string },
  provideWebhook = () => ensureWebhook(twilio, conversation.conversationSid),
): Promise<void> {
  const outcomes = await Promise.allSettled([
    addParticipant(twilio, conversation.conversationSid, identity),
    provideWebhook(),
    reactivate(twilio, conversation),
  ]);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}

/** The visitor's first words. Of several starts at once with the same `messageId`, the one that made the chat sends. */
export async function sendFirstWords(
  twilio: TwilioCalls,
  identity: string,
  { conversationSid, created, foundAtMs, latest }: ReadyChat,
  { body, messageId }: NewMessage,
): Promise<SentMessage> {
  if (messageId === undefined) return sendMessage(twilio, conversationSid, identity, { body });
  const message = { body, messageId };
  const isAlone = () => created && twilio.retry.nowMs() - foundAtMs <= TAKEOVER_MS;
  if (isAlone()) {
    const sent = await sendMessage(twilio, conversationSid, identity, message);
    return isAlone() ? sent : keepFirst(twilio, conversationSid, identity, messageId, sent);
  }
  const present = latest ?? (await latestMessages(twilio, conversationSid));
  return deliverMessage(twilio, conversationSid, identity, message, present);
}
