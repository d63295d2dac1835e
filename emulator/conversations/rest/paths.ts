/** The first checks of every Conversations request: its Service, its Conversation, and the caller. */
import type { FastifyRequest } from 'fastify';
import { notFound, TwilioError } from '../../core/errors';
import { param } from '../../core/http-api';
import type { ConversationsDomain } from '../domain';
import type { Actor, Conversation } from '../model';

/** All that the routes of this folder work on. */
export interface ConversationsApi {
  domain: ConversationsDomain;
  accountSid: string;
}

export const V1 = 'https://conversations.twilio.com/v1';

/** Every path exists twice: below the account (its default Service) and below a named Service. */
export interface Scope {
  serviceSid: string;
  /** The start of `url` and `links` in the answer. */
  url: string;
  /** `chat_service_sid`, for resources that have it only below a named Service. Source: openapi */
  serviceField: { chat_service_sid?: string };
}

export function scopeOf(request: FastifyRequest, { domain }: ConversationsApi): Scope {
  const { serviceSid } = request.params as { serviceSid?: string };
  if (serviceSid === undefined) return { serviceSid: domain.defaultServiceSid, url: V1, serviceField: {} };
  if (!domain.services.find(serviceSid)) throw notFound(`/v1/Services/${serviceSid}`);
  return {
    serviceSid,
    url: `${V1}/Services/${serviceSid}`,
    serviceField: { chat_service_sid: serviceSid },
  };
}

/**
 * The Conversation above a Participant, Message or webhook.
 * Source: docs https://www.twilio.com/docs/api/errors/50350. Guess: the HTTP status 404.
 */
export function parentOf(request: FastifyRequest, api: ConversationsApi): Conversation {
  const { serviceSid } = scopeOf(request, api);
  const conversation = api.domain.conversations.find(serviceSid, param(request, 'conversationSid'));
  if (!conversation) throw new TwilioError(404, 50350, 'Conversation not found');
  return conversation;
}

/** REST changes reach webhooks only on request. Source: docs https://www.twilio.com/docs/conversations/conversations-webhooks */
export function actorOf(request: FastifyRequest): Actor {
  const header = request.headers['x-twilio-webhook-enabled'];
  return { source: 'API', webhookEnabled: String(header).toLowerCase() === 'true' };
}

/** Source: docs https://www.twilio.com/docs/api/errors/20161, and https://www.twilio.com/docs/api/errors/50347 for Conversations */
export function refuseEmpty(change: object, code: 20161 | 50347 = 20161): void {
  if (Object.values(change).every((value) => value === undefined)) {
    throw new TwilioError(400, code, 'Nothing to update: the request has no parameters');
  }
}
