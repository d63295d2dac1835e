/** Interactions as the event bridge shows them. Source: sdk @twilio/flex-sdk (cbm), which reads these fields */
import type { Flex } from '../domain';
import { isoSeconds } from '../../core/wire';
import type { ChannelParticipant, InteractionChannel, Transfer } from '../model';

export interface InteractionsApi {
  flex: Flex;
  accountSid: string;
  /** Of the embedded Flex. */
  instanceSid: string;
}

export function channelJson(channel: InteractionChannel): object {
  return {
    sid: channel.sid,
    interaction_sid: channel.interactionSid,
    type: channel.type,
    status: channel.status,
    media_sid: channel.conversationSid,
  };
}

/** `taskSid`: the Task of the agent who receives the event. The SDK finds its Task by it. */
export function participantJson(
  participant: ChannelParticipant,
  { flex }: InteractionsApi,
  taskSid = participant.routing?.taskSid,
): object {
  const { routing } = participant;
  const channel = flex.interactions.channel(participant.channelSid);
  return {
    sid: participant.sid,
    participant_sid: participant.sid,
    type: participant.type,
    status: participant.status,
    channel_sid: participant.channelSid,
    channel_type: channel?.type ?? null,
    interaction_sid: participant.interactionSid,
    routing_properties: {
      task_sid: taskSid ?? null,
      worker_sid: routing?.workerSid ?? null,
      reservation_sid: routing?.reservationSid ?? null,
    },
    media_properties: {
      identity: participant.identity,
      conversation_sid: channel?.conversationSid ?? null,
    },
  };
}

/** A channel in an agent's list of paused ones. */
export function pausedChannelJson(
  channel: InteractionChannel,
  { flex, accountSid }: InteractionsApi,
): object {
  const [invite] = flex.interactions.invitesOf(channel.sid);
  const task = flex.taskrouter.tasks.get(invite?.taskSid ?? null);
  return {
    ...channelJson(channel),
    account_sid: accountSid,
    workspace_sid: invite?.routing.workspaceSid ?? null,
    workflow_sid: task?.workflowSid ?? null,
    wds_queue_sid: task?.taskQueueSid ?? null,
    task_channel_sid: task?.taskChannelSid ?? null,
    status_timeout: null,
    attributes: task?.attributes ?? '{}',
    date_created: isoSeconds(channel.dateCreated),
    date_updated: isoSeconds(channel.dateUpdated),
  };
}

export function transferJson(transfer: Transfer, { accountSid, instanceSid }: InteractionsApi): object {
  return {
    sid: transfer.sid,
    instance_sid: instanceSid,
    account_sid: accountSid,
    interaction_sid: transfer.interactionSid,
    channel_sid: transfer.channelSid,
    execution_sid: null,
    type: transfer.type,
    status: transfer.status,
    from: transfer.from,
    to: transfer.to,
    note_sid: transfer.noteSid,
    summary_sid: transfer.summarySid,
    date_created: isoSeconds(transfer.dateCreated),
    date_updated: isoSeconds(transfer.dateUpdated),
  };
}
