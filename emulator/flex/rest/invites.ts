/** /v1/Interactions/{KD}/Channels/{UO}/Invites */
import type { FastifyInstance } from 'fastify';
import { serveResources } from '../../core/resources';
import type { Invite } from '../model';
import { parseRouting } from '../requests';
import { channelOf, channelUrl, MAX_PAGE_SIZE, type FlexApi } from './paths';
import { routingJson } from './routing-json';

export function inviteRoutes(app: FastifyInstance, api: FlexApi): void {
  const { domain } = api;

  serveResources<Invite>(app, {
    path: '/:interactionSid/Channels/:channelSid/Invites',
    sid: 'inviteSid',
    key: 'invites',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => domain.interactions.invitesOf(channelOf(request, api).sid),
    create: (form, request) => {
      const channel = channelOf(request, api);
      form.required('Routing');
      return domain.invites.create(channel, parseRouting(form.json('Routing')));
    },
    createdStatus: 200,
    toJson: (invite) => inviteJson(invite, api),
  });
}

function inviteJson(invite: Invite, api: FlexApi): object {
  const channel = { interactionSid: invite.interactionSid, sid: invite.channelSid };
  return {
    sid: invite.sid,
    interaction_sid: invite.interactionSid,
    channel_sid: invite.channelSid,
    routing: routingJson(invite, api),
    url: `${channelUrl(channel)}/Invites/${invite.sid}`,
  };
}
