/** The data of TaskRouter's routes, the resources that their paths name, and the `url` and `links` of each. */
import type { FastifyRequest } from 'fastify';
import { found, param } from '../../core/http-api';
import type { TaskRouter } from '../domain';
import type { Task, Worker, Workspace } from '../model';

export interface TaskRouterApi {
  domain: TaskRouter;
  accountSid: string;
}

/** Source: openapi taskrouter_v1 (PageSize) */
export const MAX_PAGE_SIZE = 1000;

const WORKSPACES_URL = 'https://taskrouter.twilio.com/v1/Workspaces';

export function workspaceOf(request: FastifyRequest, { domain }: TaskRouterApi): Workspace {
  return found(domain.workspaces.find(workspaceSidOf(request)), request);
}

export function taskOf(request: FastifyRequest, { domain }: TaskRouterApi): Task {
  return found(domain.tasks.find(workspaceSidOf(request), param(request, 'taskSid')), request);
}

export function workerOf(request: FastifyRequest, { domain }: TaskRouterApi): Worker {
  return found(domain.workers.find(workspaceSidOf(request), param(request, 'workerSid')), request);
}

/** From the path, whether the Workspace exists or not. */
export function workspaceSidOf(request: FastifyRequest): string {
  return param(request, 'workspaceSid');
}

export function workspaceUrl(workspaceSid: string): string {
  return `${WORKSPACES_URL}/${workspaceSid}`;
}

export function resourceUrl(
  { workspaceSid, sid }: { workspaceSid: string; sid: string },
  list: string,
): string {
  return `${workspaceUrl(workspaceSid)}/${list}/${sid}`;
}
