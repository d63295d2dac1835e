/** Ends a chat: by the visitor, because no agent accepted, or by a timer. */
import type { LogFacts } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isChatName } from './conversation-name.private';
import { fetchConversation } from './conversation.private';
import { deliverMessage } from './message.private';
import { closeConversation, endChannel, SYSTEM_AUTHOR, tasksOf, type ChatTask } from './task.private';

/**
 * The visitor ends the chat. This goes through the Interaction channel, so that the agent gets wrap-up. If no agent was
 * requested, it only closes the Conversation.
 */
export async function endChat(twilio: TwilioCalls, conversationSid: string): Promise<LogFacts> {
  const facts = await endLiveTasks(twilio, conversationSid);
  await closeConversation(twilio, conversationSid);
  return facts;
}

/** Ends the remaining Tasks of a closed chat of this project: the visitor can no longer reply. */
export async function endTasksOfClosed(twilio: TwilioCalls, conversationSid: string): Promise<LogFacts> {
  const conversation = await fetchConversation(twilio, conversationSid);
  if (!conversation || !isChatName(twilio.config, conversation.uniqueName)) return { isOurs: false };
  return endLiveTasks(twilio, conversationSid);
}

async function endLiveTasks(twilio: TwilioCalls, conversationSid: string): Promise<LogFacts> {
  const facts: LogFacts = {};
  for (const task of await tasksOf(twilio, conversationSid)) {
    if (task.isLive) Object.assign(facts, await endChannel(twilio, task, 'closed'));
  }
  return facts;
}

/**
 * No agent accepted the Task. Sends the visitor one message, then closes the Conversation or leaves it open, depending
 * on the settings.
 */
export async function endUnanswered(twilio: TwilioCalls, task: ChatTask): Promise<LogFacts> {
  const { conversationSid } = task;
  if (!(await isLeftAlone(twilio, conversationSid))) return { leftAlone: false };
  // Before the visitor gets the message, so that a reply requests an agent again.
  if (!twilio.config.UNANSWERED_CLOSES) {
    const facts = await endChannel(twilio, task, 'inactive');
    await sayUnanswered(twilio, task);
    return { leftAlone: true, ...facts };
  }
  // Closing afterwards: no messages can be sent to a closed Conversation.
  await sayUnanswered(twilio, task);
  const facts = await endChannel(twilio, task, 'closed');
  await closeConversation(twilio, conversationSid);
  return { leftAlone: true, ...facts };
}

/** One Task, one message, however many events report its end. */
async function sayUnanswered(twilio: TwilioCalls, { conversationSid, taskSid }: ChatTask): Promise<void> {
  const { UNANSWERED_MESSAGE: body } = twilio.config;
  if (body === undefined) return;
  const message = { author: SYSTEM_AUTHOR, body, messageId: `unanswered-${taskSid}`, isHeard: false };
  await deliverMessage(twilio, conversationSid, message);
}

/**
 * An agent has finished. Flex closes the Conversation then, unless it is parked; this closes Conversations that Flex
 * left open.
 */
export async function tidyUp(twilio: TwilioCalls, task: ChatTask): Promise<LogFacts> {
  const { conversationSid, interactionSid, channelSid } = task;
  if (interactionSid === undefined || channelSid === undefined) return {};
  if (!(await isLeftAlone(twilio, conversationSid))) return { leftAlone: false };
  const channel = twilio.client.flexApi.v1.interaction(interactionSid).channels(channelSid);
  const { status } = await twilio.retry.repeat(() => channel.fetch());
  if (status !== 'closed') return { leftAlone: true, channelStatus: status };
  await closeConversation(twilio, conversationSid);
  return { leftAlone: true, channelStatus: status };
}

/**
 * Created by the Functions, open, and without another Task: an unanswered transfer ends its Task while the first agent
 * is still in the chat.
 */
async function isLeftAlone(twilio: TwilioCalls, conversationSid: string): Promise<boolean> {
  const conversation = await fetchConversation(twilio, conversationSid);
  if (!conversation || !isChatName(twilio.config, conversation.uniqueName) || conversation.state === 'closed')
    return false;
  const tasks = await tasksOf(twilio, conversationSid);
  return !tasks.some(({ isLive }) => isLive);
}
