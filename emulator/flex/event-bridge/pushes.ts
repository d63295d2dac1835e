/** Events about channel participants that the event bridge sends to agents. Source: sdk @twilio/flex-sdk (cbm) */
import type { EventBridge } from '../../taskrouter/event-bridge/domain';
import { participantJson, type InteractionsApi } from './json';

const EVENT_TYPES = {
  participantAdded: 'participant.added',
  participantUpdated: 'participant.modified',
  participantRemoved: 'participant.removed',
} as const;

export function pushParticipants(bridge: EventBridge, api: InteractionsApi): void {
  const { events, interactions } = api.flex;
  for (const name of ['participantAdded', 'participantUpdated', 'participantRemoved'] as const) {
    events.on(name, ({ participant }) => {
      const listeners = interactions
        .participantsOf(participant.channelSid)
        .filter((one) => one.routing && (one.status !== 'closed' || one === participant));
      // Guess: each agent gets the event under their own Task, for any participant.
      for (const { routing } of listeners) {
        bridge.send(
          routing!.workerSid,
          EVENT_TYPES[name],
          participantJson(participant, api, routing!.taskSid),
        );
      }
    });
  }
}
