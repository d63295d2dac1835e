/** Tasks, as the agent who has them reserved works on them. Source: sdk twilio-taskrouter (Routes) */
import { checkIfMatch } from '../../../core/resources';
import type { TaskRouterApi } from '../../rest/paths';
import { updateTask } from '../../rest/tasks';
import { taskJson } from '../json';
import { taskOf, workspaceSidOf, WORKSPACE } from '../paths';
import type { BridgeRoute } from '../request';

const TASK = `${WORKSPACE}/Tasks/:taskSid`;

export function taskRoutes(api: TaskRouterApi): BridgeRoute[] {
  const { domain } = api;
  return [
    {
      method: 'POST',
      path: `${WORKSPACE}/Tasks`,
      handle(request) {
        const { form } = request;
        const task = domain.createTask(workspaceSidOf(request), {
          attributes: form.string('Attributes'),
          workflowSid: form.string('WorkflowSid'),
          taskQueueSid: form.string('TaskQueueSid'),
          routingTarget: form.string('RoutingTarget'),
          taskChannel: form.string('TaskChannelUniqueName') ?? form.string('TaskChannelSid'),
          virtualStartTime: form.date('VirtualStartTime'),
        });
        return taskJson(task, api);
      },
    },
    { method: 'GET', path: TASK, handle: (request) => taskJson(taskOf(request, api), api) },
    {
      method: 'POST',
      path: TASK,
      handle(request) {
        const task = taskOf(request, api);
        checkIfMatch(request.ifMatch, task.version);
        updateTask(api, task, request.form);
        return taskJson(task, api);
      },
    },
  ];
}
