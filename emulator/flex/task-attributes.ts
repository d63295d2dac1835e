/** The attributes of an Interaction's Task: how Flex recognises the Task, and the data that the agent sees. */
import type { Interaction, InteractionChannel, Invite } from './model';

/**
 * The caller's attributes, unchanged, plus Flex's own.
 * Source: openapi flex_v1 (example of CreateInteraction);
 * docs https://www.twilio.com/docs/flex/developer/conversations/interactions-api#task-attributes
 */
export function toTaskAttributes(
  interaction: Interaction,
  channel: InteractionChannel,
  invite: Invite,
  customerIdentity: string,
): Record<string, unknown> {
  const given = invite.routing.attributes;
  // Guess: as Studio's widget does for its own Interactions, the sender's address stands in for a missing name.
  const customerAddress = textOr(given['customerAddress'], customerIdentity);
  const customerName = textOr(given['customerName'], customerAddress);
  return {
    from: customerName,
    name: customerName,
    ...given,
    customerAddress,
    customerName,
    channelType: textOr(given['channelType'], channel.type),
    direction: 'inbound',
    initiatedBy: 'customer',
    conversationSid: channel.conversationSid,
    flexInteractionSid: interaction.sid,
    flexInteractionChannelSid: channel.sid,
    flexChannelInviteSid: invite.sid,
    customers: {
      name: customerName,
      ...contact(channel.type, customerAddress),
      ...objectOr(given['customers']),
    },
    conversations: {
      initiated_by: 'customer',
      conversation_id: interaction.sid,
      communication_channel: channel.type,
      media: [{ type: 'ChatTranscript', sid: channel.conversationSid }],
      ...objectOr(given['conversations']),
    },
  };
}

/** Guess: an address is a phone number or an e-mail address by the channel's type; in a chat it is neither. */
function contact(channelType: string, address: string): Record<string, string> {
  if (channelType === 'sms' || channelType === 'whatsapp') return { phone: address };
  if (channelType === 'email') return { email: address };
  return {};
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

function objectOr(value: unknown): object {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}
