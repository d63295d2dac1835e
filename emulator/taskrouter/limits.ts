/** TaskRouter's limits and defaults. */

/** How long a Task may wait. Source: openapi taskrouter_v1 (Timeout) */
export const DEFAULT_TASK_TIMEOUT_SECONDS = 86_400;
export const MAX_TASK_TIMEOUT_SECONDS = 1_209_600;
/** Source: docs https://www.twilio.com/docs/flex/developer/conversations/faq-and-troubleshooting */
export const KEPT_AFTER_COMPLETION_MS = 10 * 60_000;
/** How long a Worker may take to answer. Source: openapi taskrouter_v1 (TaskReservationTimeout) */
export const DEFAULT_RESERVATION_TIMEOUT_SECONDS = 120;
export const MAX_RESERVATION_TIMEOUT_SECONDS = 86_400;
/** Source: openapi taskrouter_v1 (MaxReservedWorkers) */
export const MAX_RESERVED_WORKERS = 50;
/** Guess: TaskRouter gives a new Worker room for one Task on every TaskChannel. */
export const DEFAULT_CAPACITY = 1;
/** How far back statistics count. Guess. */
export const KEPT_STATISTICS_MS = 30 * 86_400_000;
/** Of cumulative statistics. Source: openapi taskrouter_v1 (Minutes) */
export const DEFAULT_STATISTICS_MINUTES = 15;
