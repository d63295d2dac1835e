/** /Services, and the Configuration of a Service and of the account, read only. Source: openapi conversations_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { found, param } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Service } from '../model';
import { REACHABILITY_ENABLED } from '../services';
import { CREATOR_ROLE_SID, GUEST_ROLE_SID, SERVICE_USER_ROLE_SID } from '../roles';
import { V1, type ConversationsApi } from './paths';

export function serviceRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { domain } = api;
  const serviceOf = (request: FastifyRequest): Service =>
    found(domain.services.find(param(request, 'serviceSid')), request);

  serveResources<Service>(app, {
    path: '/Services',
    sid: 'serviceSid',
    key: 'services',
    maxPageSize: 100,
    list: () => domain.services.list(),
    find: (sid) => domain.services.find(sid),
    create: (form) => domain.services.create(form.required('FriendlyName')),
    remove: (service) => domain.deleteService(service),
    toJson: (service) => toService(service, api),
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
