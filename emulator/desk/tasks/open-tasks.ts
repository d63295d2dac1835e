/** The Tasks that a Worker has to decide on or works on, oldest first. */
import { parseAttributes } from '../../taskrouter/attributes';
import type { Worker } from '../../taskrouter/model';
import type { Flex } from '../../flex/domain';
import { nameOfTarget } from '../agents/roster';

export interface OpenTask {
  taskSid: string;
  reservationSid: string;
  reservationStatus: string;
  /** ISO 8601. */
  dateCreated: string;
  attributes: Record<string, unknown>;
  queueName: string | null;
  /** The agent in the Interaction channel, from whom a transfer comes. */
  participantSid: string | null;
  /** The one that waits for its answer. */
  transfer: { sid: string; toName: string } | null;
}

export function openTasksOf(worker: Worker, { taskrouter, interactions, transfers }: Flex): OpenTask[] {
  const { reservations, tasks, workspaces } = taskrouter;
  return reservations
    .ofWorker(worker)
    .filter((reservation) => reservations.isHolding(reservation))
    .flatMap((reservation) => {
      const task = tasks.get(reservation.taskSid);
      if (!task) return [];
      const participant = interactions.participantOfTask(task.sid);
      const transfer = participant
        ? transfers
            .ofChannel(participant.channelSid)
            .find(({ from, status }) => from === participant.sid && status === 'active')
        : undefined;
      return {
        taskSid: task.sid,
        reservationSid: reservation.sid,
        reservationStatus: reservation.reservationStatus,
        dateCreated: task.dateCreated.toISOString(),
        attributes: parseAttributes(task.attributes),
        queueName: workspaces.taskQueues.get(task.taskQueueSid)?.friendlyName ?? null,
        participantSid: participant?.sid ?? null,
        transfer: transfer ? { sid: transfer.sid, toName: nameOfTarget(taskrouter, transfer.to) } : null,
      };
    })
    .sort((a, b) => a.dateCreated.localeCompare(b.dateCreated));
}
