/** Channel participants in the event bridge's tunnel. Source: sdk @twilio/flex-sdk (cbm) */
import { notServed } from '../../core/errors';
import type { BridgeRoute } from '../../taskrouter/event-bridge/request';
import type { ChannelParticipant } from '../model';
import { addParticipant } from '../participants';
import { participantJson, type InteractionsApi } from './json';
import { CHANNEL, channelOf, participantOf } from './paths';

const PARTICIPANTS = `${CHANNEL}/Participants`;

export function participantRoutes(api: InteractionsApi): BridgeRoute[] {
  const { interactions, agents } = api.flex;
  return [
    {
      method: 'GET',
      path: PARTICIPANTS,
      handle(request) {
        const channel = channelOf(request, api);
        const isWanted = ({ status }: ChannelParticipant): boolean =>
          request.form.string('status') === 'all' || status !== 'closed';
        const participants = interactions.participantsOf(channel.sid).filter(isWanted);
        return {
          channel_type: channel.type,
          participants: participants.map((one) => participantJson(one, api)),
        };
      },
    },
    {
      method: 'POST',
      path: PARTICIPANTS,
      handle(request) {
        const { form } = request;
        const type = form.required('type');
        form.required('media_properties');
        const media = form.json('media_properties');
        return participantJson(addParticipant(api.flex, channelOf(request, api), type, media), api);
      },
    },
    {
      method: 'POST',
      path: `${PARTICIPANTS}/:participantSid`,
      handle(request) {
        const { form } = request;
        const participant = participantOf(request, api);
        const status = form.oneOf('status', ['closed', 'wrapup']);
        if (status === undefined)
          throw notServed('changes of a participant besides its status: they are about calls');
        if (status === 'wrapup') agents.wrapUpParticipant(participant);
        else if (form.boolean('closeChannelIfLastParticipant') && isLastAgent(participant, api)) {
          agents.closeChannel(channelOf(request, api), true);
        } else agents.closeParticipant(participant);
        return participantJson(participant, api);
      },
    },
  ];
}

function isLastAgent(participant: ChannelParticipant, { flex }: InteractionsApi): boolean {
  return !flex.interactions
    .participantsOf(participant.channelSid)
    .some((one) => one !== participant && one.type === 'agent' && one.status !== 'closed');
}
