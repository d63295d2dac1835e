/** The REST face: https://flex-api.twilio.com/v1/Interactions and what hangs on it. */
import type { FastifyInstance } from 'fastify';
import { TwilioError } from '../../core/errors';
import type { Flex } from '../domain';
import { channelRoutes } from './channels';
import { interactionRoutes } from './interactions';
import { inviteRoutes } from './invites';
import { participantRoutes } from './participants';

const PREFIX = '/flex-api.twilio.com/v1/Interactions';

export function registerFlexRest(app: FastifyInstance, flex: Flex): void {
  app.register(
    async (scoped) => {
      scoped.addHook('preHandler', (request, _reply, done) => {
        const isFree = flex.rateLimit.take(`${request.method} ${request.routeOptions.url}`);
        // Source: docs https://www.twilio.com/docs/api/errors/45780. Guess: that it goes with HTTP 429.
        done(isFree ? undefined : new TwilioError(429, 45780, 'Account is sending too many requests'));
      });
      for (const routes of [interactionRoutes, channelRoutes, inviteRoutes, participantRoutes]) {
        routes(scoped, flex);
      }
    },
    { prefix: PREFIX },
  );
}
