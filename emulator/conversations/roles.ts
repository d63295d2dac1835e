/**
 * Roles and what they permit.
 * Source: docs https://www.twilio.com/docs/flex/admin-guide/setup/conversations/conversations-roles (guest, agent),
 * https://www.twilio.com/docs/conversations/api/role-resource (the permissions' names)
 */
import { invalidParameter } from '../core/errors';
import { sidFromName } from '../core/sids';

export const SERVICE_USER_ROLE_SID = sidFromName('RL', 'service user');
export const GUEST_ROLE_SID = sidFromName('RL', 'guest');
export const AGENT_ROLE_SID = sidFromName('RL', 'agent');
/**
 * What the creator of a Conversation becomes on joining it.
 * Source: docs https://www.twilio.com/docs/conversations/api/service-configuration-resource
 * (default_conversation_creator_role_sid). Guess: that it is this Role if Flex has set up the Service.
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

const SERVICE_PERMISSIONS = [
  'createConversation',
  'editAnyUserInfo',
  'editOwnUserInfo',
  'joinConversation',
] as const;

export type Permission = (typeof CONVERSATION_PERMISSIONS | typeof SERVICE_PERMISSIONS)[number];

/** A Role for the whole Service may permit in all Conversations what other Roles permit in one. */
const PERMISSIONS: Record<Role['type'], readonly Permission[]> = {
  conversation: CONVERSATION_PERMISSIONS,
  service: [...CONVERSATION_PERMISSIONS, ...SERVICE_PERMISSIONS],
};

export interface Role {
  sid: string;
  friendlyName: string;
  type: 'conversation' | 'service';
  permissions: readonly Permission[];
}

/** The initial roles of a Flex Chat Service that a custom chat uses. */
const BUILT_IN_ROLES: readonly Role[] = [
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
  // Guess: an admin has every permission in a Conversation.
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

/** The Roles of the account until the next reset. Differs: Twilio has them for each Service; here all Services share them. */
export class Roles {
  private readonly bySid = new Map(BUILT_IN_ROLES.map((role): [string, Role] => [role.sid, { ...role }]));

  list(): Role[] {
    return [...this.bySid.values()];
  }

  find(sid: string): Role | undefined {
    return this.bySid.get(sid);
  }

  /** Replaces all permissions of the Role. Source: openapi conversations_v1 (UpdateServiceRole) */
  update(role: Role, permissions: readonly string[]): void {
    const known = PERMISSIONS[role.type];
    const unknown = permissions.find((one) => !known.includes(one as Permission));
    // Guess: the code; it says which permission is meant.
    if (unknown !== undefined)
      throw invalidParameter(`Permission ${unknown} is not one of a ${role.type} role`);
    role.permissions = permissions as Permission[];
  }

  isPermitted(roleSid: string, permission: Permission): boolean {
    return this.find(roleSid)?.permissions.includes(permission) ?? false;
  }
}
