/** Flex as one thing: brings a Conversation to an agent, and ends it when the agent is done. */
import { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import type { Surroundings } from '../core/product';
import { RateLimit } from '../core/rate-limit';
import type { ConversationsDomain } from '../conversations/domain';
import type { Conversation } from '../conversations/model';
import type { TaskRouter } from '../taskrouter/domain';
import { checkTimeout } from '../taskrouter/tasks';
import { DEFAULT_TASK_CHANNEL } from '../taskrouter/workspaces';
import { Agents } from './agents';
import { Alerts } from './alerts';
import { Channels } from './channels';
import type { FlexEvents } from './events';
import { Interactions } from './interactions';
import { DUPLICATE_CHANNEL } from './limits';
import type { Interaction, InteractionChannel, Invite, Note, Routing } from './model';
import type { ChannelRequest } from './requests';
import { toTaskAttributes } from './task-attributes';
import { Transfers } from './transfers';
import { InteractionWebhooks } from './webhooks';

/** Source: docs https://www.twilio.com/docs/api/errors/45770 */
const DOWNSTREAM_FAILURE = 45770;

export class Flex {
  readonly events = new Bus<FlexEvents>();
  readonly alerts: Alerts;
  readonly interactions: Interactions;
  readonly channels: Channels;
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
    this.checkRouting(routing);
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
    if (this.setupDelayMs === 0) this.activate(channel, invite);
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
    return this.createInvite(channel, this.routingTo(channel, workerSid));
  }

  /** As the channel was routed at first, but to this Worker or TaskQueue. Guess: the Task's attributes stay. */
  routingTo(channel: InteractionChannel, to: string): Routing {
    const [first] = this.interactions.invitesOf(channel.sid);
    if (!first) throw invalidParameter(`Channel ${channel.sid} has no agents`);
    const target = to.startsWith('WQ') ? { queueSid: to } : { workerSid: to };
    return { ...first.routing, queueSid: undefined, workerSid: undefined, ...target };
  }

  /** Another agent, or one again after a park. */
  createInvite(channel: InteractionChannel, routing: Routing): Invite {
    if (channel.status !== 'active' && channel.status !== 'inactive' && channel.status !== 'pause') {
      throw invalidParameter(`Channel ${channel.sid} is ${channel.status}`);
    }
    const invite = this.addInvite(channel, routing);
    this.activate(channel, invite);
    return invite;
  }

  /** It asks for an agent when the channel is activated with it. */
  addInvite(channel: InteractionChannel, routing: Routing): Invite {
    this.checkRouting(routing);
    return this.interactions.addInvite(channel, routing);
  }

  private activateLater(channel: InteractionChannel, invite: Invite): void {
    const end = new Date(channel.dateCreated.getTime() + this.setupDelayMs);
    this.clock.at(end, () => this.activateUnheard(channel, invite));
  }

  /** The answer has been sent. Guess: that a failure shows so. */
  private activateUnheard(channel: InteractionChannel, invite: Invite): void {
    try {
      this.activate(channel, invite);
    } catch (error) {
      const { message } = error as Error;
      Object.assign(channel, { errorCode: DOWNSTREAM_FAILURE, errorMessage: message });
      this.channels.setStatus(channel, 'failed');
      this.alerts.record({
        level: 'error',
        code: DOWNSTREAM_FAILURE,
        message,
        resourceSid: channel.interactionSid,
      });
    }
  }

  activate(channel: InteractionChannel, invite: Invite): void {
    if (channel.status === 'closed') return;
    this.channels.setStatus(channel, 'active');
    const interaction = this.interactions.get(channel.interactionSid)!;
    const { routing } = invite;
    const customer = this.interactions.participantsOf(channel.sid).find(({ type }) => type === 'customer');
    const attributes = toTaskAttributes(interaction, channel, invite, customer?.identity ?? '');
    // The Task learns of its invite while it is created: see Agents.
    this.taskrouter.createTask(routing.workspaceSid, {
      attributes: JSON.stringify(attributes),
      workflowSid: routing.workflowSid,
      taskQueueSid: routing.queueSid,
      routingTarget: routing.workerSid,
      taskChannel: routing.taskChannel,
      priority: routing.priority,
      timeoutSeconds: routing.timeoutSeconds,
    });
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

  /** Everything that TaskRouter would refuse the Task for: by then the Conversation had a channel without one. */
  private checkRouting(routing: Routing): void {
    const { workspaces, workflows, workers } = this.taskrouter;
    const { workspaceSid, workflowSid, queueSid, workerSid, timeoutSeconds } = routing;
    const { taskChannel = DEFAULT_TASK_CHANNEL } = routing;
    const missing = (what: string): never => {
      throw invalidParameter(`Routing.properties: ${what} does not exist`);
    };
    if (!workspaces.find(workspaceSid)) missing(`Workspace ${workspaceSid}`);
    if (workflowSid && !workflows.find(workspaceSid, workflowSid)) missing(`Workflow ${workflowSid}`);
    if (queueSid && !workspaces.taskQueues.find(workspaceSid, queueSid)) missing(`TaskQueue ${queueSid}`);
    if (workerSid && !workers.find(workspaceSid, workerSid)) missing(`Worker ${workerSid}`);
    if (!workspaces.findTaskChannel(workspaceSid, taskChannel)) missing(`TaskChannel ${taskChannel}`);
    if (timeoutSeconds !== undefined) checkTimeout(timeoutSeconds);
    if (!workflowSid && !queueSid && workflows.list(workspaceSid).length !== 1) {
      throw invalidParameter('Routing.properties.workflow_sid is missing');
    }
  }
}
