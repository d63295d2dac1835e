/** Workflows: which TaskQueue a Task goes to. */
import * as v from 'valibot';
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import { createSid } from '../core/sids';
import { Collection } from './collection';
import { parseExpression, type Attributes } from './expression';
import { DEFAULT_RESERVATION_TIMEOUT_SECONDS, MAX_RESERVATION_TIMEOUT_SECONDS } from './limits';
import type { Workflow } from './model';

export interface WorkflowChange {
  friendlyName?: string | undefined;
  configuration?: string | undefined;
  assignmentCallbackUrl?: string | undefined;
  fallbackAssignmentCallbackUrl?: string | undefined;
  taskReservationTimeoutSeconds?: number | undefined;
}

/** Only what the emulator reads. Source: docs https://www.twilio.com/docs/taskrouter/workflow-configuration */
const Target = v.object({
  queue: v.nullish(v.string()),
  priority: v.nullish(v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d+$/))])),
  expression: v.nullish(v.string()),
});
const Configuration = v.object({
  task_routing: v.object({
    filters: v.nullish(
      v.array(v.object({ expression: v.nullish(v.string()), targets: v.nullish(v.array(Target)) })),
    ),
    default_filter: v.nullish(Target),
  }),
});
type Configuration = v.InferOutput<typeof Configuration>;

/** A filter without an expression takes every Task. */
const EVERYTHING = '1==1';

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
    const { filters, default_filter: fallback } = parse(workflow.configuration).task_routing;
    const filter = filters?.find((one) => parseExpression(one.expression ?? EVERYTHING)(attributes));
    const target = filter?.targets?.[0] ?? fallback;
    if (!target?.queue) return undefined;
    return {
      taskQueueSid: target.queue,
      priority: toNumber(target.priority),
      targetExpression: target.expression ?? null,
    };
  }
}

function parse(configuration: string): Configuration {
  return JSON.parse(configuration) as Configuration;
}

/** Check all of it now. Otherwise an error would show only when a Task arrives, or when a timer offers it again. */
function checkConfiguration(configuration: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(configuration);
  } catch {
    throw invalidParameter('Configuration is not valid JSON');
  }
  const result = v.safeParse(Configuration, parsed);
  if (!result.success) throw invalidParameter(`Configuration: ${v.summarize(result.issues)}`);
  const { filters, default_filter: fallback } = result.output.task_routing;
  const targets = [
    ...(filters ?? []).flatMap((filter) => filter.targets ?? []),
    ...(fallback ? [fallback] : []),
  ];
  for (const { expression } of [...(filters ?? []), ...targets]) parseExpression(expression ?? EVERYTHING);
  return configuration;
}

function toNumber(priority: number | string | null | undefined): number | undefined {
  return priority === null || priority === undefined ? undefined : Number(priority);
}

function checkTimeout(seconds: number): number {
  if (seconds < 1 || seconds > MAX_RESERVATION_TIMEOUT_SECONDS) {
    throw invalidParameter(`TaskReservationTimeout must be 1 to ${MAX_RESERVATION_TIMEOUT_SECONDS} seconds`);
  }
  return seconds;
}
