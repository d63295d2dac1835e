/** What happens in Flex. The timeline listens. */
import type { ChannelParticipant, ChannelStatus, Interaction, InteractionChannel, Transfer } from './model';

export interface FlexEvents {
  interactionCreated: { interaction: Interaction; channel: InteractionChannel };
  /** The Conversation has an open Interaction already (45353). */
  interactionDropped: {
    interaction: Interaction;
    channel: InteractionChannel;
    openChannel: InteractionChannel;
  };
  participantAdded: { participant: ChannelParticipant };
  participantUpdated: { participant: ChannelParticipant };
  /** Their part in the channel is over. */
  participantRemoved: { participant: ChannelParticipant };
  transferCreated: { transfer: Transfer };
  transferUpdated: { transfer: Transfer };
  channelUpdated: { channel: InteractionChannel; from: ChannelStatus; to: ChannelStatus };
}
