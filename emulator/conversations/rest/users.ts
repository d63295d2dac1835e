/** /Users. Source: openapi conversations_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Form } from '../../core/form';
import { formOf, found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { User } from '../model';
import type { UserChange } from '../users';
import { roleOf } from './roles';
import { actorOf, refuseEmpty, scopeOf, type ConversationsApi, type Scope } from './paths';

const MAX_PAGE_SIZE = 50;

export function userRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { users, rateLimits } = api.domain;

  app.post('/Users', (request, reply) => {
    const scope = scopeOf(request, api);
    const form = formOf(request);
    rateLimits.countInService(scope.serviceSid);
    const identity = form.string('Identity') ?? '';
    const user = users.create(scope.serviceSid, identity, changeOf(form), actorOf(request));
    reply.code(201).send(toUser(user, scope, api));
  });

  app.get('/Users', (request, reply) => {
    const scope = scopeOf(request, api);
    const toJson = (user: User): object => toUser(user, scope, api);
    reply.send(toPage('users', users.list(scope.serviceSid), toJson, pageOf(request, MAX_PAGE_SIZE)));
  });

  app.get('/Users/:userSid', (request, reply) => {
    const scope = scopeOf(request, api);
    reply.send(toUser(userOf(request, scope, api), scope, api));
  });

  app.post('/Users/:userSid', (request, reply) => {
    const scope = scopeOf(request, api);
    const user = userOf(request, scope, api);
    const change = changeOf(formOf(request));
    refuseEmpty(change);
    rateLimits.countInService(scope.serviceSid);
    users.update(user, change, actorOf(request));
    reply.send(toUser(user, scope, api));
  });

  app.delete('/Users/:userSid', (request, reply) => {
    const scope = scopeOf(request, api);
    const user = userOf(request, scope, api);
    rateLimits.countInService(scope.serviceSid);
    users.delete(user);
    reply.code(204).send();
  });
}

/** By SID or identity. */
export function userOf(request: FastifyRequest, scope: Scope, { domain }: ConversationsApi): User {
  return found(domain.users.find(scope.serviceSid, param(request, 'userSid')), request);
}

function changeOf(form: Form): UserChange {
  return {
    friendlyName: form.string('FriendlyName'),
    attributes: form.string('Attributes'),
    roleSid: roleOf(form.string('RoleSid')),
  };
}

function toUser(user: User, scope: Scope, { accountSid }: ConversationsApi): object {
  const url = `${scope.url}/Users/${user.sid}`;
  return {
    sid: user.sid,
    account_sid: accountSid,
    chat_service_sid: user.chatServiceSid,
    role_sid: user.roleSid,
    identity: user.identity,
    friendly_name: user.friendlyName,
    attributes: user.attributes,
    is_online: user.isOnline,
    // Push notifications are not built. Source: openapi (examples: null)
    is_notifiable: null,
    date_created: isoSeconds(user.dateCreated),
    date_updated: isoSeconds(user.dateUpdated),
    url,
    links: { user_conversations: `${url}/Conversations` },
  };
}
