/** /v1/Workspaces/{WS}/TaskChannels. Source: openapi taskrouter_v1 */
import type { FastifyInstance } from 'fastify';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { TaskChannel } from '../model';
import {
  MAX_PAGE_SIZE,
  resourceUrl,
  workspaceOf,
  workspaceSidOf,
  workspaceUrl,
  type TaskRouterApi,
} from './paths';

export function taskChannelRoutes(app: FastifyInstance, api: TaskRouterApi): void {
  const { domain, accountSid } = api;
  const { workspaces } = domain;

  serveResources<TaskChannel>(app, {
    path: '/:workspaceSid/TaskChannels',
    sid: 'sid',
    key: 'channels',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => workspaces.taskChannels.list(workspaceOf(request, api).sid),
    find: (sid, request) => workspaces.findTaskChannel(workspaceSidOf(request), sid),
    create: (form, request) => {
      const { sid } = workspaceOf(request, api);
      const [friendlyName, uniqueName] = [form.required('FriendlyName'), form.required('UniqueName')];
      const channel = workspaces.createTaskChannel(sid, friendlyName, uniqueName);
      channel.channelOptimizedRouting = form.boolean('ChannelOptimizedRouting') ?? false;
      return channel;
    },
    update: (channel, form) => {
      channel.friendlyName = form.string('FriendlyName') ?? channel.friendlyName;
      channel.channelOptimizedRouting =
        form.boolean('ChannelOptimizedRouting') ?? channel.channelOptimizedRouting;
      channel.dateUpdated = domain.now();
    },
    remove: (channel) => workspaces.taskChannels.delete(channel),
    toJson: (channel) => ({
      sid: channel.sid,
      account_sid: accountSid,
      workspace_sid: channel.workspaceSid,
      friendly_name: channel.friendlyName,
      unique_name: channel.uniqueName,
      channel_optimized_routing: channel.channelOptimizedRouting,
      date_created: isoSeconds(channel.dateCreated),
      date_updated: isoSeconds(channel.dateUpdated),
      url: resourceUrl(channel, 'TaskChannels'),
      links: { workspace: workspaceUrl(channel.workspaceSid) },
    }),
  });
}
