/** /Conversations/{CH}/Participants. Source: openapi conversations_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuseUnbuilt, type Form } from '../../core/form';
import { formOf, found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { MessagingBinding } from '../messaging-binding';
import type { Conversation, Participant } from '../model';
import { roleOf } from './roles';
import { actorOf, parentOf, refuseEmpty, scopeOf, type ConversationsApi, type Scope } from './paths';

const MAX_PAGE_SIZE = 100;

export function participantRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { participants } = api.domain;

  // Guess: REST answers 20404 where the path names no Participant; 50432 is what the dictionary has for it.
  const located = (request: FastifyRequest) => {
    const scope = scopeOf(request, api);
    const conversation = parentOf(request, scope, api);
    const participant = participants.find(conversation.sid, param(request, 'participantSid'));
    return { scope, conversation, participant: found(participant, request) };
  };

  app.post('/Conversations/:conversationSid/Participants', (request, reply) => {
    const scope = scopeOf(request, api);
    const conversation = parentOf(request, scope, api);
    const form = formOf(request);
    const wanted = {
      identity: form.string('Identity'),
      messagingBinding: bindingOf(form),
      attributes: form.string('Attributes'),
      roleSid: roleOf(form.string('RoleSid')),
      dateCreated: form.date('DateCreated'),
      dateUpdated: form.date('DateUpdated'),
    };
    const participant = participants.add(conversation, wanted, actorOf(request));
    reply.code(201).send(toParticipant(participant, conversation, scope, api));
  });

  app.get('/Conversations/:conversationSid/Participants', (request, reply) => {
    const scope = scopeOf(request, api);
    const conversation = parentOf(request, scope, api);
    const toJson = (participant: Participant): object => toParticipant(participant, conversation, scope, api);
    const all = participants.ofConversation(conversation.sid);
    reply.send(toPage('participants', all, toJson, pageOf(request, MAX_PAGE_SIZE)));
  });

  app.get('/Conversations/:conversationSid/Participants/:participantSid', (request, reply) => {
    const { scope, conversation, participant } = located(request);
    reply.send(toParticipant(participant, conversation, scope, api));
  });

  app.post('/Conversations/:conversationSid/Participants/:participantSid', (request, reply) => {
    const { scope, conversation, participant } = located(request);
    const form = formOf(request);
    refuseUnbuilt(form, 'Identity', 'MessagingBinding.ProxyAddress', 'MessagingBinding.ProjectedAddress');
    const change = {
      attributes: form.string('Attributes'),
      roleSid: roleOf(form.string('RoleSid')),
      lastReadMessageIndex: form.integer('LastReadMessageIndex'),
      lastReadTimestamp: form.date('LastReadTimestamp'),
      dateCreated: form.date('DateCreated'),
      dateUpdated: form.date('DateUpdated'),
    };
    refuseEmpty(change);
    participants.update(conversation, participant, change, actorOf(request));
    reply.send(toParticipant(participant, conversation, scope, api));
  });

  app.delete('/Conversations/:conversationSid/Participants/:participantSid', (request, reply) => {
    const { conversation, participant } = located(request);
    participants.remove(conversation, participant, actorOf(request));
    reply.code(204).send();
  });
}

function toParticipant(
  participant: Participant,
  conversation: Conversation,
  scope: Scope,
  { accountSid }: ConversationsApi,
): object {
  return {
    sid: participant.sid,
    account_sid: accountSid,
    ...scope.serviceField,
    conversation_sid: conversation.sid,
    identity: participant.identity,
    attributes: participant.attributes,
    messaging_binding: participant.messagingBinding,
    role_sid: participant.roleSid,
    date_created: isoSeconds(participant.dateCreated),
    date_updated: isoSeconds(participant.dateUpdated),
    last_read_message_index: participant.lastReadMessageIndex,
    last_read_timestamp: participant.lastReadTimestamp && isoSeconds(participant.lastReadTimestamp),
    url: `${scope.url}/Conversations/${conversation.sid}/Participants/${participant.sid}`,
  };
}

function bindingOf(form: Form): MessagingBinding | undefined {
  const binding = {
    address: form.string('MessagingBinding.Address'),
    proxyAddress: form.string('MessagingBinding.ProxyAddress'),
    projectedAddress: form.string('MessagingBinding.ProjectedAddress'),
  };
  return Object.values(binding).every((value) => value === undefined) ? undefined : binding;
}
