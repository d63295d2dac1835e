/** /v1/Workspaces/{WS}/Activities and .../TaskChannels */
import type { FastifyInstance } from 'fastify';
import { formOf, found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { Activity, TaskChannel } from '../model';
import type { TaskRouter } from '../domain';
import { resourceUrl, workspaceUrl } from './addresses';
import { MAX_PAGE_SIZE, workspaceOf } from './paths';

export function activityRoutes(app: FastifyInstance, taskRouter: TaskRouter): void {
  const { activities } = taskRouter.workspaces;
  const list = '/v1/Workspaces/:workspaceSid/Activities';

  const toJson = (activity: Activity): object => ({
    sid: activity.sid,
    account_sid: taskRouter.account.accountSid,
    workspace_sid: activity.workspaceSid,
    friendly_name: activity.friendlyName,
    available: activity.available,
    date_created: isoSeconds(activity.dateCreated),
    date_updated: isoSeconds(activity.dateUpdated),
    url: resourceUrl(activity, 'Activities'),
    links: { workspace: workspaceUrl(activity.workspaceSid) },
  });

  app.get(list, (request) => {
    const page = pageOf(request, MAX_PAGE_SIZE);
    const [name, available] = [page.query.get('FriendlyName'), page.query.get('Available')];
    const all = activities
      .list(workspaceOf(taskRouter, request).sid)
      .filter((one) => name === null || one.friendlyName === name)
      .filter((one) => available === null || String(one.available) === available);
    return toPage('activities', all, toJson, page);
  });

  app.post(list, (request, reply) => {
    const workspace = workspaceOf(taskRouter, request);
    const form = formOf(request);
    const available = form.boolean('Available') ?? false;
    reply.code(201);
    return toJson(
      taskRouter.workspaces.createActivity(workspace.sid, form.required('FriendlyName'), available),
    );
  });

  app.get(`${list}/:sid`, (request) =>
    toJson(found(activities.find(param(request, 'workspaceSid'), param(request, 'sid')), request)),
  );

  app.post(`${list}/:sid`, (request) => {
    const activity = found(activities.find(param(request, 'workspaceSid'), param(request, 'sid')), request);
    activity.friendlyName = formOf(request).string('FriendlyName') ?? activity.friendlyName;
    activity.dateUpdated = taskRouter.now();
    return toJson(activity);
  });

  app.delete(`${list}/:sid`, (request, reply) => {
    activities.delete(found(activities.find(param(request, 'workspaceSid'), param(request, 'sid')), request));
    return reply.code(204).send();
  });
}

export function taskChannelRoutes(app: FastifyInstance, taskRouter: TaskRouter): void {
  const { workspaces } = taskRouter;
  const list = '/v1/Workspaces/:workspaceSid/TaskChannels';

  const toJson = (channel: TaskChannel): object => ({
    sid: channel.sid,
    account_sid: taskRouter.account.accountSid,
    workspace_sid: channel.workspaceSid,
    friendly_name: channel.friendlyName,
    unique_name: channel.uniqueName,
    channel_optimized_routing: channel.channelOptimizedRouting,
    date_created: isoSeconds(channel.dateCreated),
    date_updated: isoSeconds(channel.dateUpdated),
    url: resourceUrl(channel, 'TaskChannels'),
    links: { workspace: workspaceUrl(channel.workspaceSid) },
  });
  const find = (request: Parameters<typeof param>[0]): TaskChannel =>
    found(workspaces.findTaskChannel(param(request, 'workspaceSid'), param(request, 'sid')), request);

  app.get(list, (request) => {
    const all = workspaces.taskChannels.list(workspaceOf(taskRouter, request).sid);
    return toPage('channels', all, toJson, pageOf(request, MAX_PAGE_SIZE));
  });

  app.post(list, (request, reply) => {
    const workspace = workspaceOf(taskRouter, request);
    const form = formOf(request);
    const channel = workspaces.createTaskChannel(
      workspace.sid,
      form.required('FriendlyName'),
      form.required('UniqueName'),
    );
    channel.channelOptimizedRouting = form.boolean('ChannelOptimizedRouting') ?? false;
    reply.code(201);
    return toJson(channel);
  });

  app.get(`${list}/:sid`, (request) => toJson(find(request)));

  app.post(`${list}/:sid`, (request) => {
    const form = formOf(request);
    const channel = find(request);
    channel.friendlyName = form.string('FriendlyName') ?? channel.friendlyName;
    channel.channelOptimizedRouting =
      form.boolean('ChannelOptimizedRouting') ?? channel.channelOptimizedRouting;
    channel.dateUpdated = taskRouter.now();
    return toJson(channel);
  });

  app.delete(`${list}/:sid`, (request, reply) => {
    workspaces.taskChannels.delete(find(request));
    return reply.code(204).send();
  });
}
