/** The agents, their Activities, and the targets of a transfer. */
import type { Account } from '../../core/account';
import type { TaskRouter } from '../../taskrouter/domain';
import type { Worker } from '../../taskrouter/model';
import { parseAttributes } from '../../taskrouter/attributes';

/** As Flex shows a Worker. Source: docs https://www.twilio.com/docs/flex/developer/config/flex-user-attributes (full_name) */
function nameOfWorker({ attributes, friendlyName }: Worker): string {
  const { full_name: fullName } = parseAttributes(attributes);
  return typeof fullName === 'string' && fullName !== '' ? fullName : friendlyName;
}

/** A Worker or a TaskQueue, by its SID. */
export function nameOfTarget(taskrouter: TaskRouter, sid: string): string {
  const worker = taskrouter.workers.get(sid);
  return worker ? nameOfWorker(worker) : (taskrouter.workspaces.taskQueues.get(sid)?.friendlyName ?? sid);
}

export function rosterJson({ workspaceSid, workers: embedded }: Account, taskrouter: TaskRouter): object {
  const { workspaces, workers } = taskrouter;
  return {
    activities: workspaces.activities
      .list(workspaceSid)
      .map(({ sid, friendlyName, available }) => ({ sid, name: friendlyName, available })),
    agents: workers.list(workspaceSid).map((worker) => ({
      workerSid: worker.sid,
      /** What `?agent=` takes; null for Workers who came later and have no login here. */
      login: embedded.find(({ sid }) => sid === worker.sid)?.name.split('@')[0] ?? null,
      name: nameOfWorker(worker),
      activitySid: worker.activitySid,
    })),
    queues: workspaces.taskQueues
      .list(workspaceSid)
      .map(({ sid, friendlyName }) => ({ sid, name: friendlyName })),
  };
}
