/**
 * The permissions that the Service's default Roles give to a visitor: an Access Token opens the SDK, which bypasses the
 * Functions within those permissions.
 * Source: docs https://www.twilio.com/docs/conversations/api/role-resource (permissions),
 * https://www.twilio.com/docs/conversations/api/service-configuration-resource (the default Roles)
 */
import type { RoleInstance } from 'twilio/lib/rest/conversations/v1/service/role';
import { orMissing } from '../account/twilio';
import { ok, problem, warning, type AccountSubject, type Finding } from './finding';

/** Excessive in one chat: acting for others, and changing what agents and Tasks read. */
const TOO_MUCH_IN_A_CHAT = [
  'addParticipant',
  'addNonChatParticipant',
  'removeParticipant',
  'deleteConversation',
  'deleteAnyMessage',
  'editAnyMessage',
  'editAnyMessageAttributes',
  'editAnyParticipantAttributes',
  'editConversationAttributes',
  'editConversationName',
];
/** Excessive in the whole Service, where a permission applies to every Conversation of the visitor. */
const TOO_MUCH_IN_THE_SERVICE = [...TOO_MUCH_IN_A_CHAT, 'editAnyUserInfo'];

export async function checkRoles({ client, env }: AccountSubject): Promise<Finding[]> {
  const serviceSid = env['CONVERSATIONS_SERVICE_SID'];
  if (!serviceSid) return [];
  const service = client.conversations.v1.services(serviceSid);
  const configuration = await service.configuration().fetch().catch(orMissing);
  // The Service check reports this.
  if (!configuration) return [];
  const fetchRole = (sid: string): Promise<RoleInstance> => service.roles(sid).fetch();
  const [user, participant, creator] = await Promise.all([
    fetchRole(configuration.defaultChatServiceRoleSid),
    fetchRole(configuration.defaultConversationRoleSid),
    fetchRole(configuration.defaultConversationCreatorRoleSid),
  ]);
  const findings = [
    ...tooMuch('default_chat_service_role', user, TOO_MUCH_IN_THE_SERVICE),
    ...tooMuch('default_conversation_role', participant, TOO_MUCH_IN_A_CHAT),
    ...creation(user, creator),
  ];
  return findings.length > 0
    ? findings
    : [ok('roles', 'The default Roles permit a visitor to chat, and nothing else.')];
}

function tooMuch(what: string, role: RoleInstance, permissions: string[]): Finding[] {
  const found = permissions.filter((one) => role.permissions.includes(one));
  if (found.length === 0) return [];
  const message = `A visitor's token permits ${found.join(', ')}: ${nameOf(what, role)}.`;
  return [problem('roles', message, withoutThem(role, found))];
}

/** Such a Conversation bypasses operating hours and budget, and its creator has the creator's Role in it. */
function creation(user: RoleInstance, creator: RoleInstance): Finding[] {
  if (!user.permissions.includes('createConversation')) return [];
  const powers = TOO_MUCH_IN_A_CHAT.filter((one) => creator.permissions.includes(one));
  const inIt =
    powers.length === 0
      ? ''
      : `, and there ${nameOf('default_conversation_creator_role', creator)} permits ${powers.join(', ')}`;
  return [
    warning(
      'roles',
      `A visitor's token permits createConversation without the Functions: ${nameOf('default_chat_service_role', user)}${inIt}.`,
      withoutThem(user, ['createConversation']),
    ),
  ];
}

function nameOf(what: string, { friendlyName, sid }: RoleInstance): string {
  return `the ${what} "${friendlyName}" (${sid})`;
}

/** An update replaces the whole list, so it must contain every remaining permission. */
function withoutThem(role: RoleInstance, permissions: string[]): string {
  const stay = role.permissions.filter((one) => !permissions.includes(one));
  const options = stay.map((one) => `--permission ${one}`).join(' ');
  const them = permissions.length === 1 ? 'it' : 'them';
  const update = `twilio api:conversations:v1:services:roles:update --chat-service-sid ${role.chatServiceSid} --sid ${role.sid}`;
  return `Remove ${them}; first give other Users who need ${them} a separate Role: ${update} ${options}`;
}
