/** Roles by name. Source: docs https://www.twilio.com/docs/flex/admin-guide/setup/conversations/conversations-roles */
import { sidFromName } from '../core/sids';

export const SERVICE_USER_ROLE_SID = sidFromName('RL', 'service user');
export const GUEST_ROLE_SID = sidFromName('RL', 'guest');
export const AGENT_ROLE_SID = sidFromName('RL', 'agent');

export interface Role {
  sid: string;
  friendlyName: string;
  type: 'conversation' | 'service';
  permissions: readonly string[];
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
  // Guess: the permissions of a plain service user; only what the SDK itself needs.
  {
    sid: SERVICE_USER_ROLE_SID,
    friendlyName: 'service user',
    type: 'service',
    permissions: ['editOwnUserInfo', 'joinConversation'],
  },
];
