/** What a statistic is about: a whole Workspace, or one of its TaskQueues or Workflows, on every TaskChannel or on one. */
import type { Task } from '../model';

export interface Scope {
  workspaceSid: string;
  taskQueueSid?: string | undefined;
  workflowSid?: string | undefined;
  taskChannelSid?: string | undefined;
}

export function includes(
  scope: Scope,
  one: Pick<Task, 'workspaceSid' | 'taskQueueSid' | 'workflowSid' | 'taskChannelSid'>,
): boolean {
  const { workspaceSid, taskQueueSid, workflowSid, taskChannelSid } = scope;
  return (
    one.workspaceSid === workspaceSid &&
    (taskQueueSid === undefined || one.taskQueueSid === taskQueueSid) &&
    (workflowSid === undefined || one.workflowSid === workflowSid) &&
    (taskChannelSid === undefined || one.taskChannelSid === taskChannelSid)
  );
}
