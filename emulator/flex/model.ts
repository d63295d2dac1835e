/** What Flex keeps about Interactions. */

/** Source: openapi flex_v1 (interaction_channel_enum_type) */
export const CHANNEL_TYPES: readonly string[] = [
  'voice',
  'sms',
  'email',
  'web',
  'whatsapp',
  'chat',
  'messenger',
  'gbm',
];

export type ChannelStatus = 'setup' | 'active' | 'failed' | 'closed' | 'inactive' | 'pause' | 'transfer';

export interface Interaction {
  sid: string;
  interactionContextSid: string | null;
  webhookTtid: string | null;
  dateCreated: Date;
}

export interface InteractionChannel {
  sid: string;
  interactionSid: string;
  type: string;
  status: ChannelStatus;
  errorCode: number | null;
  errorMessage: string | null;
  conversationSid: string;
  /** The Worker who has paused it, and whose it is again when it is resumed. */
  pausedBy: string | null;
  dateCreated: Date;
  dateUpdated: Date;
}

/** Routing as the caller gave it. Source: docs .../interactions-api/interactions */
export interface Routing {
  workspaceSid: string;
  workflowSid?: string | undefined;
  queueSid?: string | undefined;
  workerSid?: string | undefined;
  /** SID or unique name. */
  taskChannel?: string | undefined;
  attributes: Record<string, unknown>;
  priority?: number | undefined;
  timeoutSeconds?: number | undefined;
  /** The properties word for word, as the answer repeats them while there is no Task yet. */
  given: Record<string, unknown>;
}

/** Asks TaskRouter for an agent: one Task. */
export interface Invite {
  sid: string;
  interactionSid: string;
  channelSid: string;
  routing: Routing;
  /** Null until the channel is active. */
  taskSid: string | null;
  dateCreated: Date;
}

/** Source: docs https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks. Differs: these of them. */
export const INTERACTION_EVENTS = [
  'onInteractionCreated',
  'onChannelCreated',
  'onChannelCreateFailed',
  'onChannelStatusUpdated',
  'onParticipantJoined',
  'onParticipantLeft',
] as const;
export type InteractionEvent = (typeof INTERACTION_EVENTS)[number];

export interface InteractionWebhook {
  /** What an Interaction names as its `WebhookTtid`. */
  ttid: string;
  /** `interaction`: only those of the Interactions that name it. */
  type: 'global' | 'interaction';
  events: InteractionEvent[];
  url: string;
  method: 'GET' | 'POST';
  dateCreated: Date;
}

/** An agent's note for the next one. */
export interface Note {
  sid: string;
  content: string | null;
  summary: string | null;
  /** Counts changes; the ETag. */
  version: number;
  dateCreated: Date;
  dateUpdated: Date;
}

/** An agent hands over a chat. Source: openapi flex_v1 (interaction_transfer) */
export interface Transfer {
  sid: string;
  interactionSid: string;
  channelSid: string;
  type: 'cold';
  status: 'active' | 'completed' | 'failed';
  /** The channel participant who hands it over. */
  from: string;
  /** A Worker or a TaskQueue. */
  to: string;
  noteSid: string | null;
  summarySid: string | null;
  /** The invite for the next agent. */
  inviteSid: string;
  dateCreated: Date;
  dateUpdated: Date;
}

/** Source: openapi flex_v1 (interaction_channel_participant_enum_type) */
export const PARTICIPANT_TYPES: readonly string[] = [
  'supervisor',
  'customer',
  'external',
  'agent',
  'unknown',
];

export interface ChannelParticipant {
  sid: string;
  interactionSid: string;
  channelSid: string;
  type: string;
  status: 'active' | 'wrapup' | 'closed';
  /** Its identity in the Conversation. */
  identity: string | null;
  /** Null except for agents. */
  routing: { taskSid: string; workerSid: string; reservationSid: string } | null;
}
