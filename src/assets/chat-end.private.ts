/** How a chat ends: by the visitor, for want of an agent, or by a timer. */
import type * as ChatTask from './chat-task.private';
import type { Config } from './config.private';
import type * as Conversation from './conversation.private';
import type * as Name from './conversation-name.private';
import type { LogFacts } from './errors.private';
import type * as Message from './message.private';
import type { TwilioCalls } from './twilio-client.private';

const { closeConversation, endChannel, tasksOf } = require(
  Runtime.getAssets()['/chat-task.js']!.path,
) as typeof ChatTask;
const { fetchConversation } = require(Runtime.getAssets()['/conversation.js']!.path) as typeof Conversation;
const { isChatName } = require(Runtime.getAssets()['/conversation-name.js']!.path) as typeof Name;
const { deliverMessage, latestMessages } = require(
  Runtime.getAssets()['/message.js']!.path,
) as typeof Message;

/** Who speaks for the company where no agent does. It is Twilio's own default author. */
const SYSTEM_AUTHOR = 'system';

/**
 * The visitor ends the chat. Through the Interaction's channel, so that the agent gets wrap-up; where no agent was ever
 * asked for, there is only the Conversation to close.
 */
export async function endChat(
  twilio: TwilioCalls,
  config: Config,
  conversationSid: string,
): Promise<LogFacts> {
  const facts = await endLiveTasks(twilio, config, conversationSid);
  await closeConversation(twilio, config, conversationSid);
  return facts;
}

/** Whatever Task is left of a chat of ours that is closed: there is nobody to answer any more. */
export async function endTasksOfClosed(
  twilio: TwilioCalls,
  config: Config,
  conversationSid: string,
): Promise<LogFacts> {
  const conversation = await fetchConversation(twilio, config, conversationSid);
  if (!conversation || !isChatName(conversation.uniqueName)) return { isOurs: false };
  return endLiveTasks(twilio, config, conversationSid);
}

async function endLiveTasks(twilio: TwilioCalls, config: Config, conversationSid: string): Promise<LogFacts> {
  const facts: LogFacts = {};
  for (const task of await tasksOf(twilio, config, conversationSid)) {
    if (task.isLive) Object.assign(facts, await endChannel(twilio, task, 'closed'));
  }
  return facts;
}

/** Nobody took the Task. The visitor is told, once, and the Conversation closed or left open as the settings say. */
export async function giveUpOnAgents(
  twilio: TwilioCalls,
  config: Config,
  task: ChatTask.ChatTask,
): Promise<LogFacts> {
  const { conversationSid } = task;
  if (!(await isLeftAlone(twilio, config, conversationSid))) return { leftAlone: false };
  // Before the visitor hears of it, so that an answer to our message comes to an agent again.
  if (!config.UNANSWERED_CLOSES) {
    const facts = await endChannel(twilio, task, 'inactive');
    await sayUnanswered(twilio, config, task);
    return { leftAlone: true, ...facts };
  }
  // Afterwards nobody can say anything.
  await sayUnanswered(twilio, config, task);
  const facts = await endChannel(twilio, task, 'closed');
  await closeConversation(twilio, config, conversationSid);
  return { leftAlone: true, ...facts };
}

/** One Task, one message, however many events tell of its end. */
async function sayUnanswered(
  twilio: TwilioCalls,
  config: Config,
  { conversationSid, taskSid }: ChatTask.ChatTask,
): Promise<void> {
  if (config.UNANSWERED_MESSAGE === undefined) return;
  const message = { body: config.UNANSWERED_MESSAGE, messageId: `unanswered-${taskSid}`, isHeard: false };
  const latest = await latestMessages(twilio, config, conversationSid);
  await deliverMessage(twilio, config, conversationSid, SYSTEM_AUTHOR, message, latest);
}

/** An agent is done. Flex closes the Conversation then, unless it is parked; this closes what it has forgotten. */
export async function tidyUp(
  twilio: TwilioCalls,
  config: Config,
  task: ChatTask.ChatTask,
): Promise<LogFacts> {
  const { conversationSid, interactionSid, channelSid } = task;
  if (interactionSid === undefined || channelSid === undefined) return {};
  if (!(await isLeftAlone(twilio, config, conversationSid))) return { leftAlone: false };
  const channel = twilio.client.flexApi.v1.interaction(interactionSid).channels(channelSid);
  const { status } = await twilio.retry.repeat(() => channel.fetch());
  if (status !== 'closed') return { leftAlone: true, channelStatus: status };
  await closeConversation(twilio, config, conversationSid);
  return { leftAlone: true, channelStatus: status };
}

/** Ours, open, and with no other Task: a transfer that nobody took ends its Task while the first agent is still there. */
async function isLeftAlone(twilio: TwilioCalls, config: Config, conversationSid: string): Promise<boolean> {
  const conversation = await fetchConversation(twilio, config, conversationSid);
  if (!conversation || !isChatName(conversation.uniqueName) || conversation.state === 'closed') return false;
  const tasks = await tasksOf(twilio, config, conversationSid);
  return !tasks.some(({ isLive }) => isLive);
}
