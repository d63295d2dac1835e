/** /v1/Workspaces */
import type { FastifyInstance } from 'fastify';
import { refuseUnbuilt } from '../../core/form';
import { formOf, pageOf } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import { QUEUE_ORDERS, type Workspace } from '../model';
import type { TaskRouter } from '../domain';
import { workspaceUrl } from './addresses';
import { MAX_PAGE_SIZE, workspaceOf } from './paths';

export function workspaceRoutes(app: FastifyInstance, taskRouter: TaskRouter): void {
  const { workspaces } = taskRouter;
  const toJson = (workspace: Workspace): object => workspaceJson(workspace, taskRouter);

  app.get('/v1/Workspaces', (request) => {
    const page = pageOf(request, MAX_PAGE_SIZE);
    const name = page.query.get('FriendlyName');
    const all = workspaces.list().filter((one) => name === null || one.friendlyName === name);
    return toPage('workspaces', all, toJson, page);
  });

  app.post('/v1/Workspaces', (request, reply) => {
    const form = formOf(request);
    refuseUnbuilt(form, 'Template');
    const order = form.oneOf('PrioritizeQueueOrder', QUEUE_ORDERS);
    const workspace = workspaces.create(form.required('FriendlyName'));
    workspace.eventCallbackUrl = form.string('EventCallbackUrl') ?? '';
    workspace.eventsFilter = form.string('EventsFilter') ?? null;
    workspace.multiTaskEnabled = form.boolean('MultiTaskEnabled') ?? true;
    workspace.prioritizeQueueOrder = order ?? 'FIFO';
    reply.code(201);
    return toJson(workspace);
  });

  app.get('/v1/Workspaces/:workspaceSid', (request) => toJson(workspaceOf(taskRouter, request)));

  app.post('/v1/Workspaces/:workspaceSid', (request) => {
    const workspace = workspaceOf(taskRouter, request);
    const form = formOf(request);
    const activity = (key: string): string | undefined =>
      workspaces.checkActivity(workspace.sid, form.string(key));
    return toJson(
      Object.assign(workspace, {
        defaultActivitySid: activity('DefaultActivitySid') ?? workspace.defaultActivitySid,
        timeoutActivitySid: activity('TimeoutActivitySid') ?? workspace.timeoutActivitySid,
        friendlyName: form.string('FriendlyName') ?? workspace.friendlyName,
        eventCallbackUrl: form.string('EventCallbackUrl') ?? workspace.eventCallbackUrl,
        eventsFilter: form.string('EventsFilter') ?? workspace.eventsFilter,
        multiTaskEnabled: form.boolean('MultiTaskEnabled') ?? workspace.multiTaskEnabled,
        prioritizeQueueOrder:
          form.oneOf('PrioritizeQueueOrder', QUEUE_ORDERS) ?? workspace.prioritizeQueueOrder,
        dateUpdated: taskRouter.now(),
      }),
    );
  });

  app.delete('/v1/Workspaces/:workspaceSid', (request, reply) => {
    workspaces.delete(workspaceOf(taskRouter, request));
    return reply.code(204).send();
  });
}

function workspaceJson(workspace: Workspace, { account, workspaces }: TaskRouter): object {
  const url = workspaceUrl(workspace.sid);
  const activityName = (sid: string): string | null => workspaces.activities.get(sid)?.friendlyName ?? null;
  return {
    sid: workspace.sid,
    account_sid: account.accountSid,
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
