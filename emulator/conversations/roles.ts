/**
 * Roles and what they permit.
 * Source: docs https://www.twilio.com/docs/flex/admin-guide/setup/conversations/conversations-roles (guest, agent),
 * https://www.twilio.com/docs/conversations/api/role-resource (the permissions' names)
 */
import { sidFromName } from '../core/sids';

export const SERVICE_USER_ROLE_SID = sidFromName('RL', 'service user');
export const GUEST_ROLE_SID = sidFromName('RL', 'guest');
export const AGENT_ROLE_SID = sidFromName('RL', 'agent');
/**
 * What the creator of a Conversation becomes on joining it.
 * Source: docs https://www.twilio.com/docs/conversations/api/service-configuration-resource
 * (default_conversation_creator_role_sid). Guess: that it is this Role where Flex has set up the Service.
 */
export const CREATOR_ROLE_SID = sidFromName('RL', 'channel admin');

const CONVERSATION_PERMISSIONS = [
  'addParticipant',
  'addNonChatParticipant',
  'deleteAnyMessage',
  'deleteConversation',
  'deleteOwnMessage',
  'editAnyMessage',
  'editAnyMessageAttributes',
  'editAnyParticipantAttributes',
  'editConversationAttributes',
  'editConversationName',
  'editNotificationLevel',
  'editOwnMessage',
  'editOwnMessageAttributes',
  'editOwnParticipantAttributes',
  'leaveConversation',
  'removeParticipant',
  'sendMediaMessage',
  'sendMessage',
] as const;

type ServicePermission = 'createConversation' | 'editAnyUserInfo' | 'editOwnUserInfo' | 'joinConversation';

export type Permission = (typeof CONVERSATION_PERMISSIONS)[number] | ServicePermission;

export interface Role {
  sid: string;
  friendlyName: string;
  type: 'conversation' | 'service';
  permissions: readonly Permission[];
}

/** The roles that a Flex Chat Service starts with, as far as a custom chat meets them. */
export const BUILT_IN_ROLES: readonly Role[] = [
  {
    sid: GUEST_ROLE_SID,
    friendlyName: 'guest',
    type: 'conversation',
    permissions: ['sendMessage', 'sendMediaMessage', 'leaveConversation'],
  },
  {
    sid: AGENT_ROLE_SID,
    friendlyName: 'agent',
    type: 'conversation',
    permissions: [
      'sendMessage',
      'sendMediaMessage',
      'leaveConversation',
      'editConversationAttributes',
      'editOwnMessage',
      'editOwnMessageAttributes',
      'deleteOwnMessage',
    ],
  },
  // Guess: an admin may do all that there is to do in a Conversation.
  {
    sid: CREATOR_ROLE_SID,
    friendlyName: 'channel admin',
    type: 'conversation',
    permissions: CONVERSATION_PERMISSIONS,
  },
  // Guess: the permissions of a plain service user; only what the SDK itself needs.
  {
    sid: SERVICE_USER_ROLE_SID,
    friendlyName: 'service user',
    type: 'service',
    permissions: ['createConversation', 'editOwnUserInfo', 'joinConversation'],
  },
];

export function isPermitted(roleSid: string, permission: Permission): boolean {
  const role = BUILT_IN_ROLES.find(({ sid }) => sid === roleSid);
  return role?.permissions.includes(permission) ?? false;
}
