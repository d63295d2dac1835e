/** The REST API: https://flex-api.twilio.com/v1, Interactions with their subresources, and the Configuration. */
import { TwilioError } from '../../core/errors';
import type { Routing } from '../../core/routing';
import { channelRoutes } from './channels';
import { registerConfiguration, type ConfigurationApi } from './configuration';
import { interactionRoutes } from './interactions';
import { inviteRoutes } from './invites';
import { participantRoutes } from './participants';
import type { FlexApi } from './paths';
import { transferRoutes } from './transfers';
import { webhookRoutes } from './webhooks';

const HOST = '/flex-api.twilio.com/v1';

export function registerRest(http: Routing, api: FlexApi & ConfigurationApi): void {
  http.serve(`${HOST}/Interactions`, (scoped) => {
    scoped.addHook('preHandler', (request, _reply, done) => {
      const isFree = api.domain.rateLimit.take(`${request.method} ${request.routeOptions.url}`);
      // Source: docs https://www.twilio.com/docs/api/errors/45780. Guess: that it goes with HTTP 429.
      done(isFree ? undefined : new TwilioError(429, 45780, 'Account is sending too many requests'));
    });
    for (const routes of [
      interactionRoutes,
      channelRoutes,
      inviteRoutes,
      participantRoutes,
      transferRoutes,
    ]) {
      routes(scoped, api);
    }
  });
  http.serve(`${HOST}/Instances/:instanceSid/InteractionWebhooks`, (scoped) => webhookRoutes(scoped, api));
  http.serve(HOST, (scoped) => registerConfiguration(scoped, api));
}
