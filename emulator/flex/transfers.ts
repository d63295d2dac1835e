/**
 * Transfers of chats. They are cold: the next agent is invited, and when they accept, the one before leaves.
 * Source: docs https://www.twilio.com/docs/flex/admin-guide/setup/conversations/messaging-transfers. Guess: the order of
 * it, and that the chat stays with its agent if no other agent accepts the transfer.
 */
import type { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { invalidParameter, notServed } from '../core/errors';
import { createSid } from '../core/sids';
import type { TaskRouterEvents } from '../taskrouter/events';
import type { TaskRouter } from '../taskrouter/domain';
import type { Agents } from './agents';
import type { FlexEvents } from './events';
import type { Interactions } from './interactions';
import type { Invites } from './invites';
import type { ChannelParticipant, InteractionChannel, Transfer } from './model';

export interface TransferRequest {
  type?: string | undefined;
  /** Without it, the one agent of the channel. */
  from?: string | undefined;
  to: string;
  noteSid?: string | undefined;
  summarySid?: string | undefined;
}

/** The parts of Flex that transfers use. */
interface InFlex {
  agents: Agents;
  events: Bus<FlexEvents>;
  interactions: Interactions;
  invites: Invites;
  taskrouter: TaskRouter;
}

export class Transfers {
  private readonly bySid = new Map<string, Transfer>();

  constructor(
    private readonly flex: InFlex,
    private readonly clock: Clock,
  ) {
    const { events } = flex.taskrouter;
    // Guess: a TaskQueue offers the chat to others before it comes back to the agent who handed it over.
    events.on('taskCreated', ({ task }) => {
      const transfer = this.activeOfTask(task.sid);
      const workerSid = transfer && this.fromOf(transfer)?.routing?.workerSid;
      if (workerSid) flex.taskrouter.assignment.refuse(task, workerSid);
    });
    // Runs after Agents has added the next agent, so that the customer is never without one.
    events.on('reservationUpdated', (event) => this.handleReservation(event));
    events.on('taskUpdated', ({ task, eventType }) => {
      const transfer = eventType === 'task.canceled' ? this.activeOfTask(task.sid) : undefined;
      if (transfer) this.end(transfer, 'failed');
    });
  }

  create(channel: InteractionChannel, { type = 'cold', from, to, ...notes }: TransferRequest): Transfer {
    if (type !== 'cold') throw notServed(`transfers of type ${type}: those of messages are cold`);
    if (channel.status !== 'active') throw invalidParameter(`Channel ${channel.sid} is ${channel.status}`);
    const participant = this.agentOf(channel, from);
    if (!/^W[KQ]/.test(to)) throw invalidParameter('to must be a Worker or a TaskQueue');
    if (participant.routing?.workerSid === to) throw invalidParameter('The Worker has this chat already');
    if (this.ofChannel(channel.sid).some(({ status }) => status === 'active')) {
      throw invalidParameter(`Channel ${channel.sid} is being transferred already`);
    }
    const now = this.clock.date();
    const routing = this.flex.invites.routingTo(channel, to);
    // Known before the Task is offered: a listener may accept it at once.
    const invite = this.flex.invites.add(channel, routing);
    const transfer: Transfer = {
      sid: createSid('UX'),
      interactionSid: channel.interactionSid,
      channelSid: channel.sid,
      type,
      status: 'active',
      from: participant.sid,
      to,
      noteSid: notes.noteSid ?? null,
      summarySid: notes.summarySid ?? null,
      inviteSid: invite.sid,
      dateCreated: now,
      dateUpdated: now,
    };
    this.bySid.set(transfer.sid, transfer);
    this.flex.events.emit('transferCreated', { transfer });
    this.flex.invites.activate(channel, invite);
    return transfer;
  }

  get(sid: string): Transfer | undefined {
    return this.bySid.get(sid);
  }

  /** Oldest first. */
  ofChannel(channelSid: string): Transfer[] {
    return [...this.bySid.values()].filter((transfer) => transfer.channelSid === channelSid);
  }

  /** The chat stays with its agent. A transfer that has failed is already canceled. */
  cancel(transfer: Transfer): void {
    if (transfer.status === 'failed') return;
    if (transfer.status !== 'active')
      throw invalidParameter(`Transfer ${transfer.sid} is ${transfer.status}`);
    this.end(transfer, 'failed');
  }

  private handleReservation({ task, reservation }: TaskRouterEvents['reservationUpdated']): void {
    const transfer = this.activeOfTask(task.sid);
    if (!transfer) return;
    const { reservationStatus: status } = reservation;
    if (status === 'accepted') this.end(transfer, 'completed');
    // A queue has other Workers.
    else if ((status === 'rejected' || status === 'timeout') && transfer.to.startsWith('WK')) {
      this.end(transfer, 'failed');
    }
  }

  private end(transfer: Transfer, status: 'completed' | 'failed'): void {
    Object.assign(transfer, { status, dateUpdated: this.clock.date() });
    const { interactions, agents, taskrouter } = this.flex;
    if (status === 'completed') {
      const from = this.fromOf(transfer);
      if (from && from.status !== 'closed') agents.closeParticipant(from);
    } else {
      const task = taskrouter.tasks.get(interactions.invite(transfer.inviteSid)?.taskSid ?? null);
      if (task?.assignmentStatus === 'pending' || task?.assignmentStatus === 'reserved') {
        taskrouter.cancelTask(task, 'Transfer failed');
      }
    }
    this.flex.events.emit('transferUpdated', { transfer });
  }

  private fromOf({ channelSid, from }: Transfer): ChannelParticipant | undefined {
    return this.flex.interactions.participantsOf(channelSid).find(({ sid }) => sid === from);
  }

  private activeOfTask(taskSid: string): Transfer | undefined {
    const invite = this.flex.interactions.inviteOfTask(taskSid);
    if (!invite) return undefined;
    return [...this.bySid.values()].find(
      ({ inviteSid, status }) => inviteSid === invite.sid && status === 'active',
    );
  }

  private agentOf(channel: InteractionChannel, from: string | undefined): ChannelParticipant {
    const agents = this.flex.interactions
      .participantsOf(channel.sid)
      .filter(({ type, status }) => type === 'agent' && status === 'active');
    const agent =
      from === undefined && agents.length === 1 ? agents[0] : agents.find(({ sid }) => sid === from);
    if (!agent) throw invalidParameter(`from: no agent of Channel ${channel.sid}`);
    return agent;
  }
}
