/** What the tunnel's paths name of Interactions. */
import { notFound } from '../../core/errors';
import type { BridgeRequest } from '../../taskrouter/event-bridge/request';
import type { ChannelParticipant, InteractionChannel } from '../model';
import type { InteractionsApi } from './json';

export const CHANNELS = 'v1/Interactions/:interactionSid/Channels';
export const CHANNEL = `${CHANNELS}/:channelSid`;

export function channelOf({ path }: BridgeRequest, { flex }: InteractionsApi): InteractionChannel {
  const { interactionSid, channelSid = '' } = path;
  const channel = flex.interactions.channel(channelSid);
  if (!channel || channel.interactionSid !== interactionSid) {
    throw notFound(`/v1/Interactions/${interactionSid}/Channels/${channelSid}`);
  }
  return channel;
}

export function participantOf(request: BridgeRequest, api: InteractionsApi): ChannelParticipant {
  const { participantSid } = request.path;
  const all = api.flex.interactions.participantsOf(channelOf(request, api).sid);
  const participant = all.find(({ sid }) => sid === participantSid);
  if (!participant) throw notFound(`/Participants/${participantSid}`);
  return participant;
}
