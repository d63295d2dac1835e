/** Flex as a whole: routes a Conversation to an agent, and closes it when the agent is done. */
import { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import type { Surroundings } from '../core/product';
import { RateLimit } from '../core/rate-limit';
import type { ConversationsDomain } from '../conversations/domain';
import type { Conversation } from '../conversations/model';
import type { TaskRouter } from '../taskrouter/domain';
import { Agents } from './agents';
import { Alerts } from './alerts';
import { Channels } from './channels';
import type { FlexEvents } from './events';
import { Interactions } from './interactions';
import { Invites } from './invites';
import { DUPLICATE_CHANNEL } from './limits';
import type { Interaction, InteractionChannel, Invite, Note, Routing } from './model';
import type { ChannelRequest } from './requests';
import { Transfers } from './transfers';
import { InteractionWebhooks } from './webhooks';

export class Flex {
  readonly events = new Bus<FlexEvents>();
  readonly alerts: Alerts;
  readonly interactions: Interactions;
  readonly channels: Channels;
  readonly invites: Invites;
  readonly agents: Agents;
  readonly transfers: Transfers;
  readonly webhooks: InteractionWebhooks;
  readonly notes = new Map<string, Note>();
  /** When the account got Flex. */
  readonly madeAt: Date;
  /**
   * How long a channel stays in `setup` before it has a Task. Creation is asynchronous at Twilio; 0 makes the Task
   * before the answer is sent. Source: docs .../interactions-api/interactions
   */
  setupDelayMs = 0;
  /** Which features of Flex UI are on. Guess: the ones that a chat needs; it shows its Transfer button with this one. */
  readonly uiFeatures = new Set(['new-transfer-experience']);
  /** Requests to one endpoint of the Interactions API. */
  readonly rateLimit: RateLimit;

  private readonly clock: Clock;

  constructor(
    surroundings: Pick<Surroundings, 'account' | 'clock' | 'emulatorUrl'>,
    readonly conversations: ConversationsDomain,
    readonly taskrouter: TaskRouter,
  ) {
    const { clock } = surroundings;
    this.clock = clock;
    this.madeAt = clock.date();
    this.rateLimit = new RateLimit(clock);
    this.alerts = new Alerts(clock);
    this.interactions = new Interactions(clock, this.events);
    this.channels = new Channels(clock, this.events, conversations);
    this.agents = new Agents(this.interactions, this.channels, conversations, taskrouter);
    this.invites = new Invites(this);
    this.transfers = new Transfers(this, clock);
    this.webhooks = new InteractionWebhooks(this, surroundings);
  }

  createInteraction(
    request: ChannelRequest,
    routing: Routing,
    { interactionContextSid = null, webhookTtid = null }: Partial<Interaction> = {},
  ): { interaction: Interaction; channel: InteractionChannel } {
    const conversation = this.mediaChannel(request.conversationSid);
    const customer = this.customerOf(conversation);
    this.invites.checkRouting(routing);
    const interaction = this.interactions.create(interactionContextSid, webhookTtid);
    const openChannel = this.interactions.openChannelOf(conversation.sid);
    const channel = this.interactions.addChannel(interaction, request.type, conversation.sid);
    if (openChannel) {
      this.drop(interaction, channel, openChannel);
      return { interaction, channel };
    }
    this.events.emit('interactionCreated', { interaction, channel });
    this.interactions.addParticipant(channel, 'customer', customer, null);
    const invite = this.interactions.addInvite(channel, routing);
    if (this.setupDelayMs === 0) this.invites.activate(channel, invite);
    else this.activateLater(channel, invite);
    return { interaction, channel };
  }

  resume(): void {
    for (const channel of this.interactions.channelsIn('setup')) {
      for (const invite of this.interactions.invitesOf(channel.sid)) this.activateLater(channel, invite);
    }
  }

  /** Back to the agent who paused it. Guess: to no other one, as the list of paused channels is each agent's own. */
  resumeChannel(channel: InteractionChannel): Invite {
    if (channel.status !== 'pause' || channel.pausedBy === null) {
      throw invalidParameter(`Channel ${channel.sid} is ${channel.status}`);
    }
    const workerSid = channel.pausedBy;
    channel.pausedBy = null;
    return this.invites.create(channel, this.invites.routingTo(channel, workerSid));
  }

  private activateLater(channel: InteractionChannel, invite: Invite): void {
    const end = new Date(channel.dateCreated.getTime() + this.setupDelayMs);
    this.clock.at(end, () => this.invites.activateLater(channel, invite));
  }

  /**
   * Twilio accepts the request and drops it afterwards.
   * Guess: what is left is a channel that failed with the warning's number.
   */
  private drop(interaction: Interaction, channel: InteractionChannel, openChannel: InteractionChannel): void {
    const message = `Conversation ${channel.conversationSid} already has a mapped Channel sid ${openChannel.sid}`;
    Object.assign(channel, { status: 'failed', errorCode: DUPLICATE_CHANNEL, errorMessage: message });
    this.alerts.record({ level: 'warning', code: DUPLICATE_CHANNEL, message, resourceSid: interaction.sid });
    this.events.emit('interactionDropped', { interaction, channel, openChannel });
  }

  /** Guess: Twilio reports a wrong media channel later, on the channel; here the answer says it at once. */
  private mediaChannel(conversationSid: string): Conversation {
    const conversation = this.conversations.conversations.get(conversationSid);
    if (!conversation) throw invalidParameter(`Conversation ${conversationSid} does not exist`);
    this.conversations.conversations.refuseClosed(conversation);
    return conversation;
  }

  /** The customer must be in the Conversation already. Source: docs .../interactions-api/interactions */
  private customerOf(conversation: Conversation): string {
    const customer = this.conversations.participants
      .ofConversation(conversation.sid)
      .find((one) => !this.agents.isAgent(one));
    if (!customer) throw invalidParameter(`Conversation ${conversation.sid} has no customer as Participant`);
    return customer.identity ?? customer.messagingBinding?.['address'] ?? '';
  }
}
