/** A chat that is ready for its first message: the Conversation with its Participant and its webhook. */
import type { Config } from './config.private';
import type * as Conversation from './conversation.private';
import type * as Errors from './errors.private';
import type * as Message from './message.private';
import type * as Opening from './open-conversation.private';
import type * as Participant from './participant.private';
import type { TwilioCalls } from './twilio-client.private';
import type * as Webhook from './webhook.private';

const { reactivate } = require(Runtime.getAssets()['/conversation.js']!.path) as typeof Conversation;
const { toChatError } = require(Runtime.getAssets()['/errors.js']!.path) as typeof Errors;
const { deliverMessage, isAmong, keepFirst, latestMessages, sendMessage } = require(
  Runtime.getAssets()['/message.js']!.path,
) as typeof Message;
const { openConversation } = require(Runtime.getAssets()['/open-conversation.js']!.path) as typeof Opening;
const { addParticipant } = require(Runtime.getAssets()['/participant.js']!.path) as typeof Participant;
const { addFirstWebhook, ensureWebhook, TAKEOVER_MS } = require(
  Runtime.getAssets()['/webhook.js']!.path,
) as typeof Webhook;

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
  latest?: Message.Latest | undefined;
}

/**
 * Makes the chat ready, or finishes what an earlier start left half made. While another start may be at work on it, this
 * one leaves the rest to that and waits: for the first words, where it brings the same (`messageId`), otherwise for the
 * webhook.
 */
export async function startChat(
  twilio: TwilioCalls,
  config: Config,
  identity: string,
  details: Opening.ConversationDetails,
  startId: string,
  messageId?: string,
): Promise<ReadyChat> {
  const { retry } = twilio;
  for (let starts = 1; ; starts++) {
    const conversation = await openConversation(twilio, config, identity, details, startId);
    const { conversationSid, created, dateCreated } = conversation;
    const foundAtMs = retry.nowMs();
    const isYoung = Date.now() - dateCreated.getTime() < MAX_START_MS;
    // They take over one after the other, so that the next sees what the one before has done.
    const patienceMs = !created && isYoung ? retry.between(TAKEOVER_MS, 2 * TAKEOVER_MS) : 0;
    const latest =
      messageId !== undefined && patienceMs > 0
        ? await retry.poll(() => anyMessages(twilio, config, conversationSid), foundAtMs + patienceMs)
        : undefined;
    // Sent last: with these words there, Participant and webhook stand.
    if (latest && isAmong(latest, identity, messageId) && conversation.state === 'active') {
      return { conversationSid, created, foundAtMs, latest };
    }
    try {
      await completeChat(twilio, config, identity, conversation, () =>
        created
          ? addFirstWebhook(twilio, config, conversationSid, foundAtMs)
          : ensureWebhook(twilio, config, conversationSid, { untilMs: foundAtMs + patienceMs }),
      );
      return { conversationSid, created, foundAtMs, latest };
    } catch (error) {
      if (toChatError(error).code !== 'conversation_closed' || starts === MAX_STARTS) throw error;
    }
  }
}

async function anyMessages(
  twilio: TwilioCalls,
  config: Config,
  conversationSid: string,
): Promise<Message.Latest | undefined> {
  const latest = await latestMessages(twilio, config, conversationSid);
  return latest.length > 0 ? latest : undefined;
}

/**
 * Participant and webhook must both stand before the first message: without them nobody may write, or nobody hears.
 * Waits for both even if one fails, so that nothing goes on after the answer.
 */
export async function completeChat(
  twilio: TwilioCalls,
  config: Config,
  identity: string,
  conversation: { conversationSid: string; state: string },
  provideWebhook = () => ensureWebhook(twilio, config, conversation.conversationSid),
): Promise<void> {
  const outcomes = await Promise.allSettled([
    addParticipant(twilio, config, conversation.conversationSid, identity),
    provideWebhook(),
    reactivate(twilio, config, conversation),
  ]);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}

/** The visitor's first words. Of several starts at once with the same `messageId`, the one that made the chat sends. */
export async function sendFirstWords(
  twilio: TwilioCalls,
  config: Config,
  identity: string,
  { conversationSid, created, foundAtMs, latest }: ReadyChat,
  { body, messageId }: Message.NewMessage,
): Promise<Message.SentMessage> {
  if (messageId === undefined) return sendMessage(twilio, config, conversationSid, identity, { body });
  const message = { body, messageId };
  const isAlone = () => created && twilio.retry.nowMs() - foundAtMs <= TAKEOVER_MS;
  if (isAlone()) {
    const sent = await sendMessage(twilio, config, conversationSid, identity, message);
    return isAlone() ? sent : keepFirst(twilio, config, conversationSid, identity, messageId, sent);
  }
  const present = latest ?? (await latestMessages(twilio, config, conversationSid));
  return deliverMessage(twilio, config, conversationSid, identity, message, present);
}
