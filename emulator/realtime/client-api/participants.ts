/** Participants as the SDK adds, changes and removes them: join and leave are the same calls with one's own identity. */
import type { Conversation, Participant } from '../../conversations/model';
import type { NewParticipant } from '../../conversations/participants';
import { invalidParameter, TwilioError } from '../../core/errors';
import { created, deleted, ok, textField, type Route, type TunnelRequest } from '../twilsock/tunnel';
import { actorOf, CLIENT_API_PATH, joinedConversation, type ClientApi } from './paths';
import { permittedConversation, requireServicePermission } from './permissions';

const LIST = `${CLIENT_API_PATH}/Conversations/:conversation/Participants`;

export function participantRoutes(api: ClientApi): Route[] {
  const { domain } = api;

  /** By SID or identity. */
  function findParticipant(request: TunnelRequest) {
    const conversation = joinedConversation(api, request);
    const participant = domain.participants.find(conversation.sid, request.params['participant']!);
    // Source: docs https://www.twilio.com/docs/api/errors/50432
    if (!participant) throw new TwilioError(404, 50432, 'Participant not found');
    return { conversation, participant, isOwn: participant.identity === request.session.identity };
  }

  /** `join()` adds the caller. Only the creator can, because no other user sees a Conversation before joining. */
  function whereToAdd(request: TunnelRequest, { identity, messagingBinding }: NewParticipant): Conversation {
    if (identity === request.session.identity) {
      requireServicePermission(api, request, 'joinConversation');
      return permittedConversation(api, request);
    }
    return permittedConversation(api, request, messagingBinding ? 'addNonChatParticipant' : 'addParticipant');
  }

  return [
    {
      method: 'POST',
      path: LIST,
      handle(request) {
        const wanted = {
          identity: textField(request, 'identity'),
          messagingBinding: bindingField(request),
          attributes: textField(request, 'attributes'),
        };
        const conversation = whereToAdd(request, wanted);
        const participant = domain.participants.add(conversation, wanted, actorOf(request));
        return created(participantJson(participant));
      },
    },
    {
      method: 'POST',
      path: `${LIST}/:participant`,
      handle(request) {
        const { conversation, participant, isOwn } = findParticipant(request);
        permittedConversation(
          api,
          request,
          isOwn ? 'editOwnParticipantAttributes' : 'editAnyParticipantAttributes',
        );
        const change = { attributes: textField(request, 'attributes') };
        const changed = domain.participants.update(conversation, participant, change, actorOf(request));
        return ok(participantJson(changed));
      },
    },
    {
      method: 'DELETE',
      path: `${LIST}/:participant`,
      handle(request) {
        const { conversation, participant, isOwn } = findParticipant(request);
        permittedConversation(api, request, isOwn ? 'leaveConversation' : 'removeParticipant');
        domain.participants.remove(conversation, participant, actorOf(request));
        return deleted();
      },
    },
  ];
}

function bindingField({ body }: TunnelRequest): Record<string, string> | undefined {
  const binding = body['messaging_binding'] ?? undefined;
  if (binding === undefined) return undefined;
  if (typeof binding !== 'object' || Object.values(binding!).some((value) => typeof value !== 'string')) {
    throw invalidParameter('messaging_binding must be an object of strings');
  }
  return binding as Record<string, string>;
}

function participantJson(participant: Participant): object {
  return {
    sid: participant.sid,
    conversation_sid: participant.conversationSid,
    identity: participant.identity,
    messaging_binding: participant.messagingBinding,
    attributes: participant.attributes,
    role_sid: participant.roleSid,
    date_created: participant.dateCreated.toISOString(),
    date_updated: participant.dateUpdated.toISOString(),
  };
}
