/** /v1/Workspaces/{WS}/Activities. Source: openapi taskrouter_v1 */
import type { FastifyInstance } from 'fastify';
import { queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Activity } from '../model';
import {
  MAX_PAGE_SIZE,
  resourceUrl,
  workspaceOf,
  workspaceSidOf,
  workspaceUrl,
  type TaskRouterApi,
} from './paths';

export function activityRoutes(app: FastifyInstance, api: TaskRouterApi): void {
  const { domain, accountSid } = api;
  const { workspaces } = domain;
  const { activities } = workspaces;

  serveResources<Activity>(app, {
    path: '/:workspaceSid/Activities',
    sid: 'sid',
    key: 'activities',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => {
      const query = queryOf(request);
      return activities
        .list(workspaceOf(request, api).sid)
        .filter((one) => query.admits('FriendlyName', one.friendlyName))
        .filter((one) => query.admits('Available', String(one.available)));
    },
    find: (sid, request) => activities.find(workspaceSidOf(request), sid),
    create: (form, request) => {
      const { sid } = workspaceOf(request, api);
      const available = form.boolean('Available') ?? false;
      return workspaces.createActivity(sid, form.required('FriendlyName'), available);
    },
    update: (activity, form) => {
      activity.friendlyName = form.string('FriendlyName') ?? activity.friendlyName;
      activity.dateUpdated = domain.now();
    },
    remove: (activity) => activities.delete(activity),
    toJson: (activity) => ({
      sid: activity.sid,
      account_sid: accountSid,
      workspace_sid: activity.workspaceSid,
      friendly_name: activity.friendlyName,
      available: activity.available,
      date_created: isoSeconds(activity.dateCreated),
      date_updated: isoSeconds(activity.dateUpdated),
      url: resourceUrl(activity, 'Activities'),
      links: { workspace: workspaceUrl(activity.workspaceSid) },
    }),
  });
}
