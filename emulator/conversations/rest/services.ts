/** /Services, and the Configuration of a Service and of the account, read only. Source: openapi conversations_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formOf, found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { Service } from '../model';
import { REACHABILITY_ENABLED } from '../services';
import { CREATOR_ROLE_SID, GUEST_ROLE_SID, SERVICE_USER_ROLE_SID } from '../roles';
import { type ConversationsApi } from './paths';

const MAX_PAGE_SIZE = 100;
const V1 = 'https://conversations.twilio.com/v1';

export function serviceRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { domain } = api;
  const serviceOf = (request: FastifyRequest): Service =>
    found(domain.services.find(param(request, 'serviceSid')), request);

  app.post('/Services', (request, reply) => {
    const service = domain.services.create(formOf(request).required('FriendlyName'));
    reply.code(201).send(toService(service, api));
  });

  app.get('/Services', (request, reply) => {
    const toJson = (service: Service): object => toService(service, api);
    reply.send(toPage('services', domain.services.list(), toJson, pageOf(request, MAX_PAGE_SIZE)));
  });

  app.get('/Services/:serviceSid', (request, reply) => {
    reply.send(toService(serviceOf(request), api));
  });

  app.delete('/Services/:serviceSid', (request, reply) => {
    domain.deleteService(serviceOf(request));
    reply.code(204).send();
  });

  app.get('/Services/:serviceSid/Configuration', (request, reply) => {
    const { sid } = serviceOf(request);
    const url = `${V1}/Services/${sid}/Configuration`;
    reply.send({
      chat_service_sid: sid,
      default_conversation_creator_role_sid: CREATOR_ROLE_SID,
      default_conversation_role_sid: GUEST_ROLE_SID,
      default_chat_service_role_sid: SERVICE_USER_ROLE_SID,
      reachability_enabled: REACHABILITY_ENABLED,
      url,
      links: { notifications: `${url}/Notifications`, webhooks: `${url}/Webhooks` },
    });
  });

  app.get('/Configuration', (_request, reply) => {
    reply.send({
      account_sid: api.accountSid,
      default_chat_service_sid: domain.defaultServiceSid,
      default_messaging_service_sid: null,
      default_inactive_timer: null,
      default_closed_timer: null,
      url: `${V1}/Configuration`,
      links: {
        service: `${V1}/Services/${domain.defaultServiceSid}/Configuration`,
        webhooks: `${V1}/Configuration/Webhooks`,
      },
    });
  });
}

function toService(service: Service, { accountSid }: ConversationsApi): object {
  const url = `${V1}/Services/${service.sid}`;
  return {
    sid: service.sid,
    account_sid: accountSid,
    friendly_name: service.friendlyName,
    date_created: isoSeconds(service.dateCreated),
    date_updated: isoSeconds(service.dateUpdated),
    url,
    links: {
      conversations: `${url}/Conversations`,
      users: `${url}/Users`,
      roles: `${url}/Roles`,
      bindings: `${url}/Bindings`,
      configuration: `${url}/Configuration`,
      participant_conversations: `${url}/ParticipantConversations`,
      conversation_with_participants: `${url}/ConversationWithParticipants`,
    },
  };
}
