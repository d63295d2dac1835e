/** Further resources of a Workspace: Activities, and TaskQueues as transfer targets. Source: sdk twilio-taskrouter (Routes) */
import { isMember } from '../../assignment';
import { parseAttributes } from '../../attributes';
import type { TaskRouterApi } from '../../rest/paths';
import { activityJson, taskQueueJson } from '../json';
import { toBridgePage } from '../page';
import { there, workspaceSidOf, WORKSPACE } from '../paths';
import type { BridgeRoute } from '../request';

export function listRoutes(api: TaskRouterApi): BridgeRoute[] {
  const { workspaces, workers } = api.domain;
  return [
    {
      method: 'GET',
      path: `${WORKSPACE}/Activities`,
      handle: (request) =>
        toBridgePage(workspaces.activities.list(workspaceSidOf(request)), request.form, (activity) =>
          activityJson(activity, api),
        ),
    },
    {
      method: 'GET',
      path: `${WORKSPACE}/TaskQueues`,
      handle(request) {
        const { form } = request;
        const [name, workerSid] = [form.string('FriendlyName'), form.string('WorkerSid')];
        const worker = workerSid === undefined ? undefined : workers.get(workerSid);
        const all = workspaces.taskQueues
          .list(workspaceSidOf(request))
          .filter((queue) => name === undefined || queue.friendlyName === name)
          .filter((queue) => !worker || isMember(queue, parseAttributes(worker.attributes)));
        if (form.has('Ordering')) all.sort((a, b) => a.dateUpdated.getTime() - b.dateUpdated.getTime());
        const isDescending = form.string('Ordering') === 'DateUpdated:desc';
        return toBridgePage(isDescending ? all.reverse() : all, form, (queue) => taskQueueJson(queue, api));
      },
    },
    {
      method: 'GET',
      path: `${WORKSPACE}/TaskQueues/:taskQueueSid`,
      handle(request) {
        const { taskQueueSid = '' } = request.path;
        const queue = workspaces.taskQueues.find(workspaceSidOf(request), taskQueueSid);
        return taskQueueJson(there(queue, `TaskQueues/${taskQueueSid}`), api);
      },
    },
  ];
}
