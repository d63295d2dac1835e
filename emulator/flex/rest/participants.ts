/** /v1/Interactions/{KD}/Channels/{UO}/Participants. Source: openapi flex_v1 (types and statuses) */
import type { FastifyInstance } from 'fastify';
import { refuseUnbuilt } from '../../core/form';
import { formOf, found, param } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import type { ChannelParticipant } from '../model';
import { addParticipant } from '../participants';
import { channelOf, channelUrl, MAX_PAGE_SIZE, type FlexApi } from './paths';

const PARTICIPANTS = '/:interactionSid/Channels/:channelSid/Participants';

export function participantRoutes(app: FastifyInstance, api: FlexApi): void {
  const { interactions, agents } = api.domain;

  serveResources<ChannelParticipant>(app, {
    path: PARTICIPANTS,
    sid: 'sid',
    key: 'participants',
    maxPageSize: MAX_PAGE_SIZE,
    list: (request) => interactions.participantsOf(channelOf(request, api).sid),
    create: (form, request) => {
      const channel = channelOf(request, api);
      const type = form.required('Type');
      form.required('MediaProperties');
      refuseUnbuilt(form, 'RoutingProperties');
      return addParticipant(api.domain, channel, type, form.json('MediaProperties'));
    },
    createdStatus: 200,
    toJson: participantJson,
  });

  // By itself, because a single one cannot be fetched. Source: openapi flex_v1
  app.post(`${PARTICIPANTS}/:sid`, (request) => {
    const all = interactions.participantsOf(channelOf(request, api).sid);
    const wanted = param(request, 'sid');
    const participant = found(
      all.find(({ sid }) => sid === wanted),
      request,
    );
    const form = formOf(request);
    form.required('Status');
    const status = form.oneOf('Status', ['closed', 'wrapup']);
    if (status === 'closed') agents.closeParticipant(participant);
    else agents.wrapUpParticipant(participant);
    return participantJson(participant);
  });
}

function participantJson(participant: ChannelParticipant): object {
  const channel = { interactionSid: participant.interactionSid, sid: participant.channelSid };
  const { routing } = participant;
  return {
    sid: participant.sid,
    type: participant.type,
    interaction_sid: participant.interactionSid,
    channel_sid: participant.channelSid,
    routing_properties: routing && {
      task_sid: routing.taskSid,
      worker_sid: routing.workerSid,
      reservation_sid: routing.reservationSid,
    },
    url: `${channelUrl(channel)}/Participants/${participant.sid}`,
  };
}
