/** TaskRouter's and Flex's REST APIs, as any back end would use them, so that each call appears in the timeline. */
import type { DeskSession } from './emulator-client';
import type { DeskTask } from './state/tasks';

export class TwilioClient {
  constructor(private readonly session: DeskSession) {}

  async answer(task: DeskTask, reservationStatus: 'accepted' | 'rejected'): Promise<void> {
    await this.taskRouter(`/Tasks/${task.taskSid}/Reservations/${task.reservationSid}`, {
      ReservationStatus: reservationStatus,
    });
  }

  /** `wrapping`: the agent has finished the chat and does the wrap-up. `completed`: Flex closes the Conversation. */
  async move(task: DeskTask, assignmentStatus: 'wrapping' | 'completed', reason: string): Promise<void> {
    await this.taskRouter(`/Tasks/${task.taskSid}`, { AssignmentStatus: assignmentStatus, Reason: reason });
  }

  async setActivity(activitySid: string): Promise<void> {
    await this.taskRouter(`/Workers/${this.session.workerSid}`, { ActivitySid: activitySid });
  }

  /** To a Worker or a TaskQueue. */
  async transfer(task: DeskTask, to: string): Promise<void> {
    await this.transfers(transfersOf(task), {
      type: 'cold',
      to,
      ...(task.participantSid && { from: task.participantSid }),
    });
  }

  async takeBack(task: DeskTask, transferSid: string): Promise<void> {
    await this.transfers(`${transfersOf(task)}/${transferSid}`, { status: 'failed' });
  }

  private taskRouter(path: string, form: Record<string, string>): Promise<void> {
    const address = `/taskrouter.twilio.com/v1/Workspaces/${this.session.workspaceSid}${path}`;
    return this.post(address, new URLSearchParams(form).toString());
  }

  /** Transfers take JSON. Source: openapi flex_v1 */
  private transfers(address: string, body: Record<string, string>): Promise<void> {
    return this.post(address, JSON.stringify(body), 'application/json');
  }

  private async post(
    address: string,
    body: string,
    type = 'application/x-www-form-urlencoded',
  ): Promise<void> {
    const { accountSid, authToken } = this.session;
    const response = await fetch(address, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}`, 'Content-Type': type },
      body,
    });
    if (response.ok) return;
    const { message } = (await response.json().catch(() => ({}))) as { message?: string };
    throw new Error(message ?? `Twilio answered ${response.status}`);
  }
}

function transfersOf({ attributes }: DeskTask): string {
  const { flexInteractionSid, flexInteractionChannelSid } = attributes;
  return `/flex-api.twilio.com/v1/Interactions/${flexInteractionSid}/Channels/${flexInteractionChannelSid}/Transfers`;
}
