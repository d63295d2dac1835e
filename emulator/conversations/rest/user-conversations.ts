/** /Users/{US}/Conversations: a User's view of the Conversations they are in. Source: openapi conversations_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { found, param } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Membership } from '../domain';
import { NOTIFICATION_LEVELS, type User } from '../model';
import { toTimers } from './conversations';
import { actorOf, refuseEmpty, scopeOf, type ConversationsApi, type Scope } from './paths';

export function userConversationRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { domain } = api;
  const { participants, users } = domain;

  const userOf = (request: FastifyRequest): User =>
    found(users.find(scopeOf(request, api).serviceSid, param(request, 'userSid')), request);

  serveResources<Membership>(app, {
    path: '/Users/:userSid/Conversations',
    sid: 'conversationSid',
    key: 'conversations',
    maxPageSize: 50,
    list: (request) => domain.membershipsOf(scopeOf(request, api).serviceSid, userOf(request).identity),
    find: (sid, request) => {
      const { identity } = userOf(request);
      const conversation = domain.conversations.find(scopeOf(request, api).serviceSid, sid);
      const participant = conversation && participants.find(conversation.sid, identity);
      return conversation && participant && { conversation, participant };
    },
    update: ({ conversation, participant }, form, request) => {
      const change = {
        notificationLevel: form.oneOf('NotificationLevel', NOTIFICATION_LEVELS),
        lastReadMessageIndex: form.integer('LastReadMessageIndex'),
        lastReadTimestamp: form.date('LastReadTimestamp'),
      };
      refuseEmpty(change);
      participants.update(conversation, participant, change, actorOf(request));
    },
    remove: ({ conversation, participant }, request) =>
      participants.remove(conversation, participant, actorOf(request)),
    toJson: (membership, request) =>
      toUserConversation(membership, userOf(request), scopeOf(request, api), api),
  });
}

function toUserConversation(
  { conversation, participant }: Membership,
  user: User,
  scope: Scope,
  { domain, accountSid }: ConversationsApi,
): object {
  const conversationUrl = `${scope.url}/Conversations/${conversation.sid}`;
  return {
    account_sid: accountSid,
    chat_service_sid: conversation.chatServiceSid,
    conversation_sid: conversation.sid,
    unread_messages_count: domain.messages.unreadCount(conversation.sid, participant.lastReadMessageIndex),
    last_read_message_index: participant.lastReadMessageIndex,
    participant_sid: participant.sid,
    user_sid: user.sid,
    friendly_name: conversation.friendlyName,
    conversation_state: conversation.state,
    timers: toTimers(conversation.timers),
    attributes: conversation.attributes,
    date_created: isoSeconds(conversation.dateCreated),
    date_updated: isoSeconds(conversation.dateUpdated),
    created_by: conversation.createdBy,
    notification_level: participant.notificationLevel,
    unique_name: conversation.uniqueName,
    url: `${scope.url}/Users/${user.sid}/Conversations/${conversation.sid}`,
    links: {
      participant: `${conversationUrl}/Participants/${participant.sid}`,
      conversation: conversationUrl,
    },
  };
}
