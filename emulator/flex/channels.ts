/** The status of an Interaction's channel and of its Conversation. */
import type { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import type { ConversationsDomain } from '../conversations/domain';
import { SYSTEM, type Conversation } from '../conversations/model';
import type { FlexEvents } from './events';
import type { ChannelStatus, InteractionChannel } from './model';

export class Channels {
  constructor(
    private readonly clock: Clock,
    private readonly events: Bus<FlexEvents>,
    private readonly conversations: ConversationsDomain,
  ) {}

  setStatus(channel: InteractionChannel, to: ChannelStatus): void {
    const from = channel.status;
    if (from === to) return;
    channel.status = to;
    channel.dateUpdated = this.clock.date();
    this.events.emit('channelUpdated', { channel, from, to });
  }

  conversationOf(channel: InteractionChannel): Conversation | undefined {
    return this.conversations.conversations.get(channel.conversationSid);
  }

  /** Closing is final, so a second close does nothing. */
  closeConversation(channel: InteractionChannel): void {
    const conversation = this.conversationOf(channel);
    if (conversation) this.conversations.conversations.setState(conversation, 'closed', SYSTEM);
  }
}
