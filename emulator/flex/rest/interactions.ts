/** /v1/Interactions */
import type { FastifyInstance } from 'fastify';
import { formOf } from '../../core/http-api';
import { invalidParameter } from '../../core/errors';
import type { Flex } from '../domain';
import type { Interaction } from '../model';
import { parseChannel, parseRouting } from '../requests';
import { interactionOf, interactionUrl } from './paths';
import { routingJson } from './routing-json';

export function interactionRoutes(app: FastifyInstance, flex: Flex): void {
  // 200, not 201: Twilio has accepted the Interaction, it has not made it yet. Source: openapi flex_v1
  app.post('/', (request) => {
    const form = formOf(request);
    form.required('Channel');
    const channel = parseChannel(form.json('Channel'));
    const routing = form.json('Routing');
    if (routing === undefined) throw invalidParameter('Missing required parameter Routing');
    const { interaction } = flex.createInteraction(channel, parseRouting(routing), {
      interactionContextSid: form.string('InteractionContextSid') ?? null,
      webhookTtid: form.string('WebhookTtid') ?? null,
    });
    return interactionJson(interaction, flex);
  });

  app.get('/:interactionSid', (request) => interactionJson(interactionOf(flex, request), flex));

  app.post('/:interactionSid', (request) => {
    const interaction = interactionOf(flex, request);
    interaction.webhookTtid = formOf(request).string('WebhookTtid') ?? interaction.webhookTtid;
    return interactionJson(interaction, flex);
  });
}

function interactionJson(interaction: Interaction, flex: Flex): object {
  const url = interactionUrl(interaction.sid);
  const channel = flex.interactions.channelsOf(interaction.sid)[0]!;
  return {
    sid: interaction.sid,
    channel: { type: channel.type, sid: channel.sid },
    routing: routingJson(flex.interactions.invitesOf(channel.sid)[0], flex),
    interaction_context_sid: interaction.interactionContextSid,
    webhook_ttid: interaction.webhookTtid,
    url,
    links: { channels: `${url}/Channels` },
  };
}
