/** The data of Flex's routes, the resources that their paths name, and the `url` of each. */
import type { FastifyRequest } from 'fastify';
import { found, param } from '../../core/http-api';
import type { Flex } from '../domain';
import type { Interaction, InteractionChannel } from '../model';

export interface FlexApi {
  domain: Flex;
  accountSid: string;
}

/** Source: openapi flex_v1 (PageSize) */
export const MAX_PAGE_SIZE = 1000;

export const V1 = 'https://flex-api.twilio.com/v1';

export function interactionOf(request: FastifyRequest, { domain }: FlexApi): Interaction {
  return found(domain.interactions.get(param(request, 'interactionSid')), request);
}

export function channelOf(request: FastifyRequest, api: FlexApi): InteractionChannel {
  return found(findChannel(param(request, 'channelSid'), request, api), request);
}

export function findChannel(
  sid: string,
  request: FastifyRequest,
  { domain }: FlexApi,
): InteractionChannel | undefined {
  const channel = domain.interactions.channel(sid);
  return channel?.interactionSid === param(request, 'interactionSid') ? channel : undefined;
}

export function interactionUrl(interactionSid: string): string {
  return `${V1}/Interactions/${interactionSid}`;
}

export function channelUrl({
  interactionSid,
  sid,
}: Pick<InteractionChannel, 'interactionSid' | 'sid'>): string {
  return `${interactionUrl(interactionSid)}/Channels/${sid}`;
}
