/** /v1/Interactions/{KD}/Channels */
import type { FastifyInstance } from 'fastify';
import { invalidParameter } from '../../core/errors';
import { formOf, pageOf } from '../../core/http-api';
import { toPage } from '../../core/wire';
import type { Flex } from '../flex';
import type { InteractionChannel } from '../model';
import { channelOf, channelUrl, interactionOf, MAX_PAGE_SIZE } from './paths';

/** Source: docs https://www.twilio.com/docs/flex/developer/conversations/interactions-api/channels-subresource (statuses) */
export function channelRoutes(app: FastifyInstance, flex: Flex): void {
  app.get('/:interactionSid/Channels', (request) => {
    const { sid } = interactionOf(flex, request);
    return toPage('channels', flex.interactions.channelsOf(sid), channelJson, pageOf(request, MAX_PAGE_SIZE));
  });

  app.get('/:interactionSid/Channels/:channelSid', (request) => channelJson(channelOf(flex, request)));

  app.post('/:interactionSid/Channels/:channelSid', (request) => {
    const channel = channelOf(flex, request);
    const form = formOf(request);
    const status = form.required('Status');
    const routing = form.json('Routing') as { status?: string } | undefined;
    const completeTasks = routing?.status?.toLowerCase() === 'closed';
    if (status === 'closed') flex.agents.closeChannel(channel, completeTasks);
    else if (status === 'inactive' && completeTasks) flex.agents.deactivateChannel(channel);
    else if (status === 'inactive') throw invalidParameter('inactive needs Routing {"status":"closed"}');
    else throw invalidParameter(`Status ${status} is neither closed nor inactive`);
    return channelJson(channel);
  });
}

function channelJson(channel: InteractionChannel): object {
  const url = channelUrl(channel);
  return {
    sid: channel.sid,
    interaction_sid: channel.interactionSid,
    type: channel.type,
    status: channel.status,
    error_code: channel.errorCode,
    error_message: channel.errorMessage,
    url,
    links: {
      participants: `${url}/Participants`,
      invites: `${url}/Invites`,
      transfers: `${url}/Transfers`,
    },
  };
}
