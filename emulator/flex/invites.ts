/** Invites of agents into a channel. Each becomes a Task; checked before, so that no channel is left without one. */
import { invalidParameter } from '../core/errors';
import type { TaskRouter } from '../taskrouter/domain';
import { checkTimeout } from '../taskrouter/tasks';
import { DEFAULT_TASK_CHANNEL } from '../taskrouter/workspaces';
import type { Alerts } from './alerts';
import type { Channels } from './channels';
import type { Interactions } from './interactions';
import type { InteractionChannel, Invite, Routing } from './model';
import { toTaskAttributes } from './task-attributes';

/** Source: docs https://www.twilio.com/docs/api/errors/45770 */
const DOWNSTREAM_FAILURE = 45770;

/** The parts of Flex that invites use. */
interface InFlex {
  alerts: Alerts;
  channels: Channels;
  interactions: Interactions;
  taskrouter: TaskRouter;
}

export class Invites {
  constructor(private readonly flex: InFlex) {}

  /** As the channel was routed at first, but to this Worker or TaskQueue. Guess: the Task's attributes stay. */
  routingTo(channel: InteractionChannel, to: string): Routing {
    const [first] = this.flex.interactions.invitesOf(channel.sid);
    if (!first) throw invalidParameter(`Channel ${channel.sid} has no agents`);
    const target = to.startsWith('WQ') ? { queueSid: to } : { workerSid: to };
    return { ...first.routing, queueSid: undefined, workerSid: undefined, ...target };
  }

  /** A further agent, or an agent again after a park. */
  create(channel: InteractionChannel, routing: Routing): Invite {
    if (channel.status !== 'active' && channel.status !== 'inactive' && channel.status !== 'pause') {
      throw invalidParameter(`Channel ${channel.sid} is ${channel.status}`);
    }
    const invite = this.add(channel, routing);
    this.activate(channel, invite);
    return invite;
  }

  /** Requests an agent when the channel is activated with it. */
  add(channel: InteractionChannel, routing: Routing): Invite {
    this.checkRouting(routing);
    return this.flex.interactions.addInvite(channel, routing);
  }

  /** For use after the answer was sent. Guess: a failure shows as a failed channel. */
  activateLater(channel: InteractionChannel, invite: Invite): void {
    try {
      this.activate(channel, invite);
    } catch (error) {
      const { message } = error as Error;
      Object.assign(channel, { errorCode: DOWNSTREAM_FAILURE, errorMessage: message });
      this.flex.channels.setStatus(channel, 'failed');
      this.flex.alerts.record({
        level: 'error',
        code: DOWNSTREAM_FAILURE,
        message,
        resourceSid: channel.interactionSid,
      });
    }
  }

  activate(channel: InteractionChannel, invite: Invite): void {
    if (channel.status === 'closed') return;
    this.flex.channels.setStatus(channel, 'active');
    const interaction = this.flex.interactions.get(channel.interactionSid)!;
    const { routing } = invite;
    const customer = this.flex.interactions
      .participantsOf(channel.sid)
      .find(({ type }) => type === 'customer');
    const attributes = toTaskAttributes(interaction, channel, invite, customer?.identity ?? '');
    // The Task learns of its invite while it is created: see Agents.
    this.flex.taskrouter.createTask(routing.workspaceSid, {
      attributes: JSON.stringify(attributes),
      workflowSid: routing.workflowSid,
      taskQueueSid: routing.queueSid,
      routingTarget: routing.workerSid,
      taskChannel: routing.taskChannel,
      priority: routing.priority,
      timeoutSeconds: routing.timeoutSeconds,
    });
  }

  /** Checks everything for which TaskRouter would refuse the Task. A later refusal would leave a channel without a Task. */
  checkRouting(routing: Routing): void {
    const { workspaces, workflows, workers } = this.flex.taskrouter;
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
