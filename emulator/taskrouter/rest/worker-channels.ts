/** /v1/Workspaces/{WS}/Workers/{WK}/Channels. Source: openapi taskrouter_v1 */
import type { FastifyInstance } from 'fastify';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { WorkerChannel } from '../model';
import { MAX_PAGE_SIZE, resourceUrl, workerOf, type TaskRouterApi } from './paths';

export function workerChannelRoutes(app: FastifyInstance, api: TaskRouterApi): void {
  const { domain } = api;
  const { workers, workspaces } = domain;

  serveResources<WorkerChannel>(app, {
    path: '/:workspaceSid/Workers/:workerSid/Channels',
    sid: 'sid',
    key: 'channels',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => workers.channelsOf(workerOf(request, api)),
    find: (wanted, request) =>
      workers.channelsOf(workerOf(request, api)).find(
        (one) =>
          one.sid === wanted ||
          one.taskChannelSid === wanted ||
          // By the TaskChannel's unique name too. Source: openapi taskrouter_v1 (FetchWorkerChannel)
          workspaces.taskChannels.get(one.taskChannelSid)?.uniqueName === wanted,
      ),
    update: (channel, form) => {
      const change = { capacity: form.integer('Capacity'), available: form.boolean('Available') };
      workers.updateChannel(channel, change);
      domain.assignment.offerPending(channel.workspaceSid);
    },
    toJson: (channel) => workerChannelJson(channel, api),
  });
}

function workerChannelJson(channel: WorkerChannel, { domain, accountSid }: TaskRouterApi): object {
  const { workspaces, assignment } = domain;
  const { assignedTasks, availablePercentage } = assignment.occupancyOf(channel);
  return {
    sid: channel.sid,
    account_sid: accountSid,
    workspace_sid: channel.workspaceSid,
    worker_sid: channel.workerSid,
    task_channel_sid: channel.taskChannelSid,
    task_channel_unique_name: workspaces.taskChannels.get(channel.taskChannelSid)?.uniqueName ?? null,
    configured_capacity: channel.configuredCapacity,
    assigned_tasks: assignedTasks,
    available: channel.available,
    available_capacity_percentage: availablePercentage,
    date_created: isoSeconds(channel.dateCreated),
    date_updated: isoSeconds(channel.dateUpdated),
    url: `${resourceUrl({ ...channel, sid: channel.workerSid }, 'Workers')}/Channels/${channel.sid}`,
  };
}
