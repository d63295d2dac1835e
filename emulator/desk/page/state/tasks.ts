/** Tasks and agents, as the desk shows them. Plain data and pure questions. */

export interface DeskTask {
  taskSid: string;
  reservationSid: string;
  reservationStatus: 'pending' | 'accepted' | 'wrapping';
  /** ISO 8601. */
  dateCreated: string;
  attributes: Record<string, unknown>;
  queueName: string | null;
  participantSid: string | null;
  /** The one that waits for its answer. */
  transfer: { sid: string; toName: string } | null;
}

export interface FinishedTask {
  id: number;
  taskSid: string;
  status: 'completed' | 'canceled' | 'rejected' | 'timeout' | 'rescinded';
  reason: string | null;
  attributes: Record<string, unknown>;
  /** ISO 8601. */
  at: string;
}

interface Activity {
  sid: string;
  name: string;
  available: boolean;
}

interface Agent {
  workerSid: string;
  /** What `?agent=` takes. */
  login: string | null;
  name: string;
  activitySid: string;
}

interface Queue {
  sid: string;
  name: string;
}

/** What `GET /emulator/desk/overview` answers. */
export interface Overview {
  /** The emulator's time, ISO 8601. */
  now: string;
  activitySid: string;
  activities: readonly Activity[];
  agents: readonly Agent[];
  queues: readonly Queue[];
  tasks: readonly DeskTask[];
  /** Newest first. */
  finished: readonly FinishedTask[];
  /** Authors' names, by identity. */
  names: Readonly<Record<string, string>>;
}

export const NOTHING_YET: Overview = {
  now: new Date(0).toISOString(),
  activitySid: '',
  activities: [],
  agents: [],
  queues: [],
  tasks: [],
  finished: [],
  names: {},
};

type WithAttributes = Pick<DeskTask, 'attributes'>;

export function conversationSidOf({ attributes }: WithAttributes): string | null {
  const { conversationSid } = attributes;
  return typeof conversationSid === 'string' ? conversationSid : null;
}

export function customerNameOf({ attributes }: WithAttributes): string {
  const { customerName, name, from } = attributes;
  return (
    [customerName, name, from].find((one): one is string => typeof one === 'string' && one !== '') ??
    'Customer'
  );
}

const OUTCOMES: Record<FinishedTask['status'], string> = {
  completed: 'Completed',
  canceled: 'Canceled',
  rejected: 'Rejected',
  timeout: 'Timed out',
  rescinded: 'Taken by another agent',
};

/** How it ended, with the reason if one is given. */
export function outcomeOf({ status, reason }: FinishedTask): string {
  return reason ? `${OUTCOMES[status]}: ${reason}` : OUTCOMES[status];
}

/** By any text in it: a name, a SID, a word of its attributes. */
export function matches(task: WithAttributes & { taskSid: string }, wanted: string): boolean {
  return `${task.taskSid} ${JSON.stringify(task)}`.toLowerCase().includes(wanted.trim().toLowerCase());
}
