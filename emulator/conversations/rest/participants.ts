/** /Conversations/{CH}/Participants. Source: openapi conversations_v1 */
import type { FastifyInstance } from 'fastify';
import { refuseUnbuilt, type Form } from '../../core/form';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { MessagingBinding } from '../messaging-binding';
import type { Participant } from '../model';
import { roleOf } from './roles';
import { actorOf, parentOf, refuseEmpty, scopeOf, type ConversationsApi, type Scope } from './paths';

export function participantRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { participants } = api.domain;

  serveResources<Participant>(app, {
    path: '/Conversations/:conversationSid/Participants',
    sid: 'participantSid',
    key: 'participants',
    maxPageSize: 100,
    list: (request) => participants.ofConversation(parentOf(request, api).sid),
    // Guess: REST answers 20404 if the path names no Participant; the dictionary has 50432 for it.
    find: (sid, request) => participants.find(parentOf(request, api).sid, sid),
    create: (form, request) => {
      const conversation = parentOf(request, api);
      const wanted = {
        identity: form.string('Identity'),
        messagingBinding: bindingOf(form),
        ...settingsOf(api, form),
      };
      return participants.add(conversation, wanted, actorOf(request));
    },
    update: (participant, form, request) => {
      refuseUnbuilt(form, 'Identity', 'MessagingBinding.ProxyAddress', 'MessagingBinding.ProjectedAddress');
      const change = {
        ...settingsOf(api, form),
        lastReadMessageIndex: form.integer('LastReadMessageIndex'),
        lastReadTimestamp: form.date('LastReadTimestamp'),
      };
      refuseEmpty(change);
      participants.update(parentOf(request, api), participant, change, actorOf(request));
    },
    remove: (participant, request) =>
      participants.remove(parentOf(request, api), participant, actorOf(request)),
    toJson: (participant, request) => toParticipant(participant, scopeOf(request, api), api),
  });
}

function settingsOf(api: ConversationsApi, form: Form) {
  return {
    attributes: form.string('Attributes'),
    roleSid: roleOf(api, form.string('RoleSid')),
    dateCreated: form.date('DateCreated'),
    dateUpdated: form.date('DateUpdated'),
  };
}

function toParticipant(participant: Participant, scope: Scope, { accountSid }: ConversationsApi): object {
  const { conversationSid } = participant;
  return {
    sid: participant.sid,
    account_sid: accountSid,
    ...scope.serviceField,
    conversation_sid: conversationSid,
    identity: participant.identity,
    attributes: participant.attributes,
    messaging_binding: participant.messagingBinding,
    role_sid: participant.roleSid,
    date_created: isoSeconds(participant.dateCreated),
    date_updated: isoSeconds(participant.dateUpdated),
    last_read_message_index: participant.lastReadMessageIndex,
    last_read_timestamp: participant.lastReadTimestamp && isoSeconds(participant.lastReadTimestamp),
    url: `${scope.url}/Conversations/${conversationSid}/Participants/${participant.sid}`,
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
