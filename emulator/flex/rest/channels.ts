/** /v1/Interactions/{KD}/Channels */
import type { FastifyInstance } from 'fastify';
import { invalidParameter } from '../../core/errors';
import { serveResources } from '../../core/resources';
import type { InteractionChannel } from '../model';
import { channelUrl, findChannel, interactionOf, MAX_PAGE_SIZE, type FlexApi } from './paths';

/** Source: docs https://www.twilio.com/docs/flex/developer/conversations/interactions-api/channels-subresource (statuses) */
export function channelRoutes(app: FastifyInstance, api: FlexApi): void {
  const { interactions, agents } = api.domain;

  serveResources<InteractionChannel>(app, {
    path: '/:interactionSid/Channels',
    sid: 'channelSid',
    key: 'channels',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => interactions.channelsOf(interactionOf(request, api).sid),
    find: (sid, request) => findChannel(sid, request, api),
    update: (channel, form) => {
      form.required('Status');
      const status = form.oneOf('Status', ['closed', 'inactive']);
      const completeTasks = isClosed(form.json('Routing'));
      // Its Conversation is another channel's.
      if (channel.status === 'failed') throw invalidParameter(`Channel ${channel.sid} is failed`);
      if (status === 'closed') agents.closeChannel(channel, completeTasks);
      else if (completeTasks) agents.deactivateChannel(channel);
      else throw invalidParameter('inactive needs Routing {"status":"closed"}');
    },
    toJson: channelJson,
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
