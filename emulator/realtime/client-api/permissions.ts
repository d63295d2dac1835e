/**
 * The permissions of an SDK user's roles. They do not apply to REST calls, which have the account's credentials.
 * Source: docs https://www.twilio.com/docs/conversations/api/role-resource. Guess: which permission a call needs where its
 * name does not say.
 */
import { wasCreatedBy } from '../../conversations/conversations';
import type { Conversation } from '../../conversations/model';
import { CREATOR_ROLE_SID, type Permission } from '../../conversations/roles';
import { TwilioError } from '../../core/errors';
import type { TunnelRequest } from '../twilsock/tunnel';
import { actorOf, findConversation, notParticipant, ownParticipant, type ClientApi } from './paths';

/** What a creator may do before joining, besides joining. Guess: nothing else. */
const FROM_OUTSIDE: readonly Permission[] = ['addParticipant', 'addNonChatParticipant', 'deleteConversation'];

/** The Conversation of the path, if the caller's role in it permits all of this. */
export function permittedConversation(
  api: ClientApi,
  request: TunnelRequest,
  ...permissions: Permission[]
): Conversation {
  const conversation = findConversation(api, request);
  const roleSid = roleIn(api, conversation, request);
  const isOutside = !ownParticipant(api, conversation, request);
  if (roleSid === undefined || (isOutside && !permissions.every((one) => FROM_OUTSIDE.includes(one)))) {
    throw notParticipant();
  }
  for (const permission of permissions) {
    if (!api.domain.roles.isPermitted(roleSid, permission))
      requireServicePermission(api, request, permission);
  }
  return conversation;
}

/** What is not about one Conversation, or is permitted in all of them. */
export function requireServicePermission(
  { domain }: ClientApi,
  request: TunnelRequest,
  permission: Permission,
): void {
  const { chatServiceSid, identity } = request.session;
  const user = domain.users.ensure(chatServiceSid, identity, actorOf(request));
  if (!domain.roles.isPermitted(user.roleSid, permission)) throw notAuthorized();
}

/** Source: docs https://www.twilio.com/docs/api/errors/50107. Guess: the HTTP status 403. */
export function notAuthorized(): TwilioError {
  return new TwilioError(403, 50107, 'User not authorized');
}

/** Guess: a creator who has not joined yet has the role that joining gives. The SDK creates first and joins afterwards. */
function roleIn(api: ClientApi, conversation: Conversation, request: TunnelRequest): string | undefined {
  const own = ownParticipant(api, conversation, request);
  if (own) return own.roleSid;
  return wasCreatedBy(conversation, request.session.identity) ? CREATOR_ROLE_SID : undefined;
}
