/** How a chat ends: by the visitor, for want of an agent, or by a timer. */
import type { LogFacts } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isChatName } from './conversation-name.private';
import { fetchConversation } from './conversation.private';
import { deliverMessage } from './message.private';
import { closeConversation, endChannel, SYSTEM_AUTHOR, tasksOf, type ChatTask } from './task.private';

/**
 * The visitor ends the chat. Through the Interaction's channel, so that the agent gets wrap-up; where no agent was ever
 * asked for, there is only the Conversation to close.
 */
export async function endChat(twilio: TwilioCalls, conversationSid: string): Promise<LogFacts> {
  const facts = await endLiveTasks(twilio, conversationSid);
  await closeConversation(twilio, conversationSid);
  return facts;
}

/** Whatever Task is left of a chat of ours that is closed: there is nobody to answer any more. */
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

/** Nobody took the Task. The visitor is told, once, and the Conversation closed or left open as the settings say. */
export async function giveUpOnAgents(twilio: TwilioCalls, task: ChatTask): Promise<LogFacts> {
  const { conversationSid } = task;
  if (!(await isLeftAlone(twilio, conversationSid))) return { leftAlone: false };
  // Before the visitor hears of it, so that an answer to our message comes to an agent again.
  if (!twilio.config.UNANSWERED_CLOSES) {
    const facts = await endChannel(twilio, task, 'inactive');
    await sayUnanswered(twilio, task);
    return { leftAlone: true, ...facts };
  }
  // Afterwards nobody can say anything.
  await sayUnanswered(twilio, task);
  const facts = await endChannel(twilio, task, 'closed');
  await closeConversation(twilio, conversationSid);
  return { leftAlone: true, ...facts };
}

/** One Task, one message, however many events tell of its end. */
async function sayUnanswered(twilio: TwilioCalls, { conversationSid, taskSid }: ChatTask): Promise<void> {
  const { UNANSWERED_MESSAGE: body } = twilio.config;
  if (body === undefined) return;
  const message = { author: SYSTEM_AUTHOR, body, messageId: `unanswered-${taskSid}`, isHeard: false };
  await deliverMessage(twilio, conversationSid, message);
}

/** An agent is done. Flex closes the Conversation then, unless it is parked; this closes what it has forgotten. */
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

/** Ours, open, and with no other Task: a transfer that nobody took ends its Task while the first agent is still there. */
async function isLeftAlone(twilio: TwilioCalls, conversationSid: string): Promise<boolean> {
  const conversation = await fetchConversation(twilio, conversationSid);
  if (!conversation || !isChatName(twilio.config, conversation.uniqueName) || conversation.state === 'closed')
    return false;
  const tasks = await tasksOf(twilio, conversationSid);
  return !tasks.some(({ isLive }) => isLive);
}
