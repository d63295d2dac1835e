/** /v1/Interactions/{KD}/Channels/{UO}/Invites */
import type { FastifyInstance } from 'fastify';
import { formOf, pageOf } from '../../core/http-api';
import { toPage } from '../../core/wire';
import type { Flex } from '../domain';
import type { Invite } from '../model';
import { parseRouting } from '../requests';
import { channelOf, channelUrl, MAX_PAGE_SIZE } from './paths';
import { routingJson } from './routing-json';

const LIST = '/:interactionSid/Channels/:channelSid/Invites';

export function inviteRoutes(app: FastifyInstance, flex: Flex): void {
  const toJson = (invite: Invite): object => inviteJson(invite, flex);

  app.get(LIST, (request) => {
    const { sid } = channelOf(flex, request);
    return toPage('invites', flex.interactions.invitesOf(sid), toJson, pageOf(request, MAX_PAGE_SIZE));
  });

  app.post(LIST, (request) => {
    const channel = channelOf(flex, request);
    const form = formOf(request);
    form.required('Routing');
    return toJson(flex.createInvite(channel, parseRouting(form.json('Routing'))));
  });
}

function inviteJson(invite: Invite, flex: Flex): object {
  const channel = { interactionSid: invite.interactionSid, sid: invite.channelSid };
  return {
    sid: invite.sid,
    interaction_sid: invite.interactionSid,
    channel_sid: invite.channelSid,
    routing: routingJson(invite, flex),
    url: `${channelUrl(channel)}/Invites/${invite.sid}`,
  };
}
