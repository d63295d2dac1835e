/** /ParticipantConversations: the Conversations of one identity or address. Source: openapi conversations_v1 */
import type { FastifyInstance } from 'fastify';
import { TwilioError } from '../../core/errors';
import { pageOf, queryOf } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { Membership } from '../domain';
import { toTimers } from './conversations';
import { scopeOf, type ConversationsApi, type Scope } from './paths';

const MAX_PAGE_SIZE = 50;

export function participantConversationRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { domain } = api;

  /** Guess: closed Conversations are listed too; `conversation_state` tells. */
  app.get('/ParticipantConversations', (request, reply) => {
    const scope = scopeOf(request, api);
    const query = queryOf(request);
    const identity = query.string('Identity');
    const address = query.string('Address');
    if ((identity === undefined) === (address === undefined)) {
      // Source: docs https://www.twilio.com/docs/api/errors/50451
      throw new TwilioError(400, 50451, 'Exactly one of Identity and Address must be given');
    }
    const memberships =
      identity === undefined
        ? domain.membershipsOfAddress(scope.serviceSid, address!)
        : domain.membershipsOf(scope.serviceSid, identity);
    const toJson = (membership: Membership): object => toParticipantConversation(membership, scope, api);
    reply.send(toPage('conversations', memberships, toJson, pageOf(request, MAX_PAGE_SIZE)));
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
