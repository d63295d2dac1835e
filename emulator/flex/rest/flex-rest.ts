/** The REST face: https://flex-api.twilio.com/v1/Interactions and what hangs on it. */
import type { FastifyInstance } from 'fastify';
import type { Flex } from '../flex';
import { channelRoutes } from './channels';
import { interactionRoutes } from './interactions';
import { inviteRoutes } from './invites';
import { participantRoutes } from './participants';

const PREFIX = '/flex-api.twilio.com/v1/Interactions';

export function registerFlexRest(app: FastifyInstance, flex: Flex): void {
  app.register(
    async (scoped) => {
      for (const routes of [interactionRoutes, channelRoutes, inviteRoutes, participantRoutes]) {
        routes(scoped, flex);
      }
    },
    { prefix: PREFIX },
  );
}
