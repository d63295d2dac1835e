/** /v1/Interactions/{KD}/Channels */
import type { FastifyInstance } from 'fastify';
import { invalidParameter } from '../../core/errors';
import { formOf, pageOf } from '../../core/http-api';
import { toPage } from '../../core/wire';
import type { Flex } from '../domain';
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
    form.required('Status');
    const status = form.oneOf('Status', ['closed', 'inactive']);
    const completeTasks = isClosed(form.json('Routing'));
    // Its Conversation is another channel's.
    if (channel.status === 'failed') throw invalidParameter(`Channel ${channel.sid} is failed`);
    if (status === 'closed') flex.agents.closeChannel(channel, completeTasks);
    else if (completeTasks) flex.agents.deactivateChannel(channel);
    else throw invalidParameter('inactive needs Routing {"status":"closed"}');
    return channelJson(channel);
  });
}

/** `{"status":"closed"}` */
function isClosed(routing: unknown): boolean {
  const { status } = Object(routing) as { status?: unknown };
  return typeof status === 'string' && status.toLowerCase() === 'closed';
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
