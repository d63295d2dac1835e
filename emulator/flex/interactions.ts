/** The records of Flex: Interactions, their channels, invites and channel participants. */
import type { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { createSid } from '../core/sids';
import type { FlexEvents } from './events';
import type {
  ChannelParticipant,
  ChannelStatus,
  Interaction,
  InteractionChannel,
  Invite,
  Routing,
} from './model';

export class Interactions {
  private readonly bySid = new Map<string, Interaction>();
  private readonly channels = new Map<string, InteractionChannel>();
  private readonly invites = new Map<string, Invite>();
  private readonly participants = new Map<string, ChannelParticipant>();

  constructor(
    private readonly clock: Clock,
    private readonly events: Bus<FlexEvents>,
  ) {}

  create(interactionContextSid: string | null, webhookTtid: string | null): Interaction {
    const sid = createSid('KD');
    const interaction = { sid, interactionContextSid, webhookTtid, dateCreated: this.clock.date() };
    this.bySid.set(sid, interaction);
    return interaction;
  }

  get(sid: string): Interaction | undefined {
    return this.bySid.get(sid);
  }

  addChannel(interaction: Interaction, type: string, conversationSid: string): InteractionChannel {
    const channel: InteractionChannel = {
      sid: createSid('UO'),
      interactionSid: interaction.sid,
      type,
      status: 'setup',
      errorCode: null,
      errorMessage: null,
      conversationSid,
      pausedBy: null,
      dateCreated: this.clock.date(),
      dateUpdated: this.clock.date(),
    };
    this.channels.set(channel.sid, channel);
    return channel;
  }

  channel(sid: string): InteractionChannel | undefined {
    return this.channels.get(sid);
  }

  channelsOf(interactionSid: string): InteractionChannel[] {
    return [...this.channels.values()].filter((channel) => channel.interactionSid === interactionSid);
  }

  /**
   * The channel that a Conversation is mapped to, if one is open. Guess: closed, failed and inactive ones are not;
   * one whose Task was canceled is, so the Conversation stays orphaned until a caller closes it.
   */
  openChannelOf(conversationSid: string): InteractionChannel | undefined {
    return [...this.channels.values()].find(
      (channel) =>
        channel.conversationSid === conversationSid &&
        !['closed', 'failed', 'inactive'].includes(channel.status),
    );
  }

  addInvite(channel: InteractionChannel, routing: Routing): Invite {
    const invite: Invite = {
      sid: createSid('KG'),
      interactionSid: channel.interactionSid,
      channelSid: channel.sid,
      routing,
      taskSid: null,
      dateCreated: this.clock.date(),
    };
    this.invites.set(invite.sid, invite);
    return invite;
  }

  invitesOf(channelSid: string): Invite[] {
    return [...this.invites.values()].filter((invite) => invite.channelSid === channelSid);
  }

  /** All that are in this status, oldest first. */
  channelsIn(status: ChannelStatus): InteractionChannel[] {
    return [...this.channels.values()].filter((channel) => channel.status === status);
  }

  invite(sid: string): Invite | undefined {
    return this.invites.get(sid);
  }

  inviteOfTask(taskSid: string): Invite | undefined {
    return [...this.invites.values()].find((invite) => invite.taskSid === taskSid);
  }

  addParticipant(
    channel: InteractionChannel,
    type: string,
    identity: string | null,
    routing: ChannelParticipant['routing'],
  ): ChannelParticipant {
    const participant: ChannelParticipant = {
      sid: createSid('UT'),
      interactionSid: channel.interactionSid,
      channelSid: channel.sid,
      type,
      status: 'active',
      identity,
      routing,
    };
    this.participants.set(participant.sid, participant);
    this.events.emit('participantAdded', { participant });
    return participant;
  }

  setParticipantStatus(participant: ChannelParticipant, to: ChannelParticipant['status']): void {
    if (participant.status === to || participant.status === 'closed') return;
    participant.status = to;
    this.events.emit(to === 'closed' ? 'participantRemoved' : 'participantUpdated', { participant });
  }

  participantsOf(channelSid: string): ChannelParticipant[] {
    return [...this.participants.values()].filter((participant) => participant.channelSid === channelSid);
  }

  participantOfTask(taskSid: string): ChannelParticipant | undefined {
    return [...this.participants.values()].find((participant) => participant.routing?.taskSid === taskSid);
  }
}
