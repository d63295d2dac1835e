/** The variables of a Flow about the message that started it. */
import type { IncomingConversationMessage } from '../conversations/webhooks/engine';
import { isoSeconds } from '../core/wire';
import type { Context, Execution, Flow } from './model';

/** What the REST API starts an execution with. */
export interface ExecutionRequest {
  /** The contact's address. */
  to: string;
  /** The address on Twilio's side. */
  from: string;
  parameters: Record<string, unknown>;
}

/**
 * Source: docs https://www.twilio.com/docs/studio/widget-library/trigger-start (documented variables);
 * public code (captures): ChannelSid, From and To are the older names of ConversationSid, Author and the Conversation.
 */
export function toTriggerVariables(
  { conversation, message, webhook, source, flowSid }: IncomingConversationMessage,
  accountSid: string,
): Record<string, unknown> {
  return {
    AccountSid: accountSid,
    InstanceSid: conversation.chatServiceSid,
    ChatServiceSid: conversation.chatServiceSid,
    ServiceSid: conversation.chatServiceSid,
    MessagingServiceSid: conversation.messagingServiceSid,
    ConversationSid: conversation.sid,
    ChannelSid: conversation.sid,
    To: conversation.sid,
    MessageSid: message.sid,
    ParticipantSid: message.participantSid,
    Author: message.author,
    From: message.author,
    ...(source === 'SDK' && { ClientIdentity: message.author }),
    Body: message.body ?? '',
    Index: message.index,
    // Text, unlike ChannelAttributes. Source: docs https://www.twilio.com/docs/studio/widget-library/send-flex
    Attributes: message.attributes,
    ChannelAttributes: JSON.parse(conversation.attributes),
    DateCreated: isoSeconds(message.dateCreated),
    EventType: 'onMessageAdded',
    Source: source,
    WebhookType: 'studio',
    WebhookSid: webhook.sid,
    FlowSid: flowSid,
    RetryCount: 0,
  };
}

/** Addresses as captures show them: the contact is who wrote, the flow's own address is the Conversation. */
export function toContext(
  incoming: IncomingConversationMessage,
  accountSid: string,
  executionSid: string,
): Context {
  return {
    contact: { channel: { address: incoming.message.author } },
    flow: {
      sid: executionSid,
      flow_sid: incoming.flowSid,
      channel: { address: incoming.conversation.sid },
      variables: {},
    },
    trigger: { conversation: toTriggerVariables(incoming, accountSid) },
    widgets: {},
  };
}

/** Source: docs https://www.twilio.com/docs/studio/rest-api/v2/execution; public code (parameters stand in both places) */
export function toRequestContext(
  flowSid: string,
  executionSid: string,
  { to, from, parameters }: ExecutionRequest,
): Context {
  return {
    contact: { channel: { address: to } },
    flow: {
      sid: executionSid,
      flow_sid: flowSid,
      channel: { address: from },
      data: parameters,
      variables: {},
    },
    trigger: { request: { to, from, parameters } },
    widgets: {},
  };
}

/**
 * A Subflow has its parent's trigger, and its parameters; its variables are separate.
 * Source: docs https://www.twilio.com/docs/studio/subflows. Guess: the names beside `parameters`.
 */
export function toSubflowContext(
  parent: { context: Context; flow: Flow; execution: Execution },
  flowSid: string,
  parameters: Record<string, unknown>,
): Context {
  const { contact, flow, trigger } = parent.context;
  return {
    contact,
    flow: { ...flow, flow_sid: flowSid, variables: {} },
    trigger: {
      ...trigger,
      parent: {
        parameters,
        flow_sid: parent.flow.sid,
        execution_sid: parent.execution.sid,
        trigger_type: 'incomingParent',
      },
    },
    widgets: {},
  };
}
