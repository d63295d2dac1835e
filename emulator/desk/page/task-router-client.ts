/** TaskRouter's REST API, as any back end would use it. Flex itself does the same over TaskRouter's own SDK. */
import type { DeskTask } from './desk-state';

export interface DeskSession {
  token: string;
  identity: string;
  /** What the customer sees. */
  name: string;
  clientOptions: Record<string, unknown>;
  workspaceSid: string;
  workerSid: string;
  accountSid: string;
  authToken: string;
}

export async function fetchSession(): Promise<DeskSession> {
  const response = await fetch('/emulator/desk/token');
  if (!response.ok) throw new Error(`The emulator answered ${response.status}`);
  return (await response.json()) as DeskSession;
}

interface ReservationJson {
  sid: string;
  task_sid: string;
  reservation_status: string;
}

interface TaskJson {
  sid: string;
  attributes: string;
  date_created: string;
}

const OURS = ['pending', 'accepted', 'wrapping'];

export class TaskRouterClient {
  constructor(private readonly session: DeskSession) {}

  /** What is offered to this Worker and what they are working on, oldest first. */
  async tasks(): Promise<DeskTask[]> {
    const { reservations } = await this.request<{ reservations: ReservationJson[] }>(
      `/Workers/${this.session.workerSid}/Reservations?PageSize=100`,
    );
    const ours = reservations.filter(({ reservation_status: status }) => OURS.includes(status));
    const tasks = await Promise.all(
      ours.map(async (reservation): Promise<DeskTask> => {
        const task = await this.request<TaskJson>(`/Tasks/${reservation.task_sid}`);
        return {
          taskSid: task.sid,
          reservationSid: reservation.sid,
          reservationStatus: reservation.reservation_status as DeskTask['reservationStatus'],
          dateCreated: task.date_created,
          attributes: JSON.parse(task.attributes) as Record<string, unknown>,
        };
      }),
    );
    return tasks.sort((a, b) => a.dateCreated.localeCompare(b.dateCreated));
  }

  async answer(task: DeskTask, reservationStatus: 'accepted' | 'rejected'): Promise<void> {
    await this.request(`/Tasks/${task.taskSid}/Reservations/${task.reservationSid}`, {
      ReservationStatus: reservationStatus,
    });
  }

  /** `wrapping`: the agent has said the last word and sums up. `completed`: Flex closes the Conversation. */
  async move(task: DeskTask, assignmentStatus: 'wrapping' | 'completed', reason: string): Promise<void> {
    await this.request(`/Tasks/${task.taskSid}`, { AssignmentStatus: assignmentStatus, Reason: reason });
  }

  private async request<Answer>(path: string, form?: Record<string, string>): Promise<Answer> {
    const { accountSid, authToken, workspaceSid } = this.session;
    const response = await fetch(`/taskrouter.twilio.com/v1/Workspaces/${workspaceSid}${path}`, {
      headers: { Authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    const answer = (await response.json()) as Answer & { message?: string };
    if (!response.ok) throw new Error(answer.message ?? `TaskRouter answered ${response.status}`);
    return answer;
  }
}
