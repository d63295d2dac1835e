/**
 * Events that the event bridge pushes to agents' clients. Source: sdk twilio-taskrouter (WorkerEventHandler): which events
 * there are, and what comes with each.
 */
import type { TaskRouterApi } from '../rest/paths';
import type { EventBridge } from './domain';
import { reservationJson, taskJson, workerChannelJson, workerJson } from './json';

export function pushEvents(bridge: EventBridge, api: TaskRouterApi): void {
  const { events, reservations } = api.domain;

  for (const name of ['reservationCreated', 'reservationUpdated'] as const) {
    events.on(name, ({ reservation, eventType }) => {
      if (eventType) bridge.send(reservation.workerSid, eventType, reservationJson(reservation, api));
    });
  }
  // Guess: every Worker who ever had a Task reserved gets its events; their clients know which Tasks are still theirs.
  events.on('taskUpdated', ({ task, eventType }) => {
    if (!eventType) return;
    const workerSids = new Set(reservations.ofTask(task).map(({ workerSid }) => workerSid));
    for (const workerSid of workerSids) bridge.send(workerSid, eventType, taskJson(task, api));
  });
  events.on('workerUpdated', ({ worker, eventType }) => {
    if (eventType) bridge.send(worker.sid, eventType, workerJson(worker, api));
  });
  events.on('workerChannelUpdated', ({ channel, eventType }) =>
    bridge.send(channel.workerSid, eventType, workerChannelJson(channel, api)),
  );
}
