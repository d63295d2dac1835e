/** /Users. Source: openapi conversations_v1 */
import type { FastifyInstance } from 'fastify';
import type { Form } from '../../core/form';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { User } from '../model';
import type { UserChange } from '../users';
import { roleOf } from './roles';
import { actorOf, refuseEmpty, scopeOf, type ConversationsApi, type Scope } from './paths';

export function userRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { users, rateLimits, bindings } = api.domain;

  serveResources<User>(app, {
    path: '/Users',
    sid: 'userSid',
    key: 'users',
    maxPageSize: 50,
    list: (request) => users.list(scopeOf(request, api).serviceSid),
    find: (sid, request) => users.find(scopeOf(request, api).serviceSid, sid),
    create: (form, request) => {
      const { serviceSid } = scopeOf(request, api);
      rateLimits.countInService(serviceSid);
      return users.create(serviceSid, form.string('Identity') ?? '', changeOf(api, form), actorOf(request));
    },
    update: (user, form, request) => {
      const change = changeOf(api, form);
      refuseEmpty(change);
      rateLimits.countInService(user.chatServiceSid);
      users.update(user, change, actorOf(request));
    },
    remove: (user) => {
      rateLimits.countInService(user.chatServiceSid);
      users.delete(user);
    },
    toJson: (user, request) => {
      const { length } = bindings.of(user.chatServiceSid, user.identity);
      return { ...toUser(user, scopeOf(request, api), api), is_notifiable: length > 0 || null };
    },
    toListedJson: (user, request) => toUser(user, scopeOf(request, api), api),
  });
}

function changeOf(api: ConversationsApi, form: Form): UserChange {
  return {
    friendlyName: form.string('FriendlyName'),
    attributes: form.string('Attributes'),
    roleSid: roleOf(api, form.string('RoleSid')),
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
    // Source: openapi (UserInstance: null in lists). Guess: null, not false, after a registration was removed.
    is_notifiable: null,
    date_created: isoSeconds(user.dateCreated),
    date_updated: isoSeconds(user.dateUpdated),
    url,
    links: { user_conversations: `${url}/Conversations` },
  };
}
