/** Whether agents are available, and how long visitors wait. */
import type { TwilioCalls } from '../twilio/client.private';
import { SharedAnswer } from '../twilio/shared-answer.private';

/** Left messages are not waiting chats. Source: docs https://www.twilio.com/docs/taskrouter/api/task-channel (default channels) */
const TASK_CHANNEL = 'chat';
/** The coarse waiting times, in minutes. */
const STEPS_MINUTES = [1, 2, 5, 10, 15, 30, 60];

export interface Staffing {
  agentsAvailable: boolean;
  /** 0: no visitor waits. Otherwise one of a few steps; the last one means "or longer". Missing without agents. */
  waitMinutes?: number;
}

const statistics = new SharedAnswer(fetchStaffing);

/** Needs TASKROUTER_TASK_QUEUE_SID. Undefined if Twilio does not answer in time. */
export async function staffingOf(twilio: TwilioCalls): Promise<Staffing | undefined> {
  return statistics.get(twilio);
}

async function fetchStaffing({ client, config }: TwilioCalls): Promise<Staffing> {
  const { taskQueues } = client.taskrouter.v1.workspaces(config.TASKROUTER_WORKSPACE_SID);
  const queue = await taskQueues(config.TASKROUTER_TASK_QUEUE_SID!)
    .realTimeStatistics()
    .fetch({ taskChannel: TASK_CHANNEL });
  if (queue.totalAvailableWorkers === 0) return { agentsAvailable: false };
  const waitMinutes = isAnyWaiting(queue.tasksByStatus) ? toStep(queue.longestTaskWaitingAge / 60) : 0;
  return { agentsAvailable: true, waitMinutes };
}

/** Twilio's description shows the numbers as texts, its example as numbers. Source: openapi taskrouter_v1 */
function isAnyWaiting(tasksByStatus: unknown): boolean {
  const { pending = 0, reserved = 0 } = (tasksByStatus ?? {}) as { pending?: unknown; reserved?: unknown };
  return Number(pending) + Number(reserved) > 0;
}

/**
 * The age of the Task at the head of the line estimates the wait of the next visitor. Source: docs
 * https://doi.org/10.1287/msom.1080.0233 (Ibrahim, Whitt: Real-Time Delay Estimation Based on Delay History)
 */
function toStep(minutes: number): number {
  return STEPS_MINUTES.find((step) => minutes <= step) ?? STEPS_MINUTES.at(-1)!;
}
