/** /Users/{US}/Conversations: a User's view of the Conversations they are in. Source: openapi conversations_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formOf, found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { Membership } from '../domain';
import { NOTIFICATION_LEVELS, type User } from '../model';
import { toTimers } from './conversations';
import { actorOf, refuseEmpty, scopeOf, type ConversationsApi, type Scope } from './paths';
import { userOf } from './users';

const MAX_PAGE_SIZE = 50;

export function userConversationRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { participants } = api.domain;

  const located = (request: FastifyRequest) => {
    const scope = scopeOf(request, api);
    const user = userOf(request, scope, api);
    const conversation = api.domain.conversations.find(scope.serviceSid, param(request, 'conversationSid'));
    const participant = conversation && participants.find(conversation.sid, user.identity);
    const membership = conversation && participant && { conversation, participant };
    return { scope, user, membership: found(membership, request) };
  };

  app.get('/Users/:userSid/Conversations', (request, reply) => {
    const scope = scopeOf(request, api);
    const user = userOf(request, scope, api);
    const toJson = (membership: Membership): object => toUserConversation(membership, user, scope, api);
    const all = api.domain.membershipsOf(scope.serviceSid, user.identity);
    reply.send(toPage('conversations', all, toJson, pageOf(request, MAX_PAGE_SIZE)));
  });

  app.get('/Users/:userSid/Conversations/:conversationSid', (request, reply) => {
    const { scope, user, membership } = located(request);
    reply.send(toUserConversation(membership, user, scope, api));
  });

  app.post('/Users/:userSid/Conversations/:conversationSid', (request, reply) => {
    const { scope, user, membership } = located(request);
    const form = formOf(request);
    const change = {
      notificationLevel: form.oneOf('NotificationLevel', NOTIFICATION_LEVELS),
      lastReadMessageIndex: form.integer('LastReadMessageIndex'),
      lastReadTimestamp: form.date('LastReadTimestamp'),
    };
    refuseEmpty(change);
    participants.update(membership.conversation, membership.participant, change, actorOf(request));
    reply.send(toUserConversation(membership, user, scope, api));
  });

  app.delete('/Users/:userSid/Conversations/:conversationSid', (request, reply) => {
    const { conversation, participant } = located(request).membership;
    participants.remove(conversation, participant, actorOf(request));
    reply.code(204).send();
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
