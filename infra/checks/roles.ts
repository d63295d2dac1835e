/**
 * What the Service's default Roles let a visitor do: an Access Token opens the SDK, and the SDK does what the Roles permit,
 * past our Functions. Source: docs https://www.twilio.com/docs/conversations/api/role-resource (permissions),
 * https://www.twilio.com/docs/conversations/api/service-configuration-resource (which Role is whose)
 */
import type { RoleInstance } from 'twilio/lib/rest/conversations/v1/service/role';
import { orMissing } from '../account/twilio';
import { ok, problem, warning, type AccountSubject, type Finding } from './finding';

/** In one chat: acting for others, and changing what agents and Tasks read. */
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
/** In the whole Service, where a permission counts for every Conversation that the visitor is in. */
const TOO_MUCH_IN_THE_SERVICE = [...TOO_MUCH_IN_A_CHAT, 'editAnyUserInfo'];

export async function checkRoles({ client, env }: AccountSubject): Promise<Finding[]> {
  const serviceSid = env['CONVERSATIONS_SERVICE_SID'];
  if (!serviceSid) return [];
  const service = client.conversations.v1.services(serviceSid);
  const configuration = await service.configuration().fetch().catch(orMissing);
  // The check of the Service says so.
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
    : [ok('roles', 'The default Roles permit a visitor to chat, no more.')];
}

function tooMuch(what: string, role: RoleInstance, permissions: string[]): Finding[] {
  const found = permissions.filter((one) => role.permissions.includes(one));
  if (found.length === 0) return [];
  const message = `A visitor's token permits ${found.join(', ')}: ${nameOf(what, role)}.`;
  return [problem('roles', message, withoutThem(role, found))];
}

/** Such a Conversation passes operating hours and budget, and its creator has the creator's Role in it. */
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
      `A visitor's token permits createConversation, without our Functions: ${nameOf('default_chat_service_role', user)}${inIt}.`,
      withoutThem(user, ['createConversation']),
    ),
  ];
}

function nameOf(what: string, { friendlyName, sid }: RoleInstance): string {
  return `the ${what} "${friendlyName}" (${sid})`;
}

/** Twilio takes the whole list of what stays. */
function withoutThem(role: RoleInstance, permissions: string[]): string {
  const stay = role.permissions.filter((one) => !permissions.includes(one));
  const options = stay.map((one) => `--permission ${one}`).join(' ');
  const them = permissions.length === 1 ? 'it' : 'them';
  const update = `twilio api:conversations:v1:services:roles:update --chat-service-sid ${role.chatServiceSid} --sid ${role.sid}`;
  return `Take ${them} away; give other Users who need ${them} a Role of their own first: ${update} ${options}`;
}
