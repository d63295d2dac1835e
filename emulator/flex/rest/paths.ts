/** Which Interaction and channel a path names, and where they live as `url` shows it. */
import type { FastifyRequest } from 'fastify';
import { found, param } from '../../core/http-api';
import type { Flex } from '../domain';
import type { Interaction, InteractionChannel } from '../model';

/** Source: openapi flex_v1 (PageSize) */
export const MAX_PAGE_SIZE = 1000;

export function interactionOf(flex: Flex, request: FastifyRequest): Interaction {
  return found(flex.interactions.get(param(request, 'interactionSid')), request);
}

export function channelOf(flex: Flex, request: FastifyRequest): InteractionChannel {
  const channel = flex.interactions.channel(param(request, 'channelSid'));
  const belongs = channel?.interactionSid === param(request, 'interactionSid');
  return found(belongs ? channel : undefined, request);
}

export function interactionUrl(interactionSid: string): string {
  return `https://flex-api.twilio.com/v1/Interactions/${interactionSid}`;
}

export function channelUrl({
  interactionSid,
  sid,
}: Pick<InteractionChannel, 'interactionSid' | 'sid'>): string {
  return `${interactionUrl(interactionSid)}/Channels/${sid}`;
}
