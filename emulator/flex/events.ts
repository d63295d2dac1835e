/** What happens in Flex. The timeline listens. */
import type { ChannelStatus, Interaction, InteractionChannel } from './model';

export interface FlexEvents {
  interactionCreated: { interaction: Interaction; channel: InteractionChannel };
  /** The Conversation has an open Interaction already (45353). */
  interactionDropped: {
    interaction: Interaction;
    channel: InteractionChannel;
    openChannel: InteractionChannel;
  };
  channelUpdated: { channel: InteractionChannel; from: ChannelStatus; to: ChannelStatus };
}
