/** What the paths of the tunnel name. Everything is looked up in the caller's own Workspace. */
import { notFound } from '../../core/errors';
import type { Task, Worker } from '../model';
import type { TaskRouterApi } from '../rest/paths';
import type { BridgeRequest } from './request';

export const WORKSPACE = 'Workspaces/:workspaceSid';

/** 20404 unless it is the Workspace that the caller's token names. */
export function workspaceSidOf({ path, caller }: BridgeRequest): string {
  const { workspaceSid } = path;
  if (workspaceSid !== caller.workspaceSid) throw notFound(`/Workspaces/${workspaceSid}`);
  return workspaceSid;
}

export function workerOf(request: BridgeRequest, { domain }: TaskRouterApi): Worker {
  const { workerSid = '' } = request.path;
  return there(domain.workers.find(workspaceSidOf(request), workerSid), `Workers/${workerSid}`);
}

export function taskOf(request: BridgeRequest, { domain }: TaskRouterApi): Task {
  const { taskSid = '' } = request.path;
  return there(domain.tasks.find(workspaceSidOf(request), taskSid), `Tasks/${taskSid}`);
}

export function there<Resource>(resource: Resource | undefined, path: string): Resource {
  if (resource === undefined) throw notFound(`/${path}`);
  return resource;
}
