/** /v1/Interactions */
import type { FastifyInstance } from 'fastify';
import { invalidParameter } from '../../core/errors';
import { serveResources } from '../../core/resources';
import type { Interaction } from '../model';
import { parseChannel, parseRouting } from '../requests';
import { interactionUrl, MAX_PAGE_SIZE, type FlexApi } from './paths';
import { routingJson } from './routing-json';

export function interactionRoutes(app: FastifyInstance, api: FlexApi): void {
  const { domain } = api;

  serveResources<Interaction>(app, {
    path: '',
    sid: 'interactionSid',
    key: 'interactions',
    maxPageSize: MAX_PAGE_SIZE,
    find: (sid) => domain.interactions.get(sid),
    create: (form) => {
      form.required('Channel');
      const channel = parseChannel(form.json('Channel'));
      const routing = form.json('Routing');
      if (routing === undefined) throw invalidParameter('Missing required parameter Routing');
      const { interaction } = domain.createInteraction(channel, parseRouting(routing), {
        interactionContextSid: form.string('InteractionContextSid') ?? null,
        webhookTtid: form.string('WebhookTtid') ?? null,
      });
      return interaction;
    },
    // Not 201: Twilio has accepted the Interaction, but not created it yet. Source: openapi flex_v1
    createdStatus: 200,
    update: (interaction, form) => {
      interaction.webhookTtid = form.string('WebhookTtid') ?? interaction.webhookTtid;
    },
    toJson: (interaction) => interactionJson(interaction, api),
  });
}

function interactionJson(interaction: Interaction, api: FlexApi): object {
  const { interactions } = api.domain;
  const url = interactionUrl(interaction.sid);
  const channel = interactions.channelsOf(interaction.sid)[0]!;
  return {
    sid: interaction.sid,
    channel: { type: channel.type, sid: channel.sid },
    routing: routingJson(interactions.invitesOf(channel.sid)[0], api),
    interaction_context_sid: interaction.interactionContextSid,
    webhook_ttid: interaction.webhookTtid,
    url,
    links: { channels: `${url}/Channels` },
  };
}
