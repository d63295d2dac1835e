/** Agents in Interactions: they join when they accept the Task, and what ends the Task ends their part. */
import type { ConversationsDomain } from '../conversations/domain';
import { AGENT_ROLE_SID } from '../conversations/roles';
import { SYSTEM, type Conversation, type Participant, type User } from '../conversations/model';
import { flexIdentity } from '../core/flex-identity';
import { parseAttributes } from '../taskrouter/attributes';
import type { TaskRouter } from '../taskrouter/domain';
import type { TaskEvent } from '../taskrouter/events';
import type { Reservation, Task, Worker } from '../taskrouter/model';
import type { Channels } from './channels';
import type { Interactions } from './interactions';
import type { ChannelParticipant, InteractionChannel, Invite } from './model';

export class Agents {
  /** Tasks that end without ending the Conversation: parked, or on a channel made inactive. */
  private readonly parked = new Set<string>();

  constructor(
    private readonly interactions: Interactions,
    private readonly channels: Channels,
    private readonly conversations: ConversationsDomain,
    private readonly taskrouter: TaskRouter,
  ) {
    const { events } = taskrouter;
    events.on('taskCreated', ({ task }) => this.linkInvite(task));
    events.on('reservationUpdated', ({ task, reservation }) => {
      if (reservation.reservationStatus === 'accepted') this.join(task, reservation);
    });
    events.on('taskUpdated', (event) => this.handleTask(event));
    // Guess: a Conversation that a timer, the customer or a Function closes ends the Interaction as the API does.
    const end = ({ sid }: Conversation): void => {
      const channel = interactions.openChannelOf(sid);
      if (channel) this.closeChannel(channel, false);
    };
    conversations.events.on('conversationRemoved', ({ conversation }) => end(conversation));
    conversations.events.on('conversationStateUpdated', ({ conversation, to }) => {
      if (to === 'closed') end(conversation);
    });
  }

  isAgent(participant: Participant): boolean {
    return participant.roleSid === AGENT_ROLE_SID;
  }

  /**
   * Closes the channel: its Tasks go to wrapping, or are completed at once if `completeTasks`; unaccepted Tasks are canceled.
   * Source: docs https://www.twilio.com/docs/flex/developer/conversations/interactions-api/channels-subresource
   */
  closeChannel(channel: InteractionChannel, completeTasks: boolean): void {
    this.channels.setStatus(channel, 'closed');
    this.endTasks(channel, completeTasks);
    this.channels.closeConversation(channel);
  }

  /** The Conversation stays open, without agents. Source: as above */
  deactivateChannel(channel: InteractionChannel): void {
    this.release(channel, 'inactive');
  }

  /** As above, and the channel is the Worker's who resumes it. Source: sdk @twilio/flex-sdk (PauseConversation) */
  pauseChannel(channel: InteractionChannel, workerSid: string): void {
    channel.pausedBy = workerSid;
    this.release(channel, 'pause');
  }

  private release(channel: InteractionChannel, status: 'inactive' | 'pause'): void {
    this.channels.setStatus(channel, status);
    for (const invite of this.interactions.invitesOf(channel.sid)) {
      if (invite.taskSid) this.parked.add(invite.taskSid);
    }
    this.endTasks(channel, true);
  }

  /**
   * Parks: the agent's Task completes, the agent leaves, the Conversation stays active.
   * Source: docs https://www.twilio.com/docs/flex/developer/conversations/park-an-interaction
   */
  closeParticipant(participant: ChannelParticipant): void {
    const task = this.taskOf(participant);
    if (task) {
      this.parked.add(task.sid);
      this.end(task, true);
    } else this.leave(participant);
    this.interactions.setParticipantStatus(participant, 'closed');
  }

  /** Guess: the agent leaves the Conversation at once and finishes the Task later. */
  wrapUpParticipant(participant: ChannelParticipant): void {
    const task = this.taskOf(participant);
    if (task?.assignmentStatus === 'assigned') this.taskrouter.wrapUpTask(task);
    this.leave(participant);
    this.interactions.setParticipantStatus(participant, 'wrapup');
  }

  /** By the attribute that Flex put there, because listeners may accept the Task before its creation returns. */
  private linkInvite(task: Task): void {
    const inviteSid = parseAttributes(task.attributes)['flexChannelInviteSid'];
    const invite = typeof inviteSid === 'string' ? this.interactions.invite(inviteSid) : undefined;
    if (invite && invite.taskSid === null) invite.taskSid = task.sid;
  }

  /**
   * The agent's Conversations User, with their full name from the first login on.
   * Source: docs https://www.twilio.com/docs/flex/admin-guide/setup/conversations/conversations-roles. Guess: that the
   * name is the Worker's `full_name`.
   */
  logIn(worker: Worker, chatServiceSid: string): User {
    const { users } = this.conversations;
    const identity = flexIdentity(worker.friendlyName);
    const user = users.ensure(chatServiceSid, identity, SYSTEM);
    const { full_name: fullName } = parseAttributes(worker.attributes);
    if (typeof fullName === 'string' && fullName !== '' && user.friendlyName === identity) {
      users.update(user, { friendlyName: fullName }, SYSTEM);
    }
    return user;
  }

  /** Guess: the Participant's attributes stay empty. */
  private join(task: Task, reservation: Reservation): void {
    const channel = this.channelOf(this.interactions.inviteOfTask(task.sid));
    const conversation = channel && this.channels.conversationOf(channel);
    if (!channel || !conversation || conversation.state === 'closed') return;
    const worker = this.taskrouter.workers.get(reservation.workerSid);
    if (!worker) return;
    const { identity } = this.logIn(worker, conversation.chatServiceSid);
    const { participants } = this.conversations;
    if (!participants.find(conversation.sid, identity)) {
      participants.add(conversation, { identity, roleSid: AGENT_ROLE_SID }, SYSTEM);
    }
    this.interactions.addParticipant(channel, 'agent', identity, {
      taskSid: task.sid,
      workerSid: reservation.workerSid,
      reservationSid: reservation.sid,
    });
  }

  /**
   * A completed Task takes the agent out and, with the last agent, closes the Conversation.
   * A canceled one leaves the Conversation open without agent.
   * Source: docs https://www.twilio.com/docs/flex/developer/conversations/faq-and-troubleshooting, .../best-practices
   */
  private handleTask({ task, eventType }: TaskEvent): void {
    if (eventType !== 'task.completed') return;
    const participant = this.interactions.participantOfTask(task.sid);
    if (participant) {
      this.leave(participant);
      this.interactions.setParticipantStatus(participant, 'closed');
    }
    const channel = this.channelOf(this.interactions.inviteOfTask(task.sid));
    if (!channel || this.parked.delete(task.sid) || this.hasOpenTask(channel)) return;
    this.channels.setStatus(channel, 'closed');
    this.channels.closeConversation(channel);
  }

  private leave({ channelSid, identity }: ChannelParticipant): void {
    const channel = this.interactions.channel(channelSid);
    const conversation = channel && this.channels.conversationOf(channel);
    if (!conversation || identity === null) return;
    const { participants } = this.conversations;
    const participant = participants.find(conversation.sid, identity);
    if (participant) participants.remove(conversation, participant, SYSTEM);
  }

  private endTasks(channel: InteractionChannel, complete: boolean): void {
    for (const invite of this.interactions.invitesOf(channel.sid)) {
      const task = invite.taskSid === null ? undefined : this.taskrouter.tasks.get(invite.taskSid);
      if (task) this.end(task, complete);
    }
  }

  private end(task: Task, complete: boolean): void {
    const { taskrouter } = this;
    const { assignmentStatus } = task;
    if (assignmentStatus === 'pending' || assignmentStatus === 'reserved') {
      taskrouter.cancelTask(task, 'Interaction channel closed');
    } else if (assignmentStatus === 'wrapping' || assignmentStatus === 'assigned') {
      if (complete) taskrouter.completeTask(task);
      else if (assignmentStatus === 'assigned') taskrouter.wrapUpTask(task);
    }
  }

  private hasOpenTask(channel: InteractionChannel): boolean {
    return this.interactions.invitesOf(channel.sid).some(({ taskSid }) => {
      const status = taskSid === null ? undefined : this.taskrouter.tasks.get(taskSid)?.assignmentStatus;
      return status !== undefined && status !== 'completed' && status !== 'canceled';
    });
  }

  private taskOf(participant: ChannelParticipant): Task | undefined {
    return participant.routing ? this.taskrouter.tasks.get(participant.routing.taskSid) : undefined;
  }

  private channelOf(invite: Invite | undefined): InteractionChannel | undefined {
    return invite && this.interactions.channel(invite.channelSid);
  }
}
