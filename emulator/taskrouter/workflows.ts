/** Workflows: which TaskQueue a Task goes to. */
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid } from '../core/sids';
import { Collection } from './collection';
import { parseExpression, type Attributes } from './expression';
import type { Workflow } from './model';

/** Source: openapi taskrouter_v1 (TaskReservationTimeout) */
const DEFAULT_RESERVATION_TIMEOUT_SECONDS = 120;
const MAX_RESERVATION_TIMEOUT_SECONDS = 86_400;

export interface WorkflowChange {
  friendlyName?: string | undefined;
  configuration?: string | undefined;
  assignmentCallbackUrl?: string | undefined;
  fallbackAssignmentCallbackUrl?: string | undefined;
  taskReservationTimeoutSeconds?: number | undefined;
}

interface Target {
  queue?: string;
  priority?: number | string;
  expression?: string;
}

interface Configuration {
  task_routing: {
    filters?: { expression?: string; targets?: Target[] }[];
    default_filter?: Target;
  };
}

export interface Route {
  taskQueueSid: string;
  priority: number | undefined;
  targetExpression: string | null;
}

export class Workflows extends Collection<Workflow> {
  constructor(private readonly clock: Clock) {
    super();
  }

  create(workspaceSid: string, wanted: WorkflowChange, sid = createSid('WW')): Workflow {
    const now = this.clock.date();
    return this.add({
      sid,
      workspaceSid,
      friendlyName: wanted.friendlyName ?? '',
      configuration: checkConfiguration(wanted.configuration ?? ''),
      assignmentCallbackUrl: wanted.assignmentCallbackUrl ?? '',
      fallbackAssignmentCallbackUrl: wanted.fallbackAssignmentCallbackUrl ?? '',
      taskReservationTimeoutSeconds: checkTimeout(
        wanted.taskReservationTimeoutSeconds ?? DEFAULT_RESERVATION_TIMEOUT_SECONDS,
      ),
      dateCreated: now,
      dateUpdated: now,
    });
  }

  update(workflow: Workflow, change: WorkflowChange): Workflow {
    const configuration = checkConfiguration(change.configuration ?? workflow.configuration);
    const taskReservationTimeoutSeconds = checkTimeout(
      change.taskReservationTimeoutSeconds ?? workflow.taskReservationTimeoutSeconds,
    );
    return Object.assign(workflow, {
      configuration,
      taskReservationTimeoutSeconds,
      friendlyName: change.friendlyName ?? workflow.friendlyName,
      assignmentCallbackUrl: change.assignmentCallbackUrl ?? workflow.assignmentCallbackUrl,
      fallbackAssignmentCallbackUrl:
        change.fallbackAssignmentCallbackUrl ?? workflow.fallbackAssignmentCallbackUrl,
      dateUpdated: this.clock.date(),
    });
  }

  /**
   * Where a Task with these attributes goes; undefined if no filter takes it.
   * Differs: of a filter's targets only the first counts; there is no escalation to the next after its timeout.
   */
  route(workflow: Workflow, attributes: Attributes): Route | undefined {
    const { filters = [], default_filter: fallback } = parse(workflow.configuration).task_routing;
    const filter = filters.find((one) => parseExpression(one.expression ?? '1==1')(attributes));
    const target = filter?.targets?.[0] ?? fallback;
    if (!target?.queue) return undefined;
    return {
      taskQueueSid: target.queue,
      priority: target.priority === undefined ? undefined : Number(target.priority),
      targetExpression: target.expression ?? null,
    };
  }
}

function parse(configuration: string): Configuration {
  return JSON.parse(configuration) as Configuration;
}

function checkConfiguration(configuration: string): string {
  let parsed: Configuration | null;
  try {
    parsed = parse(configuration);
  } catch {
    throw invalidParameter('Configuration is not valid JSON');
  }
  if (typeof parsed?.task_routing !== 'object' || parsed.task_routing === null) {
    throw invalidParameter('Configuration lacks task_routing');
  }
  for (const filter of parsed.task_routing.filters ?? []) parseExpression(filter.expression ?? '1==1');
  return configuration;
}

function checkTimeout(seconds: number): number {
  if (seconds < 1 || seconds > MAX_RESERVATION_TIMEOUT_SECONDS) {
    throw invalidParameter(`TaskReservationTimeout must be 1 to ${MAX_RESERVATION_TIMEOUT_SECONDS} seconds`);
  }
  return seconds;
}
