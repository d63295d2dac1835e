/** /v1/Interactions/{KD}/Channels/{UO}/Participants. Source: openapi flex_v1 (types and statuses) */
import type { FastifyInstance } from 'fastify';
import { invalidParameter, notServed } from '../../core/errors';
import { refuseUnbuilt } from '../../core/form';
import { formOf, found, pageOf, param } from '../../core/http-api';
import { toPage } from '../../core/wire';
import { SYSTEM } from '../../conversations/model';
import type { Flex } from '../domain';
import { PARTICIPANT_TYPES, type ChannelParticipant, type InteractionChannel } from '../model';
import { channelOf, channelUrl, MAX_PAGE_SIZE } from './paths';

const LIST = '/:interactionSid/Channels/:channelSid/Participants';

export function participantRoutes(app: FastifyInstance, flex: Flex): void {
  app.get(LIST, (request) => {
    const { sid } = channelOf(flex, request);
    const all = flex.interactions.participantsOf(sid);
    return toPage('participants', all, participantJson, pageOf(request, MAX_PAGE_SIZE));
  });

  app.post(LIST, (request) => {
    const channel = channelOf(flex, request);
    const form = formOf(request);
    const type = form.required('Type');
    form.required('MediaProperties');
    refuseUnbuilt(form, 'RoutingProperties');
    if (!PARTICIPANT_TYPES.includes(type)) throw invalidParameter(`Type ${type} is unknown`);
    if (type === 'agent' || type === 'supervisor') {
      throw notServed('agents as channel participants: bring them in by Invites');
    }
    return participantJson(addCustomer(flex, channel, type, form.json('MediaProperties')));
  });

  app.post(`${LIST}/:sid`, (request) => {
    const { sid } = channelOf(flex, request);
    const participant = found(
      flex.interactions.participantsOf(sid).find((one) => one.sid === param(request, 'sid')),
      request,
    );
    const form = formOf(request);
    form.required('Status');
    const status = form.oneOf('Status', ['closed', 'wrapup']);
    if (status === 'closed') flex.agents.closeParticipant(participant);
    else flex.agents.wrapUpParticipant(participant);
    return participantJson(participant);
  });
}

/** In a chat the media is the Conversation, and an identity names who takes part. */
function addCustomer(
  flex: Flex,
  channel: InteractionChannel,
  type: string,
  media: unknown,
): ChannelParticipant {
  const identity = (media as { identity?: unknown } | null)?.identity;
  if (typeof identity !== 'string') throw invalidParameter('MediaProperties lacks identity');
  const conversation = flex.conversationOf(channel);
  const { participants } = flex.conversations;
  if (conversation && !participants.find(conversation.sid, identity)) {
    participants.add(conversation, { identity }, SYSTEM);
  }
  return flex.interactions.addParticipant(channel, type, identity, null);
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
