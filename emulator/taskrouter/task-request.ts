/** The parameters of a new Task and its route: to a TaskQueue, by a Workflow or directly. */
import { invalidParameter } from '../core/errors';
import { parseAttributes } from './attributes';
import type { Route, Workflows } from './workflows';
import type { Workspaces } from './workspaces';

export interface TaskRequest {
  attributes?: string | undefined;
  workflowSid?: string | undefined;
  taskQueueSid?: string | undefined;
  /** SID or unique name. */
  taskChannel?: string | undefined;
  priority?: number | undefined;
  timeoutSeconds?: number | undefined;
  /** SID of a Worker, TaskQueue or Workflow. */
  routingTarget?: string | undefined;
  ignoreCapacity?: boolean | undefined;
  virtualStartTime?: Date | undefined;
}

/** No route if no filter of the Workflow matches. */
export function findRoute(
  { workspaces, workflows }: { workspaces: Workspaces; workflows: Workflows },
  workspaceSid: string,
  request: TaskRequest,
  attributes: string,
): { workflowSid: string | null; route: Route | undefined } {
  const target = request.routingTarget;
  const queueSid = request.taskQueueSid ?? (target?.startsWith('WQ') ? target : undefined);
  if (queueSid !== undefined) {
    if (!workspaces.taskQueues.find(workspaceSid, queueSid)) {
      throw invalidParameter(`TaskQueue ${queueSid} does not exist`);
    }
    const route = { taskQueueSid: queueSid, priority: undefined, targetExpression: null };
    return { workflowSid: request.workflowSid ?? null, route };
  }
  const wanted = request.workflowSid ?? (target?.startsWith('WW') ? target : undefined);
  const all = workflows.list(workspaceSid);
  // Source: openapi taskrouter_v1 (WorkflowSid is optional if there is only one)
  const workflow = wanted === undefined && all.length === 1 ? all[0] : all.find((one) => one.sid === wanted);
  if (!workflow) throw invalidParameter(`Workflow ${wanted ?? ''} does not exist`);
  return { workflowSid: workflow.sid, route: workflows.route(workflow, parseAttributes(attributes)) };
}
