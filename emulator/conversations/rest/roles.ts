/** /Roles: the built-in ones, with the permissions that they have now. Source: openapi conversations_v1 */
import type { FastifyInstance } from 'fastify';
import { TwilioError } from '../../core/errors';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Role } from '../roles';
import { scopeOf, type ConversationsApi, type Scope } from './paths';

export function roleRoutes(app: FastifyInstance, api: ConversationsApi): void {
  serveResources<Role>(app, {
    path: '/Roles',
    sid: 'roleSid',
    key: 'roles',
    maxPageSize: 50,
    list: () => api.domain.roles.list(),
    find: (sid) => api.domain.roles.find(sid),
    update: (role, form) => {
      form.required('Permission');
      api.domain.roles.update(role, form.list('Permission'));
    },
    toJson: (role, request) => toRole(role, scopeOf(request, api), api),
  });
}

/** A request's RoleSid, if the Role exists. Source: docs https://www.twilio.com/docs/api/errors/50100 */
export function roleOf(
  { domain }: Pick<ConversationsApi, 'domain'>,
  roleSid: string | undefined,
): string | undefined {
  if (roleSid !== undefined && !domain.roles.find(roleSid)) {
    throw new TwilioError(400, 50100, `Role ${roleSid} not found`);
  }
  return roleSid;
}

function toRole(role: Role, scope: Scope, { domain, accountSid }: ConversationsApi): object {
  const { dateCreated } = domain.services.find(scope.serviceSid)!;
  return {
    sid: role.sid,
    account_sid: accountSid,
    chat_service_sid: scope.serviceSid,
    friendly_name: role.friendlyName,
    type: role.type,
    permissions: role.permissions,
    date_created: isoSeconds(dateCreated),
    date_updated: isoSeconds(dateCreated),
    url: `${scope.url}/Roles/${role.sid}`,
  };
}
