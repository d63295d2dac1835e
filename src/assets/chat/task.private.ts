/** The Tasks of a Conversation, and the Interaction channel through which Flex ends them. */
import { toChatError, twilioStatusOf, type LogFacts } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { fetchConversation, conversationOf } from './conversation.private';

/** Source: openapi taskrouter_v1 (maximum of PageSize). A Conversation has one Task, and one more per transfer. */
const TASKS_PAGE_SIZE = 1000;
const ENDED: readonly string[] = ['completed', 'canceled'];

/** The author of automatic messages. It is Twilio's own default author. */
export const SYSTEM_AUTHOR = 'system';

/** Flex marks the Tasks of Interactions so. Source: docs https://www.twilio.com/docs/flex/developer/conversations/interactions-api#task-attributes */
export interface ChatTask {
  taskSid: string;
  isLive: boolean;
  conversationSid: string;
  interactionSid: string | undefined;
  channelSid: string | undefined;
}

export async function tasksOf(twilio: TwilioCalls, conversationSid: string): Promise<ChatTask[]> {
  const { tasks } = twilio.client.taskrouter.v1.workspaces(twilio.config.TASKROUTER_WORKSPACE_SID);
  const found = await twilio.retry.repeat(() =>
    tasks.list({
      evaluateTaskAttributes: `conversationSid == "${conversationSid}"`,
      pageSize: TASKS_PAGE_SIZE,
    }),
  );
  return found.flatMap(({ sid, assignmentStatus, attributes }) => {
    const task = readTask(sid, attributes, !ENDED.includes(assignmentStatus));
    return task?.conversationSid === conversationSid ? [task] : [];
  });
}

/** Undefined for a Task that does not belong to a chat. */
export function readTask(taskSid: string, attributes: string, isLive: boolean): ChatTask | undefined {
  let parsed: Record<string, unknown> | null;
  try {
    parsed = JSON.parse(attributes) as Record<string, unknown> | null;
  } catch {
    return undefined;
  }
  const text = (name: string, kind: string): string | undefined => {
    const value = parsed?.[name];
    return typeof value === 'string' && new RegExp(`^${kind}[0-9a-f]{32}$`).test(value) ? value : undefined;
  };
  const conversationSid = text('conversationSid', 'CH');
  if (conversationSid === undefined) return undefined;
  return {
    taskSid,
    isLive,
    conversationSid,
    interactionSid: text('flexInteractionSid', 'KD'),
    channelSid: text('flexInteractionChannelSid', 'UO'),
  };
}

/**
 * `closed`: the agent's Task goes to wrap-up and the Conversation is closed. `inactive`: Tasks are completed, and the
 * Conversation stays open and can reach an agent again. An Interaction's Task must not be ended in any other way.
 * Source: docs https://www.twilio.com/docs/flex/developer/conversations/best-practices,
 * .../interactions-api/channels-subresource
 */
export async function endChannel(
  twilio: TwilioCalls,
  { interactionSid, channelSid }: ChatTask,
  status: 'closed' | 'inactive',
): Promise<LogFacts> {
  if (interactionSid === undefined || channelSid === undefined) return {};
  const { channels } = twilio.client.flexApi.v1.interaction(interactionSid);
  const routing = status === 'inactive' ? { routing: { status: 'closed' } } : {};
  try {
    await twilio.retry.repeat(() => channels(channelSid).update({ status, ...routing }));
    return { channelSid };
  } catch (error) {
    // A channel that has already ended cannot be ended again; the caller continues.
    if (twilioStatusOf(error) === undefined || toChatError(error).code === 'twilio_unavailable') throw error;
    return { channelSid, ...toChatError(error).facts };
  }
}

/** Closing is final; a closed Conversation is not changed. */
export async function closeConversation(twilio: TwilioCalls, conversationSid: string): Promise<void> {
  const present = await fetchConversation(twilio, conversationSid);
  if (!present || present.state === 'closed') return;
  const conversation = conversationOf(twilio, conversationSid);
  await twilio.retry
    // Twilio reports changes by REST only if they ask for it; the report sends the transcript.
    .repeat(() =>
      conversation.update({
        state: 'closed',
        ...(twilio.config.TRANSCRIPTS && { xTwilioWebhookEnabled: 'true' as const }),
      }),
    )
    .catch((error: unknown) => {
      // Another call closed it first.
      if (toChatError(error).code !== 'conversation_closed') throw error;
    });
}
