/** .../RealTimeStatistics and .../CumulativeStatistics of Workspaces, TaskQueues, Workflows and Workers. Source: openapi taskrouter_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalidParameter } from '../../core/errors';
import type { Form } from '../../core/form';
import { found, param, queryOf } from '../../core/http-api';
import { isoSeconds } from '../../core/wire';
import { isMember } from '../assignment';
import { parseAttributes } from '../attributes';
import { DEFAULT_STATISTICS_MINUTES } from '../limits';
import type { Worker } from '../model';
import {
  activityDurations,
  countOf,
  factsIn,
  reservationCounts,
  taskStatistics,
  waitsInQueue,
  type Interval,
} from '../statistics/cumulative';
import { activityCounts, longestWaiting, taskCounts } from '../statistics/real-time';
import { includes, type Scope } from '../statistics/scope';
import { workspaceOf, workspaceUrl, type TaskRouterApi } from './paths';

type Answer = (request: FastifyRequest) => object;

export function statisticsRoutes(app: FastifyInstance, api: TaskRouterApi): void {
  const routes: Record<string, { realTime: Answer; cumulative: Answer }> = {
    '/:workspaceSid': workspaceStatistics(api),
    '/:workspaceSid/TaskQueues/:taskQueueSid': taskQueueStatistics(api),
    '/:workspaceSid/Workflows/:workflowSid': workflowStatistics(api),
    '/:workspaceSid/Workers': workersStatistics(api),
  };
  for (const [path, { realTime, cumulative }] of Object.entries(routes)) {
    app.get(`${path}/RealTimeStatistics`, realTime);
    app.get(`${path}/CumulativeStatistics`, cumulative);
  }
}

function workspaceStatistics(api: TaskRouterApi) {
  const { workers, workspaces } = api.domain;
  return {
    realTime(request: FastifyRequest) {
      const { sid } = workspaceOf(request, api);
      const present = workers.list(sid);
      return {
        ...headOf(request, api),
        ...taskCounts(tasksOf(request, api), api.domain.now()),
        activity_statistics: activityCounts(present, workspaces.activities.list(sid)),
        total_workers: present.length,
      };
    },
    cumulative(request: FastifyRequest) {
      workspaceOf(request, api);
      const facts = factsOf(request, api);
      return {
        ...intervalHeadOf(request, api),
        ...taskStatistics(facts, thresholdsOf(queryOf(request))),
        tasks_created: countOf(facts, 'tasks_created'),
        tasks_timed_out_in_workflow: countOf(facts, 'tasks_timed_out_in_workflow'),
      };
    },
  };
}

function taskQueueStatistics(api: TaskRouterApi) {
  const { workers, workspaces } = api.domain;
  const queueOf = (request: FastifyRequest) => {
    const { sid } = workspaceOf(request, api);
    return found(workspaces.taskQueues.find(sid, param(request, 'taskQueueSid')), request);
  };
  return {
    realTime(request: FastifyRequest) {
      const queue = queueOf(request);
      const eligible = workers
        .list(queue.workspaceSid)
        .filter((worker) => isMember(queue, parseAttributes(worker.attributes)));
      const tasks = tasksOf(request, api);
      const now = api.domain.now();
      const relative = longestWaiting(tasks, now, ({ taskQueueEnteredDate }) => taskQueueEnteredDate);
      return {
        ...headOf(request, api),
        task_queue_sid: queue.sid,
        ...taskCounts(tasks, now),
        longest_relative_task_age_in_queue: relative.age,
        longest_relative_task_sid_in_queue: relative.sid,
        // Guess: of the Workers who are eligible.
        activity_statistics: activityCounts(eligible, workspaces.activities.list(queue.workspaceSid)),
        total_available_workers: eligible.filter((worker) => workers.isAvailable(worker)).length,
        total_eligible_workers: eligible.length,
      };
    },
    cumulative(request: FastifyRequest) {
      const queue = queueOf(request);
      const facts = factsOf(request, api);
      return {
        ...intervalHeadOf(request, api),
        task_queue_sid: queue.sid,
        ...taskStatistics(facts, thresholdsOf(queryOf(request))),
        tasks_entered: countOf(facts, 'tasks_created'),
        wait_duration_in_queue_until_accepted: waitsInQueue(facts),
      };
    },
  };
}

function workflowStatistics(api: TaskRouterApi) {
  const workflowOf = (request: FastifyRequest) => {
    const { sid } = workspaceOf(request, api);
    return found(api.domain.workflows.find(sid, param(request, 'workflowSid')), request);
  };
  return {
    realTime: (request: FastifyRequest) => ({
      ...headOf(request, api),
      workflow_sid: workflowOf(request).sid,
      ...taskCounts(tasksOf(request, api), api.domain.now()),
    }),
    cumulative(request: FastifyRequest) {
      const workflow = workflowOf(request);
      const facts = factsOf(request, api);
      return {
        ...intervalHeadOf(request, api),
        workflow_sid: workflow.sid,
        ...taskStatistics(facts, thresholdsOf(queryOf(request))),
        tasks_entered: countOf(facts, 'tasks_created'),
        tasks_timed_out_in_workflow: countOf(facts, 'tasks_timed_out_in_workflow'),
      };
    },
  };
}

function workersStatistics(api: TaskRouterApi) {
  const { history, workers, workspaces } = api.domain;
  return {
    realTime(request: FastifyRequest) {
      const present = workersOf(request);
      const activities = workspaces.activities.list(workspaceOf(request, api).sid);
      return {
        ...headOf(request, api),
        activity_statistics: activityCounts(present, activities),
        total_workers: present.length,
      };
    },
    cumulative(request: FastifyRequest) {
      const activities = workspaces.activities.list(workspaceOf(request, api).sid);
      const durations = activityDurations(history, workersOf(request), activities, intervalOf(request, api));
      return {
        ...intervalHeadOf(request, api),
        activity_durations: durations,
        ...reservationCounts(factsOf(request, api)),
      };
    },
  };

  function workersOf(request: FastifyRequest): Worker[] {
    return workers.list(workspaceOf(request, api).sid);
  }
}

function headOf(request: FastifyRequest, { accountSid }: TaskRouterApi) {
  const { workspaceSid } = request.params as { workspaceSid: string };
  const path = request.url.split('?')[0]!.split(`/${workspaceSid}`)[1];
  return { account_sid: accountSid, workspace_sid: workspaceSid, url: workspaceUrl(workspaceSid) + path };
}

function intervalHeadOf(request: FastifyRequest, api: TaskRouterApi): object {
  const { start, end } = intervalOf(request, api);
  return { ...headOf(request, api), start_time: isoSeconds(start), end_time: isoSeconds(end) };
}

function tasksOf(request: FastifyRequest, api: TaskRouterApi) {
  const scope = scopeOf(request, api);
  return api.domain.tasks.list(scope.workspaceSid).filter((task) => includes(scope, task));
}

function factsOf(request: FastifyRequest, api: TaskRouterApi) {
  return factsIn(api.domain.history, scopeOf(request, api), intervalOf(request, api));
}

/** Guess: a TaskChannel that does not exist has no Tasks. */
function scopeOf(request: FastifyRequest, { domain }: TaskRouterApi): Scope {
  const { workspaceSid, taskQueueSid, workflowSid } = request.params as Record<string, string>;
  const wanted = queryOf(request).string('TaskChannel');
  const channel = wanted && (domain.workspaces.findTaskChannel(workspaceSid!, wanted)?.sid ?? wanted);
  return { workspaceSid: workspaceSid!, taskQueueSid, workflowSid, taskChannelSid: channel || undefined };
}

function intervalOf(request: FastifyRequest, { domain }: TaskRouterApi): Interval {
  const query = queryOf(request);
  const minutes = query.integer('Minutes') ?? DEFAULT_STATISTICS_MINUTES;
  const end = query.date('EndDate') ?? domain.now();
  const start = query.date('StartDate') ?? new Date(end.getTime() - minutes * 60_000);
  // Guess: also the texts.
  if (minutes < 1) throw invalidParameter('Minutes must be 1 or more');
  if (start > end) throw invalidParameter('StartDate must be before EndDate');
  return { start, end };
}

/** `5,30`: seconds. */
function thresholdsOf(query: Form): number[] {
  const list = query.string('SplitByWaitTime');
  if (!list) return [];
  const thresholds = list.split(',').map((one) => one.trim());
  if (!thresholds.every((one) => /^\d{1,9}$/.test(one))) {
    throw invalidParameter('SplitByWaitTime must be seconds, separated by commas');
  }
  return thresholds.map(Number);
}
