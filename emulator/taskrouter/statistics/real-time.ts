/** Real-time statistics: what is the case now. Ages are in seconds. */
import type { Activity, Task, Worker } from '../model';

/** Source: openapi taskrouter_v1 (examples of tasks_by_status) */
const OPEN = ['reserved', 'pending', 'assigned', 'wrapping'] as const;

interface Waiting {
  age: number;
  sid: string | null;
}

/** @param tasks of the statistic's scope */
export function taskCounts(tasks: readonly Task[], now: Date): object {
  const open = tasks.filter(({ assignmentStatus }) => OPEN.some((status) => status === assignmentStatus));
  const byPriority: Record<string, number> = {};
  for (const { priority } of open) byPriority[priority] = (byPriority[priority] ?? 0) + 1;
  const longest = longestWaiting(open, now, ({ dateCreated }) => dateCreated);
  return {
    longest_task_waiting_age: longest.age,
    longest_task_waiting_sid: longest.sid,
    tasks_by_priority: byPriority,
    tasks_by_status: Object.fromEntries(
      OPEN.map((status) => [status, open.filter((task) => task.assignmentStatus === status).length]),
    ),
    // Guess: without completed and canceled Tasks, as tasks_by_status.
    total_tasks: open.length,
  };
}

/** Guess: a Task waits until a Worker accepts it, so a reserved one waits, too. */
export function longestWaiting(
  tasks: readonly Task[],
  now: Date,
  sinceOf: (task: Task) => Date | null,
): Waiting {
  let longest: Waiting = { age: 0, sid: null };
  for (const task of tasks) {
    const since = sinceOf(task);
    if (since === null || !['pending', 'reserved'].includes(task.assignmentStatus)) continue;
    const age = Math.floor((now.getTime() - since.getTime()) / 1000);
    if (longest.sid === null || age > longest.age) longest = { age, sid: task.sid };
  }
  return longest;
}

export function activityCounts(workers: readonly Worker[], activities: readonly Activity[]): object[] {
  return activities.map(({ sid, friendlyName }) => ({
    sid,
    friendly_name: friendlyName,
    workers: workers.filter(({ activitySid }) => activitySid === sid).length,
  }));
}
