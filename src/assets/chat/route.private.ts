/** Steps 6 and 7 of the guide without Studio: the visitor's message makes the Interaction, once (docs/decisions/0012). */
import type { LogFacts } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isTwilioFailure } from '../twilio/failure.private';
import { numberIn } from './conversation-name.private';
import { fetchConversation } from './conversation.private';
import { deliverMessage } from './message.private';
import { toTaskAttributes } from './task-attributes.private';
import { SYSTEM_AUTHOR, tasksOf } from './task.private';

/** The TaskChannel of chats. Source: docs https://www.twilio.com/docs/taskrouter/api/task-channel (default channels) */
const TASK_CHANNEL = 'chat';
/** As Send To Flex in infra/studio has them; a test compares. */
const PRIORITY = 0;
const TIMEOUT_SECONDS = 3600;
const UNROUTED = 'Sorry, we could not reach an agent. Please try again in a few minutes.';

export interface VisitorMessage {
  conversationSid: string;
  messageSid: string;
  author: string;
}

/** Copies of one event, and events of two messages, come to this process at once. */
const underWay = new Map<string, Promise<LogFacts>>();

/**
 * May run any number of times, in any order: a Conversation with a live Task is with an agent already. Where two processes
 * look at the same moment, Twilio keeps the first Interaction of a Conversation and drops the other.
 * Source: docs https://www.twilio.com/docs/api/errors/45353
 */
export function routeChat(twilio: TwilioCalls, message: VisitorMessage): Promise<LogFacts> {
  const { conversationSid } = message;
  const before = underWay.get(conversationSid)?.catch(() => undefined);
  const routed = Promise.resolve(before).then(() => route(twilio, message));
  underWay.set(conversationSid, routed);
  const forget = () => underWay.get(conversationSid) === routed && underWay.delete(conversationSid);
  routed.then(forget, forget);
  return routed;
}

async function route(
  twilio: TwilioCalls,
  { conversationSid, messageSid, author }: VisitorMessage,
): Promise<LogFacts> {
  const conversation = await fetchConversation(twilio, conversationSid);
  if (!conversation || numberIn(twilio.config, author, conversation.uniqueName) === undefined) {
    return { isOurs: false };
  }
  if (conversation.state === 'closed') return { isClosed: true };
  const findEffect = async () => (await tasksOf(twilio, conversationSid)).find(({ isLive }) => isLive);
  const present = await findEffect();
  if (present) return { taskSid: present.taskSid, created: false };
  const attributes = toTaskAttributes(author, conversation.attributes);
  try {
    const { sid, interactionSid } = await twilio.retry.once<{
      sid?: string;
      interactionSid?: string | undefined;
    }>(() => createInteraction(twilio, conversationSid, attributes), findEffect);
    return { interactionSid: interactionSid ?? sid, created: true };
  } catch (error) {
    // If the call may still take effect, the visitor must not get a message that no agent comes.
    const isRefused = !isTwilioFailure(error) || error.outcome === 'refused';
    if (isRefused) await sayUnrouted(twilio, conversationSid, messageSid);
    throw error;
  }
}

function createInteraction({ client, config }: TwilioCalls, conversationSid: string, attributes: object) {
  return client.flexApi.v1.interaction.create({
    channel: { type: 'web', initiated_by: 'customer', properties: { media_channel_sid: conversationSid } },
    routing: {
      properties: {
        workspace_sid: config.TASKROUTER_WORKSPACE_SID,
        workflow_sid: config.TASKROUTER_WORKFLOW_SID,
        task_channel_unique_name: TASK_CHANNEL,
        priority: PRIORITY,
        timeout: TIMEOUT_SECONDS,
        attributes,
      },
    },
  });
}

/** The text of the Flow's Send Message. */
async function sayUnrouted(twilio: TwilioCalls, conversationSid: string, messageSid: string): Promise<void> {
  const message = {
    author: SYSTEM_AUTHOR,
    body: UNROUTED,
    messageId: `unrouted-${messageSid}`,
    isHeard: false,
  };
  await deliverMessage(twilio, conversationSid, message);
}
