/** /v1/Workspaces. Source: openapi taskrouter_v1 */
import type { FastifyInstance } from 'fastify';
import { refuseUnbuilt } from '../../core/form';
import { queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import { QUEUE_ORDERS, type Workspace } from '../model';
import { MAX_PAGE_SIZE, workspaceUrl, type TaskRouterApi } from './paths';

export function workspaceRoutes(app: FastifyInstance, api: TaskRouterApi): void {
  const { domain } = api;
  const { workspaces } = domain;

  serveResources<Workspace>(app, {
    path: '',
    sid: 'workspaceSid',
    key: 'workspaces',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => {
      const query = queryOf(request);
      return workspaces.list().filter(({ friendlyName }) => query.admits('FriendlyName', friendlyName));
    },
    find: (sid) => workspaces.find(sid),
    create: (form) => {
      refuseUnbuilt(form, 'Template');
      const order = form.oneOf('PrioritizeQueueOrder', QUEUE_ORDERS);
      const workspace = workspaces.create(form.required('FriendlyName'));
      workspace.eventCallbackUrl = form.string('EventCallbackUrl') ?? '';
      workspace.eventsFilter = form.string('EventsFilter') ?? null;
      workspace.multiTaskEnabled = form.boolean('MultiTaskEnabled') ?? true;
      workspace.prioritizeQueueOrder = order ?? 'FIFO';
      return workspace;
    },
    update: (workspace, form) => {
      const activity = (key: string): string | undefined =>
        workspaces.checkActivity(workspace.sid, form.string(key));
      Object.assign(workspace, {
        defaultActivitySid: activity('DefaultActivitySid') ?? workspace.defaultActivitySid,
        timeoutActivitySid: activity('TimeoutActivitySid') ?? workspace.timeoutActivitySid,
        friendlyName: form.string('FriendlyName') ?? workspace.friendlyName,
        eventCallbackUrl: form.string('EventCallbackUrl') ?? workspace.eventCallbackUrl,
        eventsFilter: form.string('EventsFilter') ?? workspace.eventsFilter,
        multiTaskEnabled: form.boolean('MultiTaskEnabled') ?? workspace.multiTaskEnabled,
        prioritizeQueueOrder:
          form.oneOf('PrioritizeQueueOrder', QUEUE_ORDERS) ?? workspace.prioritizeQueueOrder,
        dateUpdated: domain.now(),
      });
    },
    remove: (workspace) => workspaces.delete(workspace),
    toJson: (workspace) => workspaceJson(workspace, api),
  });
}

function workspaceJson(workspace: Workspace, { domain, accountSid }: TaskRouterApi): object {
  const url = workspaceUrl(workspace.sid);
  const activityName = (sid: string): string | null =>
    domain.workspaces.activities.get(sid)?.friendlyName ?? null;
  return {
    sid: workspace.sid,
    account_sid: accountSid,
    friendly_name: workspace.friendlyName,
    date_created: isoSeconds(workspace.dateCreated),
    date_updated: isoSeconds(workspace.dateUpdated),
    default_activity_name: activityName(workspace.defaultActivitySid),
    default_activity_sid: workspace.defaultActivitySid,
    timeout_activity_name: activityName(workspace.timeoutActivitySid),
    timeout_activity_sid: workspace.timeoutActivitySid,
    event_callback_url: workspace.eventCallbackUrl,
    events_filter: workspace.eventsFilter,
    multi_task_enabled: workspace.multiTaskEnabled,
    prioritize_queue_order: workspace.prioritizeQueueOrder,
    url,
    links: {
      activities: `${url}/Activities`,
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
      task_queues: `${url}/TaskQueues`,
      tasks: `${url}/Tasks`,
      workers: `${url}/Workers`,
      workflows: `${url}/Workflows`,
      task_channels: `${url}/TaskChannels`,
      events: `${url}/Events`,
    },
  };
}
