/** /ParticipantConversations: the Conversations of one identity or address. Source: openapi conversations_v1 */
import type { FastifyInstance } from 'fastify';
import { TwilioError } from '../../core/errors';
import { queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { Membership } from '../domain';
import { toTimers } from './conversations';
import { scopeOf, type ConversationsApi, type Scope } from './paths';

export function participantConversationRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { domain } = api;

  serveResources<Membership>(app, {
    path: '/ParticipantConversations',
    sid: 'conversationSid',
    key: 'conversations',
    maxPageSize: 50,
    /** Guess: closed Conversations are listed too, with their `conversation_state`. */
    list: (request) => {
      const { serviceSid } = scopeOf(request, api);
      const query = queryOf(request);
      const identity = query.string('Identity');
      const address = query.string('Address');
      if ((identity === undefined) === (address === undefined)) {
        // Source: docs https://www.twilio.com/docs/api/errors/50451
        throw new TwilioError(400, 50451, 'Exactly one of Identity and Address must be given');
      }
      return identity === undefined
        ? domain.membershipsOfAddress(serviceSid, address!)
        : domain.membershipsOf(serviceSid, identity);
    },
    toJson: (membership, request) => toParticipantConversation(membership, scopeOf(request, api), api),
  });
}

function toParticipantConversation(
  { conversation, participant }: Membership,
  scope: Scope,
  { domain, accountSid }: ConversationsApi,
): object {
  const { identity } = participant;
  const conversationUrl = `${scope.url}/Conversations/${conversation.sid}`;
  return {
    account_sid: accountSid,
    chat_service_sid: conversation.chatServiceSid,
    participant_sid: participant.sid,
    participant_user_sid:
      identity === null ? null : (domain.users.find(scope.serviceSid, identity)?.sid ?? null),
    participant_identity: identity,
    participant_messaging_binding: participant.messagingBinding,
    conversation_sid: conversation.sid,
    conversation_unique_name: conversation.uniqueName,
    conversation_friendly_name: conversation.friendlyName,
    conversation_attributes: conversation.attributes,
    conversation_date_created: isoSeconds(conversation.dateCreated),
    conversation_date_updated: isoSeconds(conversation.dateUpdated),
    conversation_created_by: conversation.createdBy,
    conversation_state: conversation.state,
    conversation_timers: toTimers(conversation.timers),
    links: {
      participant: `${conversationUrl}/Participants/${participant.sid}`,
      conversation: conversationUrl,
    },
  };
}
