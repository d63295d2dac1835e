/** /v1/Workspaces/{WS}/Workflows. Source: openapi taskrouter_v1 */
import type { FastifyInstance } from 'fastify';
import { refuseUnbuilt, type Form } from '../../core/form';
import { queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Workflow } from '../model';
import type { WorkflowChange } from '../workflows';
import { MAX_PAGE_SIZE, resourceUrl, workspaceOf, workspaceSidOf, type TaskRouterApi } from './paths';

export function workflowRoutes(app: FastifyInstance, api: TaskRouterApi): void {
  const { workflows } = api.domain;

  serveResources<Workflow>(app, {
    path: '/:workspaceSid/Workflows',
    sid: 'sid',
    key: 'workflows',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => {
      const query = queryOf(request);
      return workflows
        .list(workspaceOf(request, api).sid)
        .filter(({ friendlyName }) => query.admits('FriendlyName', friendlyName));
    },
    find: (sid, request) => workflows.find(workspaceSidOf(request), sid),
    create: (form, request) => {
      const { sid } = workspaceOf(request, api);
      form.required('FriendlyName');
      form.required('Configuration');
      return workflows.create(sid, changeOf(form));
    },
    update: (workflow, form) => {
      if (form.boolean('ReEvaluateTasks')) refuseUnbuilt(form, 'ReEvaluateTasks');
      workflows.update(workflow, changeOf(form));
    },
    remove: (workflow) => workflows.delete(workflow),
    toJson: (workflow) => workflowJson(workflow, api),
  });
}

function changeOf(form: Form): WorkflowChange {
  return {
    friendlyName: form.string('FriendlyName'),
    configuration: form.string('Configuration'),
    assignmentCallbackUrl: form.string('AssignmentCallbackUrl'),
    fallbackAssignmentCallbackUrl: form.string('FallbackAssignmentCallbackUrl'),
    taskReservationTimeoutSeconds: form.integer('TaskReservationTimeout'),
  };
}

function workflowJson(workflow: Workflow, { accountSid }: TaskRouterApi): object {
  const url = resourceUrl(workflow, 'Workflows');
  return {
    sid: workflow.sid,
    account_sid: accountSid,
    workspace_sid: workflow.workspaceSid,
    friendly_name: workflow.friendlyName,
    configuration: workflow.configuration,
    document_content_type: 'application/json',
    assignment_callback_url: workflow.assignmentCallbackUrl,
    fallback_assignment_callback_url: workflow.fallbackAssignmentCallbackUrl,
    task_reservation_timeout: workflow.taskReservationTimeoutSeconds,
    date_created: isoSeconds(workflow.dateCreated),
    date_updated: isoSeconds(workflow.dateUpdated),
    url,
    links: {
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
    },
  };
}
