/** What TaskRouter keeps. Dates are Dates; times that the API counts in seconds say so. */

interface Resource {
  sid: string;
  workspaceSid: string;
  dateCreated: Date;
  dateUpdated: Date;
}

export const QUEUE_ORDERS = ['FIFO', 'LIFO'] as const;
export type QueueOrder = (typeof QUEUE_ORDERS)[number];

export interface Workspace extends Omit<Resource, 'workspaceSid'> {
  friendlyName: string;
  eventCallbackUrl: string;
  /** Comma-separated event types, or null for all. */
  eventsFilter: string | null;
  multiTaskEnabled: boolean;
  prioritizeQueueOrder: QueueOrder;
  /** New Workers start in it. */
  defaultActivitySid: string;
  /** A Worker who lets a Reservation time out is moved to it. */
  timeoutActivitySid: string;
}

export interface Activity extends Resource {
  friendlyName: string;
  available: boolean;
}

export interface TaskChannel extends Resource {
  friendlyName: string;
  uniqueName: string;
  channelOptimizedRouting: boolean;
}

export interface TaskQueue extends Resource {
  friendlyName: string;
  /** An expression over Worker attributes; `1==1` matches every Worker. */
  targetWorkers: string;
  maxReservedWorkers: number;
  taskOrder: QueueOrder;
  reservationActivitySid: string | null;
  assignmentActivitySid: string | null;
}

export interface Workflow extends Resource {
  friendlyName: string;
  /** JSON as text: `{ task_routing: { filters, default_filter } }`. */
  configuration: string;
  assignmentCallbackUrl: string;
  fallbackAssignmentCallbackUrl: string;
  taskReservationTimeoutSeconds: number;
}

export interface Worker extends Resource {
  friendlyName: string;
  activitySid: string;
  /** JSON as text. */
  attributes: string;
  /** When the Activity last changed. */
  dateStatusChanged: Date;
  /** Counts changes; the ETag. */
  version: number;
}

/** How many Tasks of one TaskChannel a Worker takes at a time. */
export interface WorkerChannel extends Resource {
  workerSid: string;
  taskChannelSid: string;
  configuredCapacity: number;
  available: boolean;
}

export type TaskStatus = 'pending' | 'reserved' | 'assigned' | 'wrapping' | 'completed' | 'canceled';

export interface Task extends Resource {
  assignmentStatus: TaskStatus;
  /** JSON as text. */
  attributes: string;
  priority: number;
  reason: string | null;
  workflowSid: string | null;
  taskQueueSid: string | null;
  taskChannelSid: string;
  /** How long it may wait before a Worker accepts it. */
  timeoutSeconds: number;
  routingTarget: string | null;
  ignoreCapacity: boolean;
  taskQueueEnteredDate: Date | null;
  virtualStartTime: Date;
  /** An expression of the matching Workflow target over `task` and `worker`, or null. */
  targetExpression: string | null;
  /** Counts changes; the ETag. */
  version: number;
}

export const RESERVATION_STATUSES = [
  'pending',
  'accepted',
  'rejected',
  'timeout',
  'canceled',
  'rescinded',
  'wrapping',
  'completed',
] as const;
export type ReservationStatus = (typeof RESERVATION_STATUSES)[number];

export interface Reservation extends Resource {
  taskSid: string;
  workerSid: string;
  workerName: string;
  reservationStatus: ReservationStatus;
  /** Counts changes; the ETag. */
  version: number;
}
